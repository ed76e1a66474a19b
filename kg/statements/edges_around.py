"""The edges on both sides of a thing, read at a bounded cost however many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.statements.edges import StatementEdge, gather_edges
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

    A side is read completely if it is small (`kg/queries/index/tallies-*.rq`) or has at most
    `complete_up_to` statements. Of a larger side, read `each` statements of every property, our
    own properties first, and all others that link the thing with the same ends.
    """
    out, unread_out = _counts_of_large_side(store, node, True, complete_up_to)
    back, unread_back = _counts_of_large_side(store, node, False, complete_up_to)
    ends = [end for iri in out for end in store.objects(node, NamedNode(iri), each)]
    starts = [start for iri in back for start in store.subjects(NamedNode(iri), node, each)]
    # One statement is often seen from both ends: a host has an event, the event has a host.
    others = dict.fromkeys([*ends, *starts])
    after = (
        _quads_between(store, node, others, out, True) if out else store.quads_around(node, True)
    )
    before = (
        _quads_between(store, node, others, back, False)
        if back
        else store.quads_around(node, False)
    )
    return (
        EdgeSide(gather_edges(after, outwards=True), _above(out, each), unread_out),
        EdgeSide(gather_edges(before, outwards=False), _above(back, each), unread_back),
    )


def _above(counts: Mapping[str, int], each: int) -> dict[str, int]:
    return {iri: count for iri, count in counts.items() if count > each}


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


def _quads_between(
    store: Store,
    node: NamedNode,
    others: Iterable[Term],
    properties: Collection[str],
    outwards: bool,
) -> list[Quad]:
    # By pair, not by property: redundancy compares all statements between the same two things.
    pairs = ((node, other) if outwards else (other, node) for other in others)
    quads = (quad for pair in pairs for quad in store.between(*pair))
    return [quad for quad in quads if quad.predicate.value in properties]
