"""Feeds as Atom writes them (RFC 4287), page by page (RFC 5005, 3).

A build has no time of its own, so that equal graphs make equal feeds, and Atom demands one. What is
said is taken to be as new as the last date on record of the document that says it; of a month or a
year that is the first moment, for what lies in the future some readers hide. What nobody dates is
given the first moment that computers count from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import NamedTuple
from xml.etree import ElementTree as ET

from kg.model.dates import period

ATOM = "application/atom+xml"
ENTRIES_PER_PAGE = 200
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)

_NS = "http://www.w3.org/2005/Atom"
_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
# XML has no way to write the others (https://www.w3.org/TR/xml/#charsets), nor have calendars, and
# these none for U+007F (RFC 5545, 3.1).
_UNWRITABLE = re.compile("[^\t\n\u0020-\u007e\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedLink(NamedTuple):
    """A link from a feed or an entry."""

    relation: str
    address: str
    media: str = "text/html"


@dataclass(frozen=True)
class Entry:
    """One entry; `categories` map the IRIs of terms to their names, `day` is as on record."""

    iri: str
    title: str
    day: str
    summary: str
    links: tuple[FeedLink, ...]
    authors: tuple[str, ...] = ()
    categories: Mapping[str, str] | None = None


@dataclass(frozen=True)
class Feed:
    """A feed of all its entries; `address` is where its first page is."""

    iri: str
    title: str
    subtitle: str
    address: str
    page: str
    entries: Sequence[Entry]


def feed_time(days: Iterable[str]) -> datetime:
    """Return the first moment of the latest of some dates, the epoch if none is a date."""
    known = [found.first for day in days if (found := period(day))]
    return datetime.combine(max(known), time(), UTC) if known else EPOCH


def writable_text(text: str) -> str:
    """Put a mark in the place of signs that no feed or calendar can write; end lines one way.

    >>> written("a" + chr(0) + "b")
    'a�b'
    """
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_atom(feed: Feed, number: int, build: str) -> bytes:
    """Write one page of a feed, which says of which build it was made."""
    root = ET.Element("feed", {"xmlns": _NS, "xml:lang": "en"})
    newest = feed_time(entry.day for entry in feed.entries)
    for name, words in (("id", feed.iri), ("title", feed.title), ("subtitle", feed.subtitle)):
        _text(root, name, words)
    _text(root, "updated", _written_moment(newest))
    _text(ET.SubElement(root, "author"), "name", "Aide-Mémoire")
    _text(root, "generator", "Aide-Mémoire", version=build)
    _text(root, "rights", "CC BY 4.0")
    _links(root, (*_pages(feed, number), FeedLink("license", _LICENCE)))
    for entry in feed.entries[ENTRIES_PER_PAGE * (number - 1) : ENTRIES_PER_PAGE * number]:
        _entry(root, entry)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _pages(feed: Feed, number: int) -> list[FeedLink]:
    """Return the links to the page that readers see, and from page to page of the feed."""
    last = max(1, -(-len(feed.entries) // ENTRIES_PER_PAGE))
    numbers = {"self": number, "first": 1, "last": last}
    numbers |= {"previous": min(number - 1, last)} if number > 1 else {}
    numbers |= {"next": number + 1} if number < last else {}
    found = [FeedLink("alternate", feed.page)]
    for relation, page in numbers.items():
        address = feed.address if page == 1 else f"{feed.address}?page={page}"
        found.append(FeedLink(relation, address, ATOM))
    return found


def _entry(root: ET.Element, entry: Entry) -> None:
    node = ET.SubElement(root, "entry")
    for name, words in (("id", entry.iri), ("title", entry.title)):
        _text(node, name, words)
    _text(node, "updated", _written_moment(feed_time([entry.day])))
    for name in entry.authors:
        _text(ET.SubElement(node, "author"), "name", name)
    for iri, label in (entry.categories or {}).items():
        ET.SubElement(node, "category", {"term": iri, "label": writable_text(label)})
    if entry.summary:
        _text(node, "summary", entry.summary)
    _links(node, entry.links)


def _text(parent: ET.Element, name: str, words: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = writable_text(words)


def _links(parent: ET.Element, links: Iterable[FeedLink]) -> None:
    for relation, address, media in links:
        ET.SubElement(parent, "link", {"rel": relation, "href": address, "type": media})


def _written_moment(found: datetime) -> str:
    # The year has four digits (RFC 3339), which strftime does not see to.
    return found.replace(tzinfo=None).isoformat() + "Z"
