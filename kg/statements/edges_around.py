"""The edges on both sides of a thing, read at a bounded cost however many there are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, parse

from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.statements.edges import StatementEdge, gather_edges
from kg.store.engine import QuadPattern
from kg.store.store import Store, Term

# Statements read per property of a large thing: more than the six or seven that a page lists, so
# that it tells whether there are others. Properties read on each of its sides.
EDGES_PER_PROPERTY, MOST_PROPERTIES = 8, 200


@dataclass(frozen=True)
class EdgeSide:
    """The edges on one side of a thing.

    `totals` counts, by property, the statements of properties that are not read completely;
    `unread` the statements of properties that are not read at all.
    """

    edges: tuple[StatementEdge, ...]
    totals: Mapping[str, int]
    unread: int = 0


def edges_around(
    store: Store, node: NamedNode, complete_up_to: int = 0, each: int = EDGES_PER_PROPERTY
) -> tuple[EdgeSide, EdgeSide]:
    """Return the statements that start from a thing, and those that point to it.

    A side is read completely if it is small (`kg.index.writing.subject_row.FEW`) or has at most
    `complete_up_to` statements. Of a larger side, read `each` statements of every property, at most
    `kg.index.writing.subject_row.MOST_ENDS`, our own properties first, and all others that link the
    thing with the same ends. They are the first in the order of the index, with any engine.
    """
    return edges_around_each(store, (node,), complete_up_to, each)[0]


def edges_around_each(
    store: Store,
    nodes: Iterable[NamedNode],
    complete_up_to: int = 0,
    each: int = EDGES_PER_PROPERTY,
) -> list[tuple[EdgeSide, EdgeSide]]:
    """Return the statements around several things, as `edges_around` does, in two requests."""
    parts = [
        _Part(node, outwards, *_counts_of_large_side(store, node, outwards, complete_up_to))
        for node in nodes
        for outwards in (True, False)
    ]
    others = _others(store, parts, each)
    patterns = [part.patterns(others[part.node]) for part in parts]
    quads = iter(store.quads_of_each([pattern for of_part in patterns for pattern in of_part]))
    sides = (
        part.side(chain.from_iterable(islice(quads, len(of_part))), each)
        for part, of_part in zip(parts, patterns, strict=True)
    )
    return list(zip(sides, sides, strict=True))


@dataclass(frozen=True)
class _Part:
    """One side of a thing: the properties of which some statements are read, if not all are."""

    node: NamedNode
    outwards: bool
    counts: Mapping[str, int]
    unread: int

    def pattern(
        self, property_: NamedNode | None, other: Term | None, graph: DefaultGraph | None = None
    ) -> QuadPattern:
        if self.outwards:
            return QuadPattern(self.node, property_, other, graph)
        return QuadPattern(other, property_, self.node, graph)

    def patterns(self, others: Iterable[Term]) -> list[QuadPattern]:
        if not self.counts:
            return [self.pattern(None, None)]
        # By pair, not by property: redundancy compares all statements between the same two things.
        return [
            self.pattern(None, other)
            for other in others
            if self.outwards or isinstance(other, NamedNode | BlankNode)
        ]

    def side(self, quads: Iterable[Quad], each: int) -> EdgeSide:
        read = (q for q in quads if not self.counts or q.predicate.value in self.counts)
        above = {iri: count for iri, count in self.counts.items() if count > each}
        return EdgeSide(gather_edges(read, self.outwards), above, self.unread)


def _others(store: Store, parts: Sequence[_Part], each: int) -> dict[NamedNode, dict[Term, None]]:
    """Read the ends of `each` statements of every property, on both sides of each thing."""
    few = [(part, iri) for part in parts for iri, count in part.counts.items() if count <= each]
    quads = store.quads_of_each(
        [part.pattern(NamedNode(iri), None, DefaultGraph()) for part, iri in few]
    )
    # One statement is often seen from both ends: a host has an event, the event has a host.
    others: dict[NamedNode, dict[Term, None]] = defaultdict(dict)
    for (part, _), of_property in zip(few, quads, strict=True):
        for quad in of_property:
            others[part.node][quad.object if part.outwards else quad.subject] = None
    for part in parts:
        others[part.node] |= dict.fromkeys(_first_ends(store, part, each))
    return others


def _first_ends(store: Store, part: _Part, each: int) -> Iterator[Term]:
    """Yield the first ends of the properties that have more than `each` statements."""
    if part.counts:
        ends = index(store).first_ends(part.node.value, part.outwards, each)
        terms = (line for iri in part.counts for line in ends.get(iri, "").split("\n")[:each])
        lines = "".join(f"<x:x> <x:x> {term} .\n" for term in terms if term)
        yield from (quad.object for quad in parse(lines, format=RdfFormat.N_TRIPLES))


def _counts_of_large_side(
    store: Store, node: NamedNode, outwards: bool, complete_up_to: int
) -> tuple[dict[str, int], int]:
    """Count by property the statements of a side too large to read, and those left out.

    The counts are empty for a side that is read completely.
    """
    counts = index(store).tallies(node.value, outwards)
    total = sum(counts.values())
    if total <= complete_up_to:
        return {}, 0
    # Third-party data may have thousands of properties; readers come for ours.
    ours_first = sorted(counts, key=lambda iri: (not iri.startswith(TERM), -counts[iri], iri))
    read = {iri: counts[iri] for iri in sorted(ours_first[:MOST_PROPERTIES])}
    return read, total - sum(read.values())
