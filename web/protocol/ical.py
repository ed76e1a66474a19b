"""Write calendars as iCalendar (RFC 5545, with the properties of RFC 7986)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from icalendar import Calendar, Event, Timezone, TimezoneStandard, vText

from kg.lists.dated_events import DatedEvent
from kg.model.prefixes import TERM
from web.protocol.atom import EPOCH, writable_text

CALENDAR = "text/calendar"

# RFC 5545, 3.7.3: an identifier of the program, in the form of ISO 9070.
_PRODUCT = "-//Aide-Mémoire//Calendar of events//EN"
_CONFIRMED = {TERM + "occurred"}
_TENTATIVE = {
    TERM + name
    for name in ("planned", "expected", "proposed", "demanded", "hopedFor", "hypothetical")
}


@dataclass(frozen=True)
class CalendarEntry:
    """An event, its title, the URL of its page, and the places of its sentences."""

    event: DatedEvent
    title: str
    address: str
    cited: str = ""


def write_calendar(
    name: str, note: str, newest: datetime, entries: Iterable[CalendarEntry]
) -> bytes:
    """Return a calendar; `newest`, the date of the newest source, is when its events were revised.

    A build has no time of its own, so that equal graphs make equal calendars.
    """
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    # Programs read the older names, the standard has the newer (RFC 7986, 5.1 and 5.2). The library
    # escapes properties that it does not know only as vText.
    for key in ("name", "x-wr-calname"):
        calendar.add(key, vText(writable_text(name)))
    for key in ("description", "x-wr-caldesc"):
        calendar.add(key, vText(writable_text(note)))
    for entry in entries:
        calendar.add_component(_event(entry, newest))
    if not calendar.subcomponents:
        calendar.add_component(_time_zone())
    return bytes(calendar.to_ical())


def _event(entry: CalendarEntry, newest: datetime) -> Event:
    dated, event = entry.event, Event()
    # A UID must be globally unique (RFC 5545, 3.8.4.7), as the IRI is.
    event.add("uid", dated.item.thing.iri)
    event.add("dtstamp", newest)
    event.add("dtstart", dated.first)
    # The end of an all-day event is the day after its last.
    event.add("dtend", dated.last + timedelta(days=1))
    event.add("summary", writable_text(entry.title))
    cited = f"Sources: {entry.cited}." if entry.cited else ""
    description = " ".join(filter(None, (dated.item.description, cited, dated.note)))
    event.add("description", writable_text(description))
    event.add("url", entry.address)
    event.add("categories", [writable_text(kind.text) for kind in dated.item.classes])
    # Nobody is busy on the day of a summit; the default is OPAQUE (RFC 5545, 3.8.2.7).
    event.add("transp", "TRANSPARENT")
    _add_status(event, dated.statuses)
    if dated.venue.places:
        event.add("location", writable_text(", ".join(place.text for place in dated.venue.places)))
    if dated.venue.point:
        event.add("geo", dated.venue.point)
    return event


def _add_status(event: Event, statuses: frozenset[str]) -> None:
    """Add whether the event is confirmed; iCalendar has no status for an alleged one."""
    if statuses & _TENTATIVE:
        event.add("status", "TENTATIVE")
    elif statuses <= _CONFIRMED:
        event.add("status", "CONFIRMED")


def _time_zone() -> Timezone:
    """Return the component of a calendar without events, which must have one (RFC 5545, 3.6)."""
    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", "UTC")
    standard.add("dtstart", EPOCH.replace(tzinfo=None))
    for name in ("tzoffsetfrom", "tzoffsetto"):
        standard.add(name, timedelta())
    zone.add_component(standard)
    return zone
