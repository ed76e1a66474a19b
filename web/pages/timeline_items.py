"""What the timeline page draws: its list, and the same list without the filter by days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from kg.index.thing_filter import ThingFilter
from kg.lists.facets import DAYS
from kg.lists.items import ListItem
from kg.lists.listing import Listing, list_things
from kg.network.nodes import principal_class
from kg.store.store import Store
from web import urls
from web.drawing.timeline.dates import days_of
from web.drawing.timeline.lanes import TimelineItem
from web.drawing.timeline.layout import TimelineLayout, timeline_layout


def draw_list(store: Store, filters: Mapping[str, str], listing: Listing) -> TimelineLayout | None:
    """Lay out a page of the timeline's list amid the first page of the list for all days."""
    # The overview shows the time around the days that the list is filtered by.
    other_filters = {name: value for name, value in filters.items() if name not in DAYS}
    items = {item.thing.iri: item for item in listing.items}
    if listing.page > 1 or other_filters != dict(filters):
        dated = ThingFilter(dated=True)
        first = list_things(store, other_filters, dated, "day", 1, listing.size)
        items = {item.thing.iri: item for item in first.items} | items
    start, end = (days_of(filters.get(name, "")) for name in DAYS)
    drawn = timeline_items(store, items.values())
    return timeline_layout(drawn, start[0] if start else None, end[1] if end else None)


def timeline_items(store: Store, items: Iterable[ListItem]) -> list[TimelineItem]:
    """Return what a timeline draws of the items of a list: those with a date."""
    drawn = (_item(item, principal_class(store, item.thing.iri)) for item in items)
    return [item for item in drawn if item]


def _item(item: ListItem, kind: str) -> TimelineItem | None:
    start, end = days_of(item.earliest), days_of(item.latest)
    ends = [days for days in (start, end) if days]
    if not ends:
        return None
    return TimelineItem(
        name=item.thing.text,
        href=urls.local_path(item.thing.iri),
        when=item.day,
        start=ends[0][0],
        # At least a day, even where derived bounds contradict each other.
        end=max(ends[0][0] + 1, ends[-1][1]),
        early=start is None,
        open=end is None,
        lasts=end is None and not _is_vague(item),
        look="apart" if item.thing.status else "vague" if _is_vague(item) else "closed",
        kind=kind or "other",
    )


def _is_vague(item: ListItem) -> bool:
    """Tell whether nobody states the day: it lies between others."""
    return bool(item.day) and not item.date_is_stated
