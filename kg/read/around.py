"""The statements around a thing, at a cost that does not grow with how many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.prefixes import CLAIM, GRAPH
from kg.read.index import index
from kg.read.support import Edge
from kg.read.vocabulary import text
from kg.store import Store, Term

# What a page reads on a side; of more than that, so many for each property.
WHOLE = 300
EACH = 25

_DESCRIPTION = GRAPH + "description"


@dataclass(frozen=True)
class Around:
    """The edges on one side of a thing; of the properties named in `cut` there are more."""

    edges: tuple[Edge, ...]
    cut: frozenset[str]


def around(store: Store, node: NamedNode, *, outwards: bool, whole: int = WHOLE) -> Around:
    """Return the statements that start from a thing, or that point to it.

    Up to `whole` of them are all read; beyond that, 25 for each property.
    """
    if len(store.around(node, outwards, whole + 1)) <= whole:
        return Around(edges(store.quads_around(node, outwards), outwards), frozenset())
    quads: list[Quad] = []
    cut = set()
    for iri in index(store).properties:
        some = store.around(node, outwards, EACH + 1, NamedNode(iri))
        quads += [
            Quad(t.subject, t.predicate, t.object, graph)
            for t in some[:EACH]
            for graph in store.holders(t)
        ]
        cut |= {iri} if len(some) > EACH else set()
    return Around(edges(quads, outwards), frozenset(cut))


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
