"""Where an event took place: the narrowest places that somebody states, and a point if one is."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.statements.stated_values import stated_values
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.vocabulary import read_vocabulary, text

_LOCATION = TERM + "location"
_WITHIN = {TERM + "locatedIn", TERM + "partOf"}
_STATE = TERM + "State"
_FEW = 20


@dataclass(frozen=True)
class Venue:
    """Places in words, and degrees north and east of the one place, where that is known."""

    places: tuple[DisplayValue, ...]
    point: tuple[float, float] | None


def find_venue(store: Store, iri: str) -> Venue:
    """Return where an event took place.

    Rules add the states around a place, which are left out; so is the point of a state, for an
    event in a country did not take place at its middle.
    """
    vocabulary = read_vocabulary(store)
    found = stated_values(store, vocabulary, NamedNode(iri), _LOCATION, _FEW)
    nodes = [place for place in found if isinstance(place, NamedNode)]
    narrow = [p for p in nodes if not any(_within(store, q, p) for q in nodes if q != p)]
    point = _point(store, narrow[0].value) if len(narrow) == 1 else None
    return Venue(tuple(display_thing(vocabulary, text(place)) for place in narrow), point)


def _within(store: Store, inner: NamedNode, outer: NamedNode) -> bool:
    return any(quad.predicate.value in _WITHIN for quad in store.between(inner, outer))


def _point(store: Store, place: str) -> tuple[float, float] | None:
    known = index(store)
    if _STATE in known.values(place, "class"):
        return None
    points = known.points(Narrowing(among=(place,)), _FEW)
    own = {(found.latitude, found.longitude) for found in points if found.place == place}
    return own.pop() if len(own) == 1 else None
