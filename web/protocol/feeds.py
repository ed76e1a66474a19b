"""Atom feeds of sources and of statements about a thing, and iCalendar files of events.

They are in English for everyone: a feed reader has one address, and may send no language.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from flask import Blueprint, Response, request

from kg.lists.dated_events import MOST_EVENTS, DatedEvent, DatedEvents, dated_events
from kg.lists.facets import TWICE, chosen_values
from kg.model.prefixes import BASE
from kg.pipeline.publication.release import Release
from kg.releases.history import cited_since, releases, source_changed, source_since
from kg.releases.wording import changes_in_words
from kg.statements.cited_statements import CitedStatement, cited_statements
from kg.statements.documents import SourceDocument, documents_by_iri
from kg.statements.sentences import Sentence, sentences_stating
from kg.terms.display import DisplayValue
from web import urls
from web.exports.citation_cells import citation_cells
from web.protocol.atom import ATOM, Entry, Feed, FeedLink, feed_time, write_atom
from web.protocol.ical import CALENDAR, CalendarEntry, write_calendar
from web.request.hosts import root
from web.request.query_string import read_filters, read_page_number
from web.serving.current_build import store

bp = Blueprint("feeds", __name__)

_NAME = "Aide-Mémoire"


@bp.get("/feeds/sources.atom")
def send_sources_feed() -> Response:
    """Send the documents that the graph cites as Atom, last changed first, 200 a page."""
    # Sorted by IRI first, so that documents of one date have the same order in every build.
    documents = sorted(documents_by_iri(store()).values(), key=lambda document: document.iri)
    documents.sort(key=lambda document: document.newest, reverse=True)
    entries = [_document_entry(document) for document in documents]
    return _feed_response("feeds/sources.atom", "sources", "/sources", entries)


@bp.get("/feeds/page/<path:slug>.atom")
def send_thing_feed(slug: str) -> Response:
    """Send the cited statements about a thing as Atom, last released first, 200 a page."""
    cited = cited_statements(store(), slug)
    page = urls.site_path(cited.thing.iri)
    entries = [_statement_entry(statement, page) for statement in cited.statements]
    note = "; there are more statements than a feed may have" if cited.incomplete else ""
    return _feed_response(
        f"feeds/page/{quote(slug)}.atom", _full_name(cited.thing), page, entries, note
    )


@bp.get("/feeds/releases.atom")
def send_releases_feed() -> Response:
    """Send the releases as Atom, newest first, with what each changed."""
    entries = [_release_entry(release) for release in releases(store())]
    return _feed_response("feeds/releases.atom", "releases", "/data", entries)


@bp.get("/calendar.ics")
def send_calendar() -> Response:
    """Send all dated events that match the filters, at most the last 500.

    With the filter `actor` they are the events of that actor's own calendar.
    """
    filters = read_filters(store())
    # Of one actor, what happens there as well; of two, what both take part in.
    slug = filters.pop(TWICE) if len(chosen_values(filters, TWICE)) == 1 else ""
    return _calendar_response(dated_events(store(), slug, filters))


@bp.get("/calendar/<path:slug>.ics")
def send_thing_calendar(slug: str) -> Response:
    """Send one event, or the events of an actor or at a place."""
    return _calendar_response(dated_events(store(), slug))


def _document_entry(source: SourceDocument) -> Entry:
    publishers = [agent.text for agent in source.publishers]
    return Entry(
        source.iri,
        source.title or source.label or source.iri,
        source.newest,
        ", ".join(filter(None, (*publishers, source.issued))),
        (FeedLink("alternate", _address(urls.site_path(source.iri))),),
        authors=tuple(agent.text for agent in source.creators),
        published=source_since(store(), source.iri).published,
        updated=source_changed(store(), source.iri).published,
    )


def _release_entry(release: Release) -> Entry:
    return Entry(
        f"{BASE}catalogue#release-{release.number}",
        f"Release {release.number}",
        release.day,
        changes_in_words(release),
        (FeedLink("alternate", f"{_address('/data')}#release-{release.number}"),),
        published=release.published,
        updated=release.published,
    )


def _statement_entry(statement: CitedStatement, page: str) -> Entry:
    since = cited_since(store(), statement.triple, statement.sentence.iri).published
    parts = (_full_name(statement.subject), statement.property.text, _full_name(statement.value))
    return Entry(
        # An identifier of its own for each sentence: readers see new evidence as a new entry.
        f"{statement.sentence.iri}#{statement.fingerprint}",
        " – ".join(parts),
        statement.source.newest,
        f"{statement.sentence.place} of {statement.source.title or statement.source.label}",
        (
            FeedLink("alternate", _address(urls.site_path(statement.sentence.iri))),
            FeedLink("related", _address(page)),
        ),
        categories={statement.property.iri: statement.property.text},
        published=since,
        updated=since,
    )


def _feed_response(
    path: str, title: str, page: str, entries: list[Entry], note: str = ""
) -> Response:
    number = store().number
    # Stable: what came with one release stays in the order of its sources.
    entries = sorted(entries, key=lambda entry: entry.updated, reverse=True)
    feed = Feed(
        # The identifier of a feed stays the same on any host (RFC 4287, 4.2.6).
        BASE + path,
        f"{_NAME}: {title}",
        f"made from build {number}{note}",
        _address("/" + path),
        _address(page),
        entries,
    )
    body = write_atom(feed, read_page_number(), number)
    return Response(body, content_type=f"{ATOM}; charset=utf-8")


def _calendar_response(events: DatedEvents) -> Response:
    name = f"{_NAME}: {_full_name(events.about)}" if events.about else _NAME
    left_out = f"; the last {MOST_EVENTS} events, for there are more" if events.incomplete else ""
    sentences = sentences_stating(store(), (event.item.thing.iri for event in events.events))
    entries = [_calendar_entry(e, sentences[e.item.thing.iri]) for e in events.events]
    newest = feed_time(source.newest for source in documents_by_iri(store()).values())
    body = write_calendar(name, f"made from build {store().number}{left_out}", newest, entries)
    return Response(body, content_type=f"{CALENDAR}; charset=utf-8")


def _calendar_entry(event: DatedEvent, sentences: Sequence[Sentence]) -> CalendarEntry:
    iri = event.item.thing.iri
    _, cited = citation_cells(sentences)
    return CalendarEntry(event, _event_name(event), _address(urls.site_path(iri)), cited)


def _event_name(event: DatedEvent) -> str:
    """Return an event's name, with its date if a calendar shows more days than the date covers."""
    title, day = _full_name(event.item.thing), event.item.day
    return f"{title} ({day})" if event.note and day and day not in title else title


def _full_name(value: DisplayValue) -> str:
    """Return a thing's name, with its status ("planned", "alleged") unless the name says it."""
    plain = not value.status or value.status.casefold() in value.text.casefold()
    return value.text if plain else f"{value.text} ({value.status})"


def _address(path: str) -> str:
    return root(request.environ) + path
