"""Where things are: places, and events by their places, for a map."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import Point, index
from kg.lists.facets import apply_facets
from kg.lists.items import ListItem, list_item
from kg.model.prefixes import TERM
from kg.network.network import principal_class
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary, text

_LISTED = 8
_LOCATED = NamedNode(TERM + "locatedIn")


@dataclass(frozen=True)
class MapPlace:
    """One place on the map, degrees east and north, and what happened there, first things first.

    `principal_class` is the principal class of the place; the point of a state is in its middle.
    """

    place: DisplayValue
    longitude: float
    latitude: float
    items: tuple[ListItem, ...]
    total: int
    principal_class: str = ""


def map_places(store: Store, chosen: Mapping[str, str], limit: int) -> tuple[MapPlace, ...]:
    """Return where at most `limit` things are that have the chosen values of facets."""
    return _spots(store, index(store).points(apply_facets(Narrowing(), chosen), limit))


def thing_places(store: Store, iri: str) -> tuple[MapPlace, ...]:
    """Return where one thing is, or where it happened: the theatre, not the city around it."""
    points = index(store).points(Narrowing(among=(iri,)), _LISTED)
    around = {text(whole) for p in points for whole in _around(store, p.place)}
    return tuple(
        MapPlace(display_thing(read_vocabulary(store), p.place), p.longitude, p.latitude, (), 0)
        for p in points
        if p.place not in around
    )


def _around(store: Store, place: str) -> list[Term]:
    return store.objects(NamedNode(place), _LOCATED, _LISTED)


def _spots(store: Store, points: list[Point]) -> tuple[MapPlace, ...]:
    by_place: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        by_place[point.place].append(point)
    vocabulary = read_vocabulary(store)
    found = []
    for place, there in by_place.items():
        own = sorted({p.iri for p in there if p.iri != place}, key=vocabulary.order)
        items = tuple(list_item(store, iri) for iri in own[:_LISTED])
        first = there[0]
        spot = MapPlace(
            display_thing(vocabulary, place),
            first.longitude,
            first.latitude,
            items,
            len(own),
            principal_class(store, place),
        )
        found.append(spot)
    return tuple(sorted(found, key=lambda spot: spot.place.text.casefold()))
