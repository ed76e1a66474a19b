"""The tool `query`: any SPARQL query, each row with the sentences behind it."""

from __future__ import annotations

import json
from collections.abc import Iterator

from pyoxigraph import NamedNode, RdfFormat, Triple, parse

from kg.agents.statement_records import StatementRecords
from kg.agents.tool_answer import ToolAnswer, ToolRow, tool_row
from kg.agents.tools.answer_rows import answer_rows, claim_of_graph, unestablished
from kg.agents.tools.tool_call import ToolCall, statement_row
from kg.endpoint.request import ROWS_JSON
from kg.model.named_graphs import is_claim_content
from kg.statements.edges import StatementEdge
from kg.store.store import Store

# Rows that evidence is looked up for at once; what does not fit is looked up again for the next.
_ROWS_AT_ONCE = 200
_TRIPLES = "application/n-triples"
_NO_ROWS = "No row. Call explain_empty with this query: it says why."


def query_answer(call: ToolCall) -> ToolAnswer:
    """Run a query within the public endpoint's limits and return rows, triples or a truth value."""
    query, build = call.arguments["query"], call.store.number
    options = {"graph_type": _TRIPLES, "part": (call.first, _ROWS_AT_ONCE)}
    # Without evidence first: an ASK and a graph have no rows to look it up for.
    plain = call.session.run(query, build, **options)
    if plain.media_type != ROWS_JSON:
        return _triples(call, plain.body)
    result = json.loads(plain.body)
    if "boolean" in result:
        return ToolAnswer((), {"answer": result["boolean"]}, total=0)
    total = result["part"]["total"]
    if not total:
        return ToolAnswer((), {"note": _NO_ROWS}, total=0)
    cited = call.session.rows(query, build, evidence=True, **options)
    notes = unestablished(cited)
    head = {"note": "No sentence can be named for: " + "; ".join(notes)} if notes else {}
    return ToolAnswer(answer_rows(call.store, cited), head, call.first, total)


def _triples(call: ToolCall, body: bytes) -> ToolAnswer:
    """Return the triples of a graph as statements; new ones, that no graph has, are "unknown"."""
    quads = parse(body, format=RdfFormat.N_TRIPLES)
    triples = sorted({quad.triple for quad in quads}, key=str)
    rows = _triple_rows(call.store, triples[call.first :])
    return ToolAnswer(rows, first=call.first, total=len(triples))


def _triple_rows(store: Store, triples: list[Triple]) -> Iterator[ToolRow]:
    records = StatementRecords(store)
    for triple in triples:
        graphs = frozenset(graph.value for graph in store.graphs_containing(triple))
        edge = StatementEdge(triple.predicate.value, triple.object, graphs)
        row = statement_row(records.edge(triple.subject, edge, outwards=True))
        claims = [graph for graph in sorted(graphs) if is_claim_content(NamedNode(graph))]
        said = [claim_of_graph(store, graph) for graph in claims]
        sentences = dict.fromkeys((*row.sentences, *(iri for _, cited in said for iri in cited)))
        extra = {"claims": [record for record, _ in said]} if said else {}
        yield tool_row(row.record | extra, sentences)
