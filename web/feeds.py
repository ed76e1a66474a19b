"""Feeds (Atom) of sources and of what is said of a thing; calendars (iCalendar) of events."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

from flask import Blueprint, Response, request
from icalendar import Calendar, Event

from kg.prefixes import SOURCE
from kg.read.cited import Cited, cited
from kg.read.dated import Dated, dated
from kg.read.sentence import Source, sources
from web import urls
from web.graph import store

bp = Blueprint("feeds", __name__)

# https://www.rfc-editor.org/rfc/rfc4287 and https://www.rfc-editor.org/rfc/rfc5005
ATOM = "application/atom+xml"
# https://www.rfc-editor.org/rfc/rfc5545
CALENDAR = "text/calendar"
PAGE = 25

_NS = "http://www.w3.org/2005/Atom"
_NAME = "Aide-Mémoire"


@bp.get("/feeds/sources.atom")
def documents() -> Response:
    """Send the documents that the graph cites, newest first."""
    known = sorted(sources(store()).values(), key=lambda s: (s.issued, s.iri), reverse=True)
    feed = _feed(f"{_NAME}: sources", SOURCE, "/sources")
    for one in known:
        _document(feed, one)
    return _sent(feed)


@bp.get("/feeds/page/<path:slug>.atom")
def statements(slug: str) -> Response:
    """Send what sentences say of a thing, twenty-five statements a page (RFC 5005, 3)."""
    here, found = cited(store(), slug)
    asked = request.args.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 else 1
    feed = _feed(f"{_NAME}: {here.text}", here.iri, urls.local(here.iri))
    if len(found) > PAGE * page:
        _link(feed, "next", f"{request.path}?page={page + 1}", ATOM)
    for one in found[PAGE * (page - 1) : PAGE * page]:
        _statement(feed, one)
    return _sent(feed)


@bp.get("/calendar.ics")
def everything() -> Response:
    """Send all dated events, or those of an actor or place."""
    return _calendar(dated(store(), request.args.get("actor", "")), _NAME)


@bp.get("/calendar/<path:slug>.ics")
def events(slug: str) -> Response:
    """Send an event, or the events of an actor or place."""
    return _calendar(dated(store(), slug), f"{_NAME}: {slug}")


def _feed(title: str, iri: str, page: str) -> ET.Element:
    feed = ET.Element("feed", {"xmlns": _NS, "xml:lang": "en"})
    for name, words in (("title", title), ("id", iri), ("updated", _moment(_newest()))):
        ET.SubElement(feed, name).text = words
    ET.SubElement(feed, "subtitle").text = f"made from build {store().number}"
    ET.SubElement(feed, "rights").text = "CC BY 4.0"
    ET.SubElement(ET.SubElement(feed, "author"), "name").text = _NAME
    _link(feed, "self", request.full_path.rstrip("?"), ATOM)
    _link(feed, "alternate", page, "text/html")
    return feed


def _document(feed: ET.Element, source: Source) -> None:
    entry = _entry(feed, source.title or source.label, source.iri, source.issued)
    for who in source.creators:
        ET.SubElement(ET.SubElement(entry, "author"), "name").text = who.text
    names = [who.text for who in source.publishers]
    ET.SubElement(entry, "summary").text = ", ".join(filter(None, (*names, source.issued)))
    _link(entry, "alternate", urls.local(source.iri), "text/html")


def _statement(feed: ET.Element, one: Cited) -> None:
    source = sources(store())[one.sentence.source]
    title = f"{one.subject.text} – {one.property.text} – {one.value.text}"
    entry = _entry(feed, title, f"{one.sentence.iri}#{one.mark}", source.issued)
    ET.SubElement(entry, "category", {"term": one.property.iri, "label": one.property.text})
    ET.SubElement(entry, "summary").text = f"{one.sentence.place} of {source.title or source.label}"
    _link(entry, "alternate", urls.local(one.sentence.iri), "text/html")


def _entry(feed: ET.Element, title: str, iri: str, issued: str) -> ET.Element:
    entry = ET.SubElement(feed, "entry")
    for name, words in (("title", title), ("id", iri), ("updated", _moment(issued))):
        ET.SubElement(entry, name).text = words
    return entry


def _link(parent: ET.Element, relation: str, path: str, media: str) -> None:
    address = request.url_root.rstrip("/") + path
    ET.SubElement(parent, "link", {"rel": relation, "href": address, "type": media})


def _newest() -> str:
    return max((source.issued for source in sources(store()).values()), default="")


def _moment(issued: str) -> str:
    """Write a date as Atom wants it: what is said is as new as the document that says it.

    A build has no time of its own, so that equal graphs make equal feeds.
    """
    full = (issued + "-01-01")[:10] if len(issued) == 4 else (issued + "-01")[:10]
    return f"{full}T00:00:00Z" if issued else "1970-01-01T00:00:00Z"


def _sent(feed: ET.Element) -> Response:
    body = ET.tostring(feed, encoding="utf-8", xml_declaration=True)
    return Response(body, content_type=f"{ATOM}; charset=utf-8")


def _calendar(found: list[Dated], name: str) -> Response:
    calendar = Calendar()
    calendar.add("prodid", "-//Aide-Mémoire//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", name)
    for one in found:
        calendar.add_component(_event(one))
    return Response(calendar.to_ical(), content_type=f"{CALENDAR}; charset=utf-8")


def _event(one: Dated) -> Event:
    thing, event = one.item.thing, Event()
    event.add("uid", thing.iri)
    event.add("dtstamp", datetime.fromisoformat(_moment(_newest())).astimezone(UTC))
    event.add("dtstart", one.first)
    # The end of an all-day event is the day after its last.
    event.add("dtend", one.last + timedelta(days=1))
    event.add("summary", f"{thing.text} ({thing.status})" if thing.status else thing.text)
    note = "" if one.precise else f" The sources say only: {one.item.day}."
    event.add("description", one.item.description + note)
    event.add("url", request.url_root.rstrip("/") + urls.local(thing.iri))
    event.add("transp", "TRANSPARENT")
    event.add("status", "TENTATIVE" if thing.status else "CONFIRMED")
    event.add("categories", [known.text for known in one.item.classes])
    for spot in one.spots[:1]:
        event.add("location", spot.place.text)
        event.add("geo", (spot.latitude, spot.longitude))
    return event
