"""The tool `describe`: the statements about a thing, then what is claimed of it."""

from __future__ import annotations

from collections.abc import Iterator

from kg.agents.names import find_property, find_thing, short_value
from kg.agents.statement_records import Record, StatementRecords
from kg.agents.thing_record import (
    ThingStatements,
    claim_record,
    link_records,
    read_thing,
    thing_head,
)
from kg.agents.tool_answer import ToolAnswer, ToolRow
from kg.agents.tools.tool_call import ToolCall, claim_row, statement_row
from kg.store.store import Store


def thing_statements(call: ToolCall) -> ToolAnswer:
    """Return what the graph has of a thing; of one property, or what is claimed alone."""
    thing = read_thing(call.store, find_thing(call.store, call.arguments["thing"]))
    chosen = _chosen(call, thing)
    head = _head(call.store, thing) if call.first == 0 else {"id": short_value(_iri(thing))}
    return ToolAnswer(_rows(call.store, chosen, call.first), head, call.first, chosen.size)


def _chosen(call: ToolCall, thing: ThingStatements) -> ThingStatements:
    """Leave out what the arguments do not ask for."""
    property_, only = call.arguments.get("property"), call.arguments.get("only")
    edges = thing.edges
    if property_:
        iri = find_property(call.store, property_)
        edges = tuple(pair for pair in edges if pair[0].predicate == iri)
    if only == "claims":
        edges = ()
    claims = () if only == "statements" or property_ else thing.claims
    return ThingStatements(thing.node, edges, claims, thing.description, thing.unread)


def _head(store: Store, thing: ThingStatements) -> Record:
    head = thing_head(store, thing)
    names = [f"{name['text']} ({name['lang']})" for name in head["names"]]
    record = {
        "id": short_value(head),
        "names": names,
        "classes": [short_value(value) for value in head["classes"]],
        "description": " ".join(filter(None, (head["lead"], head["description"]))),
        "status": head["status"],
        "days": "/".join(dict.fromkeys(filter(None, (head["earliest"], head["latest"])))),
        "links": [link["iri"] for link in link_records(store, thing.node.value)],
    }
    return {name: value for name, value in record.items() if value}


def _iri(thing: ThingStatements) -> Record:
    return {"iri": thing.node.value}


def _rows(store: Store, thing: ThingStatements, first: int) -> Iterator[ToolRow]:
    records = StatementRecords(store)
    for edge, outwards in thing.edges[first:]:
        yield statement_row(records.edge(thing.node, edge, outwards))
    for claim in thing.claims[max(0, first - len(thing.edges)) :]:
        yield claim_row(claim_record(store, claim, records))
