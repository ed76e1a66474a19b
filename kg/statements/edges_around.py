"""The statements around a thing, at a cost that does not grow with how many there are."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.statements.edges import StatementEdge, gather_edges
from kg.store.store import Store, Term

# Of each property of a thing with very many statements, a page reads as many; of at most so many
# properties.
EDGES_PER_PROPERTY, MOST_PROPERTIES = 8, 200


@dataclass(frozen=True)
class EdgeSide:
    """The edges on one side of a thing; of the properties in `totals` there are more, so many.

    `unread` counts the statements of properties of which none is read.
    """

    edges: tuple[StatementEdge, ...]
    totals: Mapping[str, int]
    unread: int = 0


def edges_around(
    store: Store, node: NamedNode, whole: int = 0, each: int = EDGES_PER_PROPERTY
) -> tuple[EdgeSide, EdgeSide]:
    """Return the statements that start from a thing, and those that point to it.

    All of a side if they are few (`kg/queries/index/tallies-*.rq`) or no more than `whole`; else
    `each` of every property, and whatever else links the thing with the same others; of very many
    properties those of our own first.
    """
    (out, unread), (back, unread_back) = (
        _many(store, node, outwards, whole) for outwards in (True, False)
    )
    ends = [end for iri in out for end in store.objects(node, NamedNode(iri), each)]
    starts = [start for iri in back for start in store.subjects(NamedNode(iri), node, each)]
    others = dict.fromkeys([*ends, *starts])
    after = _read(store, node, others, out, True) if out else store.quads_around(node, True)
    before = _read(store, node, others, back, False) if back else store.quads_around(node, False)
    return (
        EdgeSide(gather_edges(after, outwards=True), _above(out, each), unread),
        EdgeSide(gather_edges(before, outwards=False), _above(back, each), unread_back),
    )


def _above(counts: Mapping[str, int], each: int) -> dict[str, int]:
    return {iri: n for iri, n in counts.items() if n > each}


def _many(store: Store, node: NamedNode, outwards: bool, whole: int) -> tuple[dict[str, int], int]:
    """Count by property the statements on a side of which not all are read, and those unread."""
    counts = index(store).tallies(node.value, outwards)
    total = sum(counts.values())
    if total <= whole:
        return {}, 0
    order = sorted(counts, key=lambda iri: (not iri.startswith(TERM), -counts[iri], iri))
    read = {iri: counts[iri] for iri in sorted(order[:MOST_PROPERTIES])}
    return read, total - sum(read.values())


def _read(
    store: Store, node: NamedNode, others: Iterable[Term], names: Collection[str], outwards: bool
) -> list[Quad]:
    pairs = ((node, other) if outwards else (other, node) for other in others)
    quads = (quad for pair in pairs for quad in store.between(*pair))
    return [quad for quad in quads if quad.predicate.value in names]
