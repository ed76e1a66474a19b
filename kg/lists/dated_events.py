"""Events and prospects with stated dates, for calendars.

A month or a year counts as all of its days, with a note: without these, a calendar would lack most
of what the sources date. Bounds that rules derive from other events are no dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.facets import apply_filters
from kg.lists.items import ListItem, list_items
from kg.lists.venues import Venue, find_venues
from kg.model.dates import Period, period
from kg.model.prefixes import TERM, THING
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import format_literal, text
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary

MOST_EVENTS = 500

_KINDS = tuple(ThingFilter((("class", TERM + name),), dated=True) for name in ("Event", "Prospect"))
# Each date of an event, and that which is expected of a prospect.
_DATE, _START, _END, _STATUS = (
    tuple(NamedNode(TERM + name) for name in names)
    for names in (
        ("date", "expectedDate"),
        ("startDate", "expectedStartDate"),
        ("endDate", "expectedEndDate"),
        ("assertionStatus", "prospectStatus"),
    )
)
_VALUES_READ = 20
_Values: TypeAlias = Mapping[NamedNode, Sequence[Term]]
_NO_FILTERS: Mapping[str, str] = {}
# In a calendar, what only a claim mentions, or what was refused, would look like a fact.
_LEFT_OUT = {TERM + "claimedOnly", TERM + "refused"}


@dataclass(frozen=True)
class DatedEvent:
    """An event and its first and last day; `note` explains where a date is less precise.

    `statuses` are the IRIs of concepts: planned, alleged and so on.
    """

    item: ListItem
    first: date
    last: date
    note: str
    statuses: frozenset[str]
    venue: Venue


@dataclass(frozen=True)
class DatedEvents:
    """Events in order of time, and the thing that they concern, if not all things.

    `incomplete` if earlier events are left out.
    """

    events: tuple[DatedEvent, ...]
    about: DisplayValue | None
    incomplete: bool


def dated_events(
    store: Store, slug: str = "", filters: Mapping[str, str] = _NO_FILTERS
) -> DatedEvents:
    """Return the events with a stated date that pass the filters, the last 500 in order of time.

    Prospects are among them, with their status. With a slug, return the thing itself if it is such
    an event, and the events that it took part in or that happened there; NotFound offers similar
    slugs. What only a claim mentions, or what was refused, is left out.
    """
    kinds = tuple(apply_filters(kind, filters) for kind in _KINDS)
    if not slug:
        return _select_events(store, kinds, None)
    iri = thing_node(store, slug).value
    selections = tuple(selection for kind in kinds for selection in _concerning(kind, iri))
    return _select_events(store, selections, display_thing(read_vocabulary(store), iri))


def _concerning(kind: ThingFilter, iri: str) -> tuple[ThingFilter, ...]:
    return replace(kind, among=(iri,)), kind.and_also("actor", iri), kind.and_also("place", iri)


def _select_events(
    store: Store, selections: tuple[ThingFilter, ...], about: DisplayValue | None
) -> DatedEvents:
    iris: set[str] = set()
    incomplete = False
    for selection in selections:
        # The last ones: whoever subscribes to a calendar looks at the present.
        skipped = max(0, index(store).count(selection) - MOST_EVENTS)
        iris |= set(index(store).members(selection, "day", MOST_EVENTS, skipped))
        incomplete |= skipped > 0
    events = _describe_events(store, iris)
    events.sort(key=lambda event: (event.first, event.last, event.item.thing.iri))
    incomplete |= len(events) > MOST_EVENTS
    return DatedEvents(tuple(events[-MOST_EVENTS:]), about, incomplete)


def _describe_events(store: Store, iris: Iterable[str]) -> list[DatedEvent]:
    """Describe the events that have a stated date and are not left out."""
    shown: dict[str, tuple[date, date, str, frozenset[str]]] = {}
    for iri, values in _read_values(store, [iri for iri in iris if iri.startswith(THING)]).items():
        statuses = frozenset(text(term) for name in _STATUS for term in values[name])
        days = _first_and_last_day(values)
        if days and not _LEFT_OUT & statuses:
            shown[iri] = (*days, statuses)
    items, venues = list_items(store, list(shown)), find_venues(store, list(shown))
    return [
        DatedEvent(item, *shown[iri], venue)
        for iri, item, venue in zip(shown, items, venues, strict=True)
    ]


def _read_values(store: Store, iris: Sequence[str]) -> dict[str, _Values]:
    names = (*_DATE, *_START, *_END, *_STATUS)
    pairs = [(NamedNode(iri), name) for iri in iris for name in names]
    values = iter(store.objects_of_each(pairs, _VALUES_READ))
    return {iri: {name: next(values) for name in names} for iri in iris}


def _first_and_last_day(values: _Values) -> tuple[date, date, str] | None:
    """Return the first and the last day that the dates of a thing allow, and the note."""
    dates, starts, ends = (_periods(values, names) for names in (_DATE, _START, _END))
    possible_starts, possible_ends = dates | starts, dates | ends
    if not possible_starts and not possible_ends:
        return None
    first = min(possible_starts or possible_ends).first
    last = max(period.last for period in (possible_ends or possible_starts))
    # Sources may contradict each other; an event must not end before it begins (RFC 5545, 3.8.2.2).
    return first, max(first, last), _note(dates, starts, ends)


def _periods(values: _Values, names: tuple[NamedNode, ...]) -> dict[Period, str]:
    """Return the period of each date of a thing, with the date in words."""
    dates = (value for name in names for value in values[name] if isinstance(value, Literal))
    return {days: format_literal(date) for date in dates if (days := period(date.value))}


def _note(dates: dict[Period, str], starts: dict[Period, str], ends: dict[Period, str]) -> str:
    in_words = [
        *(dates[days] for days in sorted(dates)),
        *(f"from {starts[days]}" for days in sorted(starts)),
        *(f"until {ends[days]}" for days in sorted(ends)),
    ]
    missing = "" if dates or (starts and ends) else "end" if starts else "beginning"
    coarse = not all(days.is_day for days in (*dates, *starts, *ends))
    notes = [
        f"Not dated to the day: {'; '.join(in_words)}." if coarse else "",
        f"Several dates are on record: {'; '.join(in_words)}."
        if not coarse and max(len(dates), len(starts), len(ends)) > 1
        else "",
        f"Its {missing} is not dated." if missing else "",
    ]
    return " ".join(filter(None, notes))
