"""Lists of things that narrow by facets: kind, actor, place, year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.lists.facets import (
    DAYS,
    FACETS,
    Facet,
    FacetValue,
    apply_facets,
    day_facet,
    read_facet,
)
from kg.lists.items import ListItem, list_item
from kg.store.store import Store

PAGE_SIZE = 50


@dataclass(frozen=True)
class Listing:
    """One page of a list, how long the whole is, and how it may be narrowed.

    `days` are the first and the last day that it is narrowed to, in words.
    """

    items: tuple[ListItem, ...]
    total: int
    page: int
    size: int
    facets: tuple[Facet, ...]
    days: tuple[Facet, ...] = ()

    @property
    def chosen(self) -> list[tuple[str, FacetValue]]:
        """Return what the list is narrowed by: facets and their values, then days."""
        known = (*self.facets, *self.days)
        return [(facet.name, facet.chosen) for facet in known if facet.chosen]

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // self.size))


def list_things(
    store: Store,
    chosen: Mapping[str, str],
    base: Narrowing = Narrowing(),  # noqa: B008 - it is immutable
    order: str = "name",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Listing:
    """List the things in `base` that have the chosen values, by name, day or degree.

    `chosen` maps facets (kind, actor, place, year) to values as addresses have them: a class's or
    thing's local name, a year; and `from` and `until` to days. A value that nothing has makes an
    empty list.
    """
    narrowing = apply_facets(base, chosen)
    known = index(store)
    iris = known.members(narrowing, order, size, size * (max(1, page) - 1))
    total = known.count(narrowing)
    return Listing(
        tuple(list_item(store, iri, beside_day=base.dated) for iri in iris),
        total,
        max(1, page),
        size,
        tuple(read_facet(store, name, base, chosen, narrowing) for name in FACETS),
        tuple(day_facet(name, chosen[name], total) for name in DAYS if chosen.get(name)),
    )
