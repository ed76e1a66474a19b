"""A call of a tool: on which build, with which arguments, from which row on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from kg.agents.names import short_value
from kg.agents.session import AgentSession
from kg.agents.statement_records import CLAIMED, Record
from kg.agents.tool_answer import ToolRow, tool_row
from kg.model.prefixes import shorten
from kg.store.store import Store


class ToolCall(NamedTuple):
    """What a tool gets; `first` counts the rows before those to answer with."""

    session: AgentSession
    store: Store
    arguments: Mapping[str, Any]
    first: int


def statement_row(record: Record) -> ToolRow:
    """Write the record of a statement as a row: as a query has it, and in words."""
    ends = (record["subject"], record["property"], record["value"])
    row = {
        "statement": " ".join(map(short_value, ends)),
        "text": " · ".join(end.get("label") or end["text"] for end in ends),
        "kind": record["kind"],
    }
    if record["key"]:
        row["key"] = record["key"]
    status = record["subject"].get("status") or record["value"].get("status")
    extra = {
        "status": status,
        "days": "/".join(dict.fromkeys(filter(None, (record["earliest"], record["latest"])))),
        "disagreement": record["disagreement"] and shorten(record["disagreement"]),
    }
    row |= {name: value for name, value in extra.items() if value}
    return tool_row(row, record["sentences"])


def claim_row(record: Record) -> ToolRow:
    """Write the record of a claim as a row: who says it, and what, as no fact."""
    row = {
        "claim": short_value(record),
        "text": record["label"],
        "kind": CLAIMED,
        "said_by": [one["label"] for one in record["claimants"] or record["reported_in"]],
        "says": [
            " ".join(short_value(statement[end]) for end in ("subject", "property", "value"))
            for statement in record["content"]
        ],
    }
    return tool_row(row, record["sentences"])
