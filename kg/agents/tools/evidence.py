"""The tool `evidence`: what stands behind a statement, or what a sentence states."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import NamedNode, Quad

from kg.agents.names import find_property, find_thing, short_value
from kg.agents.statement_records import Record, StatementRecords, value_record
from kg.agents.thing_record import claim_record
from kg.agents.tool_answer import ToolAnswer, ToolRow, tool_row
from kg.agents.tools.tool_call import ToolCall, claim_row, statement_row
from kg.model.errors import NotFound, QueryError
from kg.model.named_graphs import claim_slug, is_claim_content
from kg.model.prefixes import SOURCE, THING, expand, shorten
from kg.statements.citable.statement_by_key import statement_by_key
from kg.statements.claims import claim_summary
from kg.statements.edges import StatementEdge, gather_edges, graphs_of
from kg.statements.sentences import reported_claims, sentences_by_iri, supported_statements
from kg.statements.variations import variation_of
from kg.store.store import Store, Term
from kg.terms.literals import text

_NEITHER = "name a statement by key, or by subject and property (and value); or a sentence"


def statement_evidence(call: ToolCall) -> ToolAnswer:
    """Return the statements with a subject and property, or those that a sentence supports."""
    arguments = call.arguments
    if "sentence" in arguments:
        rows = list(_of_sentence(call.store, _sentence_iri(call.store, arguments["sentence"])))
    elif "key" in arguments:
        triple = statement_by_key(call.store, arguments["key"])
        quads = call.store.between(triple.subject, triple.object)
        same = [quad for quad in quads if quad.predicate == triple.predicate]
        rows = list(_of_statements(call.store, triple.subject, same))
    elif "subject" in arguments and "property" in arguments:
        rows = list(_of_statement(call))
    else:
        raise QueryError(_NEITHER)
    return ToolAnswer(rows[call.first :], first=call.first, total=len(rows))


def _of_statement(call: ToolCall) -> Iterator[ToolRow]:
    """Read the statements that a subject and a property, and perhaps a value, name."""
    store, arguments = call.store, call.arguments
    node = NamedNode(THING + find_thing(store, arguments["subject"]))
    property_ = find_property(store, arguments["property"])
    quads = store.quads_around(node, True, NamedNode(property_))
    value = _value(store, arguments.get("value", ""))
    yield from _of_statements(store, node, [q for q in quads if not value or _is(store, q, value)])


def _of_statements(store: Store, node: Term, quads: list[Quad]) -> Iterator[ToolRow]:
    """Describe what some quads of one subject state, then the claims that say the same."""
    records = StatementRecords(store)
    for edge in gather_edges(quads, outwards=True):
        yield _with_others(store, records, node, edge)
    for graph in sorted(graphs_of(quads)):
        if is_claim_content(NamedNode(graph)):
            yield from _claim(store, graph, records)


def _value(store: Store, name: str) -> str:
    """Return a value as a query has it, if it names a thing; else as it was given."""
    try:
        return f"id:{find_thing(store, name)}" if name else ""
    except NotFound:
        return name


def _is(store: Store, quad: Quad, value: str) -> bool:
    record = value_record(store, quad.object)
    written = {record.get("value"), record.get("text"), record.get("label")}
    return value in written | {short_value(record), text(quad.object)}


def _with_others(
    store: Store, records: StatementRecords, node: Term, edge: StatementEdge
) -> ToolRow:
    """Add to a statement the values that other sources give instead."""
    row = statement_row(records.edge(node, edge, outwards=True))
    variation = variation_of(store, text(node), edge.predicate, text(edge.other))
    if variation is None:
        return row
    others: list[Record] = [
        {"value": other.value.text, "sentences": [shorten(iri) for iri in sorted(other.sentences)]}
        for other in variation.others
    ]
    more = (iri for other in variation.others for iri in sorted(other.sentences))
    cited = dict.fromkeys((*row.sentences, *more))
    return ToolRow(row.record | {"others": others}, tuple(cited))


def _claim(store: Store, graph: str, records: StatementRecords) -> Iterator[ToolRow]:
    summary = claim_summary(store, NamedNode(THING + claim_slug(graph)))
    if summary:
        yield claim_row(claim_record(store, summary, records))


def _sentence_iri(store: Store, name: str) -> str:
    iri = name if name.startswith(SOURCE) else expand(name)
    if iri not in sentences_by_iri(store):
        raise NotFound(f"sentence called {name}")
    return iri


def _of_sentence(store: Store, iri: str) -> Iterator[ToolRow]:
    for statement in supported_statements(store, [iri])[iri]:
        ends = (statement.subject, statement.property, statement.value)
        row = {"text": " · ".join(end.text for end in ends), "kind": "stated"}
        yield tool_row(row, [iri])
    for claim in reported_claims(store, iri):
        row = {"claim": shorten(claim.iri), "text": claim.text, "kind": "claimed"}
        yield tool_row(row, [iri])
