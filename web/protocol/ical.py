"""Calendars as iCalendar writes them (RFC 5545, with the properties of RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from kg.lists.dated_events import DatedEvent
from kg.model.prefixes import TERM
from web.protocol.atom import EPOCH, writable_text

CALENDAR = "text/calendar"

_PRODUCT = "-//Aide-Mémoire//Calendar of events//EN"
_CONFIRMED = {TERM + "occurred"}
_TENTATIVE = {TERM + name for name in ("planned", "expected", "proposed", "hypothetical")}


@dataclass(frozen=True)
class CalendarEntry:
    """An event, its title and the address of its page."""

    event: DatedEvent
    title: str
    address: str


def write_calendar(
    name: str, note: str, newest: datetime, marked: Iterable[CalendarEntry]
) -> bytes:
    """Write a calendar; `newest` is the time that it gives for its events' last revision.

    That is the time of the newest source: a build has none of its own, so that equal graphs make
    equal calendars.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    # Programs read the older names, the standard has the newer (RFC 7986, 5.1 and 5.2). The
    # library takes what it does not know for text only if told so.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(writable_text(name)))
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, vText(writable_text(note)))
    for one in marked:
        calendar.add_component(_event(one, newest))
    if not calendar.subcomponents:
        calendar.add_component(_nothing())
    return bytes(calendar.to_ical())


def _event(one: CalendarEntry, newest: datetime) -> Event:
    known, event = one.event, Event()
    event.add("uid", known.item.thing.iri)
    event.add("dtstamp", newest)
    event.add("dtstart", known.first)
    # The end of an all-day event is the day after its last.
    event.add("dtend", known.last + timedelta(days=1))
    event.add("summary", writable_text(one.title))
    said = " ".join(filter(None, (known.item.description, known.note)))
    event.add("description", writable_text(said))
    event.add("url", one.address)
    event.add("categories", [writable_text(kind.text) for kind in known.item.classes])
    event.add("transp", "TRANSPARENT")
    _add_status(event, known.statuses)
    if known.venue.places:
        event.add("location", writable_text(", ".join(place.text for place in known.venue.places)))
    if known.venue.point:
        event.add("geo", known.venue.point)
    return event


def _add_status(event: Event, statuses: frozenset[str]) -> None:
    """Say how surely it happened; there is no word for what is alleged, so nothing is said."""
    if statuses & _TENTATIVE:
        event.add("status", "TENTATIVE")
    elif statuses <= _CONFIRMED:
        event.add("status", "CONFIRMED")


def _nothing() -> Timezone:
    """Return what a calendar without events has, for it must have something (RFC 5545, 3.6)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", EPOCH.replace(tzinfo=None))
    for name in ("tzoffsetfrom", "tzoffsetto"):
        standard.add(name, timedelta())
    zone.add_component(standard)
    return zone
