"""Places with their points, and the events at each, for maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.index.sql import Point
from kg.index.thing_filter import ThingFilter
from kg.lists.facets import apply_filters
from kg.lists.items import ListItem, list_items
from kg.model.prefixes import TERM
from kg.network.nodes import principal_class
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary

# Events listed per place, and points read per thing.
_LISTED = 8
_LOCATED_IN = NamedNode(TERM + "locatedIn")


@dataclass(frozen=True)
class MapPlace:
    """A place on the map, in degrees east and north, and what happened there, in order of time.

    The point of a state is in its middle.
    """

    place: DisplayValue
    longitude: float
    latitude: float
    items: tuple[ListItem, ...]
    total: int
    principal_class: str = ""


def map_places(
    store: Store, filters: Mapping[str, str], limit: int, listed: int = _LISTED
) -> tuple[MapPlace, ...]:
    """Return the places of at most `limit` things that pass the filters, and `listed` of each."""
    points = index(store).points(apply_filters(ThingFilter(), filters), limit)
    by_place: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_place[point.place].append(point)
    order = read_vocabulary(store).order
    # A place has a point of its own, but is no event at itself.
    things = {
        place: sorted({point.iri for point in there if point.iri != place}, key=order)
        for place, there in by_place.items()
    }
    shown = dict.fromkeys(iri for there in things.values() for iri in there[:listed])
    items = dict(zip(shown, list_items(store, list(shown)), strict=True))
    places = [
        _map_place(
            store, by_place[place][0], tuple(items[iri] for iri in there[:listed]), len(there)
        )
        for place, there in things.items()
    ]
    return tuple(sorted(places, key=lambda place: place.place.text.casefold()))


def thing_places(store: Store, iri: str) -> tuple[MapPlace, ...]:
    """Return where one thing is, or where it happened: the theatre, not the city around it."""
    points = index(store).points(ThingFilter(among=(iri,)), _LISTED)
    # Rules place an event in every region around its place as well.
    places = ((NamedNode(point.place), _LOCATED_IN) for point in points)
    around = store.objects_of_each(places, _LISTED)
    wider = {text(region) for regions in around for region in regions}
    return tuple(
        MapPlace(
            display_thing(read_vocabulary(store), point.place),
            point.longitude,
            point.latitude,
            items=(),
            total=0,
        )
        for point in points
        if point.place not in wider
    )


def _map_place(store: Store, point: Point, items: tuple[ListItem, ...], total: int) -> MapPlace:
    return MapPlace(
        display_thing(read_vocabulary(store), point.place),
        point.longitude,
        point.latitude,
        items,
        total,
        principal_class(store, point.place),
    )
