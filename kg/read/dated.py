"""Events with the days that the sources give them, for calendars."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from kg.prefixes import TERM, THING
from kg.read.index import Narrowing, index
from kg.read.listing import Item, item
from kg.read.places import Spot, place_of
from kg.read.slug import thing_node
from kg.store import Store

MOST = 500

_EVENTS = Narrowing((("class", TERM + "Event"),), dated=True)
_WHOLE_DAY = len("2018-04-13")


@dataclass(frozen=True)
class Dated:
    """An event, its first and last day, and whether the sources give the days themselves."""

    item: Item
    first: date
    last: date
    precise: bool
    spots: tuple[Spot, ...]


def dated(store: Store, slug: str = "") -> list[Dated]:
    """Return the events that somebody dates, in order of time, at most 500.

    With a slug: the thing itself if it is such an event, and those that it took part in or that
    happened there; NotFound offers the slugs that come near.
    """
    if not slug:
        return _of(store, _EVENTS)
    iri = thing_node(store, slug).value
    found = [
        *_of(store, Narrowing(_EVENTS.pairs, (iri,), dated=True)),
        *_of(store, _EVENTS.and_also("actor", iri)),
        *_of(store, _EVENTS.and_also("place", iri)),
    ]
    unique = {one.item.thing.iri: one for one in found}
    return sorted(unique.values(), key=lambda one: (one.first, one.item.thing.iri))


def _of(store: Store, narrowing: Narrowing) -> list[Dated]:
    iris = index(store).members(narrowing, "day", MOST)
    found = (_dated(store, iri) for iri in iris)
    return [one for one in found if one is not None]


def _dated(store: Store, iri: str) -> Dated | None:
    """Return an event; None for one that is only known to lie before or after others."""
    known = index(store).resource(iri)
    if not known.said or not known.earliest or not iri.startswith(THING):
        return None
    first = date.fromisoformat(known.earliest[:_WHOLE_DAY])
    last = date.fromisoformat((known.latest or known.earliest)[:_WHOLE_DAY])
    precise = len(known.said) >= _WHOLE_DAY
    return Dated(item(store, iri), first, max(first, last), precise, place_of(store, iri))
