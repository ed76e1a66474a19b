"""Statements seen from one of their ends, with the named graphs that contain them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.model.prefixes import CLAIM, GRAPH
from kg.store.store import Term
from kg.terms.vocabulary import text

ENTITIES, LINKS, INFERRED = (GRAPH + name for name in ("entities", "links", "inferred"))


@dataclass(frozen=True)
class StatementEdge:
    """A statement seen from one of its ends: the property, the other end, the graphs."""

    predicate: str
    other: Term
    graphs: frozenset[str]

    @property
    def asserted(self) -> bool:
        """Tell whether anybody says so, or only the rules."""
        return self.graphs != {INFERRED}


def graphs_of(quads: Iterable[Quad]) -> frozenset[str]:
    """Return the named graphs that quads stand in."""
    names = (quad.graph_name for quad in quads)
    return frozenset(name.value for name in names if isinstance(name, NamedNode))


_DESCRIPTION = GRAPH + "description"


def gather_edges(quads: Iterable[Quad], outwards: bool) -> tuple[StatementEdge, ...]:
    """Gather quads into edges, each with all the graphs that it stands in."""
    graphs: dict[tuple[str, Term], set[str]] = defaultdict(set)
    for quad in quads:
        graph = quad.graph_name
        if isinstance(graph, NamedNode) and not _apart(graph.value):
            end = quad.object if outwards else quad.subject
            graphs[quad.predicate.value, end].add(graph.value)
    return tuple(
        StatementEdge(name, other, frozenset(where))
        for (name, other), where in graphs.items()
        if text(other)
    )


def _apart(graph: str) -> bool:
    """Tell what is not said as fact of the world: what claims say, and the graph's own record."""
    return graph.startswith(CLAIM) or graph == _DESCRIPTION
