"""Whether an engine holds what was sent to it: the counts of every graph, compared."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.pipeline.remote.file_counts import ExpectedCount
from kg.store.remote.blank_nodes import skolemise
from kg.store.remote.errors import EngineFailed
from kg.store.remote.marker import OURS_GRAPH
from kg.store.store import Store

_GRAPHS = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
# A graph that is hidden has to be named in the dataset.
_OURS = "SELECT (COUNT(*) AS ?count) FROM NAMED @ { GRAPH @ { ?s ?p ?o } }"
_DEFAULT = "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }"
# What a named graph states, the default graph has to state too.
_LACKING = "SELECT (COUNT(*) AS ?count) { GRAPH %s { ?s ?p ?o } FILTER NOT EXISTS { ?s ?p ?o } }"
# Graphs that differ are named up to so many.
_NAMED = 3

Counts = Mapping[str, ExpectedCount]
_NONE = ExpectedCount()


def count_graphs(quads: Iterable[Quad]) -> dict[str, ExpectedCount]:
    """Count quads by graph, the default graph as ""."""
    names = Counter(_name(quad) for quad in quads)
    return {name: ExpectedCount(count) for name, count in names.items()}


def verify_counts(store: Store, ours: Counts, added: Counts) -> None:
    """Compare the counts of the graphs that a store holds; EngineFailed names those that differ.

    `added` are the graphs of added files, whose statements stand in the default graph as well.
    """
    graphs = {name: count for name, count in ours.items() if name} | dict(added)
    rows = store.select(_GRAPHS)
    counts = {_value(skolemise(row["graph"])): _number(row["count"]) for row in rows}
    # Of our default graph alone, where files are added: it is none that a query may name.
    counts.pop(OURS_GRAPH.value, None)
    default = ours.get("", _NONE)
    wrong = [*_differences(counts, graphs), *_default_graph(store, default, added)]
    if added:
        count = _count(store, _OURS.replace("@", str(OURS_GRAPH)))
        wrong += _differences({OURS_GRAPH.value: count}, {OURS_GRAPH.value: default})
    if wrong:
        more = f", and {len(wrong) - _NAMED:,} graphs more" if len(wrong) > _NAMED else ""
        raise EngineFailed(f"it does not hold what was sent: {'; '.join(wrong[:_NAMED])}{more}")


def _differences(counts: Mapping[str, int], graphs: Counts) -> Iterator[str]:
    for name in sorted(counts.keys() | graphs.keys()):
        expected, count = graphs.get(name, _NONE), counts.get(name, 0)
        if not expected.allows(count):
            yield f"{count:,} statements in <{name}>, not {expected.statements:,}"


def _default_graph(store: Store, ours: ExpectedCount, added: Counts) -> Iterator[str]:
    count = _count(store, _DEFAULT)
    most = ours.statements + sum(graph.statements for graph in added.values())
    if not ours.statements <= count <= most:
        yield f"{count:,} statements in the default graph, not {most:,}"
    elif count < most:
        # What several graphs state stands there once.
        for name in added:
            if lacking := _count(store, _LACKING % NamedNode(name)):
                yield f"{lacking:,} statements of <{name}> are not in the default graph"


def _name(quad: Quad) -> str:
    return "" if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name.value


def _count(store: Store, query: str) -> int:
    (row,) = store.select(query)
    return _number(row["count"])


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _number(term: object) -> int:
    return int(_value(term))
