"""Statements seen from one of their ends, with the named graphs that contain them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.named_graphs import DESCRIPTION, INFERRED
from kg.model.prefixes import CLAIM
from kg.store.store import Term
from kg.terms.literals import text


@dataclass(frozen=True)
class StatementEdge:
    """A statement seen from one end: the property, the term at the other end, the graphs' IRIs."""

    predicate: str
    other: Term
    graphs: frozenset[str]

    @property
    def asserted(self) -> bool:
        """Tell whether a source or the background data states it, and not the rules alone."""
        return self.graphs != {INFERRED.value}


def graphs_of(quads: Iterable[Quad]) -> frozenset[str]:
    """Return the IRIs of the named graphs of some quads."""
    graphs = (quad.graph_name for quad in quads)
    return frozenset(graph.value for graph in graphs if isinstance(graph, NamedNode))


def gather_edges(quads: Iterable[Quad], outwards: bool) -> tuple[StatementEdge, ...]:
    """Gather the quads on one side of a thing into edges, each with all of its graphs.

    The content of claims and the build's description of itself are no statements about the world;
    nor is what a sentence states and the default graph leaves out, as another value is served.
    """
    graphs: dict[tuple[str, Term], set[str]] = defaultdict(set)
    served: set[tuple[str, Term]] = set()
    for quad in quads:
        graph, end = quad.graph_name, quad.object if outwards else quad.subject
        if isinstance(graph, DefaultGraph):
            served.add((quad.predicate.value, end))
        elif isinstance(graph, NamedNode) and not _is_about_graph(graph.value):
            graphs[quad.predicate.value, end].add(graph.value)
    return tuple(
        StatementEdge(predicate, other, frozenset(names))
        for (predicate, other), names in graphs.items()
        # An empty literal has nothing to show.
        if text(other) and (predicate, other) in served
    )


def _is_about_graph(graph: str) -> bool:
    return graph.startswith(CLAIM) or graph == DESCRIPTION.value
