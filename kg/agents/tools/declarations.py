"""What each tool says of itself to a client: name, description, schemas. One JSON file each."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from kg.agents.statement_records import Record
from kg.agents.tool_answer import DEFAULT_BYTES, FEWEST_BYTES
from kg.model.text_files import read

_HERE = Path(__file__).parent
# In the order in which an agent meets them.
TOOL_NAMES = ("search", "describe", "shape", "examples", "query", "evidence", "explain_empty")


@dataclass(frozen=True)
class ToolDeclaration:
    """A tool's name, title and description, and the JSON Schemas of its arguments and answer."""

    name: str
    title: str
    description: str
    input_schema: Record
    output_schema: Record


@cache
def tool_declarations() -> dict[str, ToolDeclaration]:
    """Read the declarations of all tools by name."""
    common = json.loads(read(_HERE / "common.json"))
    return {name: _declaration(name, common) for name in TOOL_NAMES}


def _declaration(name: str, common: Record) -> ToolDeclaration:
    declared = json.loads(read(_HERE / f"{name}.json"))
    size = {"minimum": FEWEST_BYTES, "maximum": DEFAULT_BYTES, "default": DEFAULT_BYTES}
    shared = {"max_bytes": common["max_bytes"] | size}
    if declared["paged"]:
        shared["cursor"] = common["cursor"]
    arguments = {
        "type": "object",
        "properties": declared["arguments"] | shared,
        "required": declared["required"],
        "additionalProperties": False,
    }
    row = {
        "type": "object",
        "properties": common["row"] | declared["row"],
        "required": declared["in_row"],
    }
    members = common["answer"] | declared.get("answer", {}) | declared.get("optional", {})
    answer = {
        "type": "object",
        "properties": members | {"rows": {"type": "array", "items": row}},
        "required": [*common["required"], *declared.get("answer", {})],
        "additionalProperties": False,
    }
    return ToolDeclaration(name, declared["title"], declared["description"], arguments, answer)
