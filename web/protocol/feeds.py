"""Feeds of sources and of what is said of a thing; calendars of events.

They are in English for everyone: a reader of feeds follows one address, and may send no language.
"""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, Response, request

from kg.lists.dated_events import MOST_EVENTS, DatedEvent, DatedEvents, dated_events
from kg.model.languages import DEFAULT, speak
from kg.model.prefixes import BASE
from kg.statements.cited_statements import CitedStatement, cited_statements
from kg.statements.documents import SourceDocument, documents_by_iri
from kg.terms.display import DisplayValue
from web import urls
from web.pages.query_string import read_filters, read_page_number
from web.protocol.atom import ATOM, Entry, Feed, FeedLink, feed_time, write_atom
from web.protocol.ical import CALENDAR, CalendarEntry, write_calendar
from web.request.hosts import root
from web.serving.current_build import store

bp = Blueprint("feeds", __name__)

_NAME = "Aide-Mémoire"


@bp.before_request
def speak_english() -> None:
    """Name things in English, whatever the reader's language."""
    speak(DEFAULT)


@bp.get("/feeds/sources.atom")
def send_sources_feed() -> Response:
    """Send the documents that the graph cites, newest first, 200 a page."""
    known = sorted(documents_by_iri(store()).values(), key=lambda one: one.iri)
    known.sort(key=lambda one: one.newest, reverse=True)
    entries = [_document(one) for one in known]
    return _feed("feeds/sources.atom", "sources", "/sources", entries)


@bp.get("/feeds/page/<path:slug>.atom")
def send_thing_feed(slug: str) -> Response:
    """Send what sentences say of a thing, the newest source's first, 200 statements a page."""
    said = cited_statements(store(), slug)
    page = urls.local_path(said.thing.iri)
    entries = [_statement(one, page) for one in said.statements]
    note = "; there are more statements than a feed may have" if said.incomplete else ""
    return _feed(f"feeds/page/{quote(slug)}.atom", _titled(said.thing), page, entries, note)


@bp.get("/calendar.ics")
def send_calendar() -> Response:
    """Send all dated events, or those that a list narrows to; of too many the last 500.

    Those of an actor are the ones that its own calendar has.
    """
    known = read_filters()
    return _calendar(dated_events(store(), known.pop("actor", ""), known))


@bp.get("/calendar/<path:slug>.ics")
def send_thing_calendar(slug: str) -> Response:
    """Send an event, or the events of an actor or place."""
    return _calendar(dated_events(store(), slug))


def _document(source: SourceDocument) -> Entry:
    names = [who.text for who in source.publishers]
    return Entry(
        source.iri,
        source.title or source.label or source.iri,
        source.newest,
        ", ".join(filter(None, (*names, source.issued))),
        (FeedLink("alternate", _address(urls.local_path(source.iri))),),
        authors=tuple(who.text for who in source.creators),
    )


def _statement(one: CitedStatement, page: str) -> Entry:
    title = f"{_titled(one.subject)} – {one.property.text} – {_titled(one.value)}"
    return Entry(
        f"{one.sentence.iri}#{one.fingerprint}",
        title,
        one.source.newest,
        f"{one.sentence.place} of {one.source.title or one.source.label}",
        (
            FeedLink("alternate", _address(urls.local_path(one.sentence.iri))),
            FeedLink("related", _address(page)),
        ),
        categories={one.property.iri: one.property.text},
    )


def _feed(path: str, title: str, page: str, entries: list[Entry], note: str = "") -> Response:
    number = store().number
    feed = Feed(
        BASE + path,
        f"{_NAME}: {title}",
        f"made from build {number}{note}",
        _address("/" + path),
        _address(page),
        entries,
    )
    body = write_atom(feed, read_page_number(), number)
    return Response(body, content_type=f"{ATOM}; charset=utf-8")


def _calendar(agenda: DatedEvents) -> Response:
    name = f"{_NAME}: {_titled(agenda.about)}" if agenda.about else _NAME
    left_out = f"; the last {MOST_EVENTS} events, for there are more" if agenda.incomplete else ""
    marked = [
        CalendarEntry(one, _named_when(one), _address(urls.local_path(one.item.thing.iri)))
        for one in agenda.events
    ]
    newest = feed_time(source.newest for source in documents_by_iri(store()).values())
    body = write_calendar(name, f"made from build {store().number}{left_out}", newest, marked)
    return Response(body, content_type=f"{CALENDAR}; charset=utf-8")


def _named_when(one: DatedEvent) -> str:
    """Name an event, with its date if a calendar would show more days than are known."""
    title, day = _titled(one.item.thing), one.item.day
    return f"{title} ({day})" if one.note and day and day not in title else title


def _titled(value: DisplayValue) -> str:
    """Name a thing, with the way in which it did not simply occur if its name does not say it."""
    told = not value.status or value.status.casefold() in value.text.casefold()
    return value.text if told else f"{value.text} ({value.status})"


def _address(path: str) -> str:
    return root(request.environ) + path
