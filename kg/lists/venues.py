"""Where an event took place: the narrowest stated places, and the point of a single one."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import TERM
from kg.statements.stated_values import stated_values
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.vocabulary import read_vocabulary

_LOCATIONS = (TERM + "location", TERM + "expectedLocation")
_WITHIN = {TERM + "locatedIn", TERM + "partOf"}
_STATE = TERM + "State"
_VALUES_READ = 20


@dataclass(frozen=True)
class Venue:
    """Places with labels; degrees north and east, if there is one place and it has one point."""

    places: tuple[DisplayValue, ...]
    point: tuple[float, float] | None


def find_venue(store: Store, iri: str) -> Venue:
    """Return where an event took place.

    Rules add the states around a place: these are left out. So is the point of a state, for an
    event in a country did not take place at its middle.
    """
    vocabulary = read_vocabulary(store)
    places = [
        place
        for location in _LOCATIONS
        for place in stated_values(store, vocabulary, NamedNode(iri), location, _VALUES_READ)
        if isinstance(place, NamedNode)
    ]
    narrowest = [p for p in places if not any(_is_within(store, q, p) for q in places if q != p)]
    point = _point(store, narrowest[0].value) if len(narrowest) == 1 else None
    return Venue(tuple(display_thing(vocabulary, text(place)) for place in narrowest), point)


def _is_within(store: Store, inner: NamedNode, outer: NamedNode) -> bool:
    return any(quad.predicate.value in _WITHIN for quad in store.between(inner, outer))


def _point(store: Store, place: str) -> tuple[float, float] | None:
    if _STATE in index(store).values(place, "class"):
        return None
    points = index(store).points(ThingFilter(among=(place,)), _VALUES_READ)
    at_place = {(point.latitude, point.longitude) for point in points if point.place == place}
    # Of two points on record, either may be wrong.
    return at_place.pop() if len(at_place) == 1 else None
