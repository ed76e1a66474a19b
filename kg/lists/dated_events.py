"""Events with the days that somebody gives them, for calendars.

A month or a year is drawn as all of its days and a note says so: left out, most of what the sources
date would be missing. Days that follow only from what came before or after are no dates.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from pyoxigraph import Literal, NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.lists.facets import apply_facets
from kg.lists.items import ListItem, list_item
from kg.lists.venues import Venue, find_venue
from kg.model.dates import Period, period
from kg.model.prefixes import TERM, THING
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import format_literal
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary, text

MOST_EVENTS = 500

_EVENTS = Narrowing((("class", TERM + "Event"),), dated=True)
_AT_ONCE, _START, _END, _STATUS = (
    NamedNode(TERM + name) for name in ("date", "startDate", "endDate", "assertionStatus")
)
_FEW = 20
_ALL: Mapping[str, str] = {}
_ONLY_CLAIMED = TERM + "claimedOnly"


@dataclass(frozen=True)
class DatedEvent:
    """An event and the days to mark; `note` says in what the days differ from what is known.

    `statuses` are the concepts that say how surely it happened.
    """

    item: ListItem
    first: date
    last: date
    note: str
    statuses: frozenset[str]
    venue: Venue


@dataclass(frozen=True)
class DatedEvents:
    """Events in order of time, and the thing that they are the events of, if not all.

    `incomplete` tells that there are earlier ones.
    """

    events: tuple[DatedEvent, ...]
    about: DisplayValue | None
    incomplete: bool


def dated_events(store: Store, slug: str = "", chosen: Mapping[str, str] = _ALL) -> DatedEvents:
    """Return the events that somebody dates, in order of time; of too many the last 500.

    With a slug: the thing itself if it is such an event, and those that it took part in or that
    happened there; NotFound offers the slugs that come near. What exists only in a claim is left
    out. `chosen` narrows further, as it does a list.
    """
    events = apply_facets(_EVENTS, chosen)
    if not slug:
        return _agenda(store, (events,), None)
    iri = thing_node(store, slug).value
    own = replace(events, among=(iri,))
    around = (own, events.and_also("actor", iri), events.and_also("place", iri))
    return _agenda(store, around, display_thing(read_vocabulary(store), iri))


def _agenda(
    store: Store, narrowings: tuple[Narrowing, ...], about: DisplayValue | None
) -> DatedEvents:
    known, iris, cut = index(store), set(), False
    for narrowing in narrowings:
        before = max(0, known.count(narrowing) - MOST_EVENTS)
        iris |= set(known.members(narrowing, "day", MOST_EVENTS, before))
        cut |= before > 0
    found = [event for event in (_dated(store, iri) for iri in iris) if event]
    found.sort(key=lambda event: (event.first, event.last, event.item.thing.iri))
    return DatedEvents(tuple(found[-MOST_EVENTS:]), about, cut or len(found) > MOST_EVENTS)


def _dated(store: Store, iri: str) -> DatedEvent | None:
    """Return an event; None for one without a date of its own, or that is only in a claim."""
    node = NamedNode(iri)
    statuses = frozenset(text(term) for term in store.objects(node, _STATUS, _FEW))
    days = _days(store, node)
    if not days or _ONLY_CLAIMED in statuses or not iri.startswith(THING):
        return None
    return DatedEvent(list_item(store, iri), *days, statuses, find_venue(store, iri))


def _days(store: Store, node: NamedNode) -> tuple[date, date, str] | None:
    """Return the first and the last day that the dates of a thing allow, and the note."""
    once, starts, ends = (_dates(store, node, name) for name in (_AT_ONCE, _START, _END))
    firsts, lasts = once | starts, once | ends
    if not firsts and not lasts:
        return None
    first = min(firsts or lasts).first
    last = max(allowed.last for allowed in (lasts or firsts))
    note = _note(once, starts, ends)
    return first, max(first, last), note


def _dates(store: Store, node: NamedNode, name: NamedNode) -> dict[Period, str]:
    """Return the days that each date allows, with the date in words."""
    found = (t for t in store.objects(node, name, _FEW) if isinstance(t, Literal))
    return {days: format_literal(t) for t in found if (days := period(t.value))}


def _note(once: dict[Period, str], starts: dict[Period, str], ends: dict[Period, str]) -> str:
    dates = [
        *(once[days] for days in sorted(once)),
        *(f"from {starts[days]}" for days in sorted(starts)),
        *(f"until {ends[days]}" for days in sorted(ends)),
    ]
    lacking = "" if once or (starts and ends) else "end" if starts else "beginning"
    coarse = not all(days.whole for days in (*once, *starts, *ends))
    notes = [
        f"Not dated to the day: {'; '.join(dates)}." if coarse else "",
        f"Several dates are on record: {'; '.join(dates)}."
        if not coarse and max(len(once), len(starts), len(ends)) > 1
        else "",
        f"Its {lacking} is not dated." if lacking else "",
    ]
    return " ".join(filter(None, notes))
