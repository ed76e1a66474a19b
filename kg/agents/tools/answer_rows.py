"""Rows of a query's answer: cells with labels, the kind of each row, the sentences behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pyoxigraph import NamedNode

from kg.agents.names import short_value
from kg.agents.statement_records import (
    BACKGROUND,
    CLAIMED,
    INFERENCE,
    STATED,
    UNKNOWN,
    Record,
    value_record,
)
from kg.agents.thing_record import reporting_graphs
from kg.agents.tool_answer import ToolRow, tool_row
from kg.endpoint.evidence import read_json_term
from kg.model.named_graphs import claim_slug, is_claim_content
from kg.model.prefixes import THING, shorten
from kg.statements.claims import claim_summary
from kg.statements.sentences import sentences_by_iri
from kg.store.store import Store


def answer_rows(store: Store, result: Mapping[str, Any]) -> Iterator[ToolRow]:
    """Return the rows of a result in SPARQL JSON that has evidence (`kg.endpoint.evidence`)."""
    bindings = result["results"]["bindings"]
    for binding, evidence in zip(bindings, result["evidence"]["rows"], strict=True):
        cells = {name: _cell(store, value) for name, value in binding.items()}
        yield _row(store, cells, evidence)


def unestablished(result: Mapping[str, Any]) -> list[str]:
    """Say which parts of a query no sentence can be named for, and why."""
    parts = result["evidence"]["unestablished"]
    return [f"{part['pattern']}: {part['reason']}" for part in parts]


def _row(store: Store, cells: Record, evidence: Mapping[str, Any]) -> ToolRow:
    sentences = [entry["citation"] for entry in evidence["sentences"]]
    claims = [graph for graph in evidence["background"] if is_claim_content(NamedNode(graph))]
    row: Record = {"cells": cells, "kind": _kind(evidence, claims)}
    if claims:
        records = [claim_of_graph(store, graph) for graph in claims]
        row["claims"] = [record for record, _ in records]
        sentences += [iri for _, cited in records for iri in cited]
    if evidence["unestablished"]:
        row["unestablished"] = [
            f"{part['pattern']}: {part['reason']}" for part in evidence["unestablished"]
        ]
    return tool_row(row, dict.fromkeys(sentences))


def _kind(evidence: Mapping[str, Any], claims: list[str]) -> str:
    """Say what a row is: claimed if any part of it is only what somebody says."""
    if claims:
        return CLAIMED
    if evidence["sentences"]:
        inferred = all(entry["inferred"] for entry in evidence["sentences"])
        return INFERENCE if inferred else STATED
    return BACKGROUND if evidence["background"] else UNKNOWN


def claim_of_graph(store: Store, graph: str) -> tuple[Record, list[str]]:
    """Return the claim that has a graph as its content, and the sentences that report it."""
    claim = THING + claim_slug(graph)
    summary = claim_summary(store, NamedNode(claim))
    if summary is None:
        return {"claim": shorten(claim), "said_by": []}, []
    said_by = [agent.text for agent in summary.claimants or summary.reported_in]
    cited = reporting_graphs(store, summary) & sentences_by_iri(store).keys()
    return {"claim": shorten(claim), "said_by": said_by}, sorted(cited)


def _cell(store: Store, value: Mapping[str, str]) -> Record:
    record = value_record(store, read_json_term(value))
    cell = {"value": short_value(record)}
    label = record.get("label", "")
    extra = {"label": label, "status": record.get("status", "")}
    return cell | {name: value for name, value in extra.items() if value}
