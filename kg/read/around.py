"""The statements around a thing, at a cost that does not grow with how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad, Triple

from kg.prefixes import CLAIM, GRAPH
from kg.read.index import index
from kg.read.support import Edge
from kg.read.vocabulary import text
from kg.store import Store, Term

# Of each property of a thing with very many statements, as many are read.
EACH = 12

_DESCRIPTION = GRAPH + "description"


@dataclass(frozen=True)
class Around:
    """The edges on one side of a thing; of the properties in `cut` there are more, so many."""

    edges: tuple[Edge, ...]
    cut: Mapping[str, int]


def around(store: Store, node: NamedNode, *, outwards: bool, whole: int = 0) -> Around:
    """Return the statements that start from a thing, or that point to it.

    All of them if they are few (`kg/queries/index/tallies-*.rq`), or no more than `whole`; else
    a dozen of each property.
    """
    tallies = index(store).tallies(node.value, outwards)
    if sum(tallies.values()) <= whole:
        return Around(edges(store.quads_around(node, outwards), outwards), {})
    quads = (
        Quad(triple.subject, triple.predicate, triple.object, graph)
        for iri in tallies
        for triple in _some(store, node, NamedNode(iri), outwards)
        for graph in store.holders(triple)
    )
    return Around(edges(quads, outwards), {p: n for p, n in tallies.items() if n > EACH})


def _some(store: Store, node: NamedNode, name: NamedNode, outwards: bool) -> Iterator[Triple]:
    if outwards:
        return (Triple(node, name, end) for end in store.objects(node, name, EACH))
    return (Triple(start, name, node) for start in store.subjects(name, node, EACH))  # type: ignore[arg-type]


def edges(quads: Iterable[Quad], outwards: bool) -> tuple[Edge, ...]:
    """Gather quads into edges, each with all the graphs that it stands in."""
    graphs: dict[tuple[str, Term], set[str]] = defaultdict(set)
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and not _apart(graph.value):
            end = quad.object if outwards else quad.subject
            graphs[quad.predicate.value, end].add(graph.value)
    return tuple(
        Edge(name, other, frozenset(where))
        for (name, other), where in graphs.items()
        if text(other)
    )


def _apart(graph: str) -> bool:
    """Tell what is not said as fact of the world: what claims say, and the graph's own record."""
    return graph.startswith(CLAIM) or graph == _DESCRIPTION
