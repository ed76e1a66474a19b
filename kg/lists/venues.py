"""Where an event took place: the narrowest stated places, and the point of a single one."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import TypeAlias

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

_Pair: TypeAlias = tuple[NamedNode, NamedNode]


@dataclass(frozen=True)
class Venue:
    """Places with labels; degrees north and east, if there is one place and it has one point."""

    places: tuple[DisplayValue, ...]
    point: tuple[float, float] | None


def find_venues(store: Store, iris: Sequence[str]) -> list[Venue]:
    """Return where each event took place.

    Rules add the states around a place: these are left out. So is the point of a state, for an
    event in a country did not take place at its middle.
    """
    properties = [(NamedNode(iri), location) for iri in iris for location in _LOCATIONS]
    values = iter(stated_values(store, properties, _VALUES_READ))
    places = [
        [place for _ in _LOCATIONS for place in next(values) if isinstance(place, NamedNode)]
        for _ in iris
    ]
    within = _within(store, {pair for of_event in places for pair in permutations(of_event, 2)})
    return [_venue(store, of_event, within) for of_event in places]


def _within(store: Store, pairs: Collection[_Pair]) -> set[_Pair]:
    """Return the pairs of places of which the first is in the second."""
    linked = zip(pairs, store.between_each(pairs), strict=True)
    return {pair for pair, quads in linked if any(q.predicate.value in _WITHIN for q in quads)}


def _venue(store: Store, places: Sequence[NamedNode], within: Collection[_Pair]) -> Venue:
    vocabulary = read_vocabulary(store)
    narrowest = [p for p in places if not any((q, p) in within for q in places if q != p)]
    point = _point(store, narrowest[0].value) if len(narrowest) == 1 else None
    return Venue(tuple(display_thing(vocabulary, text(place)) for place in narrowest), point)


def _point(store: Store, place: str) -> tuple[float, float] | None:
    if _STATE in index(store).values(place, "class"):
        return None
    points = index(store).points(ThingFilter(among=(place,)), _VALUES_READ)
    at_place = {(point.latitude, point.longitude) for point in points if point.place == place}
    # Of two points on record, either may be wrong.
    return at_place.pop() if len(at_place) == 1 else None
