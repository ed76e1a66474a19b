"""One page of a list of things, with the facets that filter it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.facets import DAYS, Facet, FacetCounts, FacetValue, apply_filters, count_facets
from kg.lists.items import ListItem, list_items
from kg.store.store import Store

# Each item costs a sentence, that is several look-ups.
PAGE_SIZE = 50

_EVERYTHING = ThingFilter()


@dataclass(frozen=True)
class Listing:
    """One page of a list, the length of the list, and its facets."""

    items: tuple[ListItem, ...]
    total: int
    page: int
    size: int
    counts: FacetCounts

    @property
    def facets(self) -> tuple[Facet, ...]:
        """Return the facets that the list may be filtered by."""
        return self.counts.facets

    @property
    def days(self) -> tuple[Facet, ...]:
        """Return the first and last day that the list is filtered by."""
        return self.counts.days

    @property
    def chosen(self) -> list[tuple[str, FacetValue]]:
        """Return the filters of the list: facets with their values, then days."""
        return self.counts.chosen

    @property
    def pages(self) -> int:
        """Return the number of pages, at least one."""
        return max(1, -(-self.total // self.size))


def count_undated(store: Store, filters: Mapping[str, str]) -> int:
    """Count the things without any date that pass the filters other than days and year.

    A timeline leaves them out, and a reader who filters it should learn that there are more.
    """
    other = {name: value for name, value in filters.items() if name not in {*DAYS, "year"}}
    return index(store).count(apply_filters(ThingFilter(undated=True), other)) if other else 0


def list_things(
    store: Store,
    filters: Mapping[str, str],
    base: ThingFilter = _EVERYTHING,
    order: str = "name",
    page: int = 1,
    size: int = PAGE_SIZE,
) -> Listing:
    """List the things in `base` that pass the filters, by name, day or degree.

    `filters` maps facets (kind, actor, place, year) to values as addresses write them, that is the
    local name of a class or thing, or a year; and `from` and `until` to ISO days. Nothing passes a
    value that no thing has.
    """
    selection, page = apply_filters(base, filters), max(1, page)
    iris = index(store).members(selection, order, size, size * (page - 1))
    return Listing(
        list_items(store, iris, beside_day=base.dated),
        index(store).count(selection),
        page,
        size,
        count_facets(store, base, filters),
    )
