"""Places with their points, and the events at each, for maps."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.reader import Point, index
from kg.index.thing_filter import ThingFilter
from kg.lists.facets import apply_filters
from kg.lists.items import ListItem, list_item
from kg.model.prefixes import TERM
from kg.network.nodes import principal_class
from kg.store.store import Store, Term
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
    places = [_map_place(store, place, there, listed) for place, there in by_place.items()]
    return tuple(sorted(places, key=lambda place: place.place.text.casefold()))


def thing_places(store: Store, iri: str) -> tuple[MapPlace, ...]:
    """Return where one thing is, or where it happened: the theatre, not the city around it."""
    points = index(store).points(ThingFilter(among=(iri,)), _LISTED)
    # Rules place an event in every region around its place as well.
    wider = {text(around) for point in points for around in _located_in(store, point.place)}
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


def _located_in(store: Store, place: str) -> list[Term]:
    return store.objects(NamedNode(place), _LOCATED_IN, _LISTED)


def _map_place(store: Store, place: str, points: list[Point], listed: int) -> MapPlace:
    vocabulary = read_vocabulary(store)
    # A place has a point of its own, but is no event at itself.
    things = sorted({point.iri for point in points if point.iri != place}, key=vocabulary.order)
    return MapPlace(
        display_thing(vocabulary, place),
        points[0].longitude,
        points[0].latitude,
        tuple(list_item(store, iri) for iri in things[:listed]),
        len(things),
        principal_class(store, place),
    )
