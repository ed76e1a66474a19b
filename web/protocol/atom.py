"""Write feeds as Atom (RFC 4287), in pages (RFC 5005, section 3).

An entry was published and updated when its release was. What was never released, as a graph in
memory, has the date of its source document, for a month or a year its first moment, because some
readers hide entries from the future; without a date, it has the Unix epoch.
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
# XML allows no other characters (https://www.w3.org/TR/xml/#charsets); iCalendar also excludes
# U+007F (RFC 5545, 3.1).
_UNWRITABLE = re.compile("[^\t\n\u0020-\u007e\u0080-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class FeedLink(NamedTuple):
    """A link from a feed or an entry."""

    relation: str
    address: str
    media: str = "text/html"


@dataclass(frozen=True)
class Entry:
    """One entry; `categories` maps IRIs of terms to labels, `day` is the date on record.

    `published` and `updated` are the times (UTC, ISO 8601) of the releases that did it, if any.
    """

    iri: str
    title: str
    day: str
    summary: str
    links: tuple[FeedLink, ...]
    authors: tuple[str, ...] = ()
    categories: Mapping[str, str] | None = None
    published: str = ""
    updated: str = ""

    @property
    def changed(self) -> datetime:
        """Return when it was updated, else the first moment of its date."""
        return _moment(self.updated) if self.updated else feed_time([self.day])


@dataclass(frozen=True)
class Feed:
    """A feed with all its entries.

    `address` is the URL of its first page, `page` of the web page with the same content.
    """

    iri: str
    title: str
    subtitle: str
    address: str
    page: str
    entries: Sequence[Entry]


def feed_time(days: Iterable[str]) -> datetime:
    """Return the first moment of the latest date, or the Unix epoch if there is no valid date."""
    starts = [days_of.first for day in days if (days_of := period(day))]
    return datetime.combine(max(starts), time(), UTC) if starts else EPOCH


def writable_text(text: str) -> str:
    """Replace characters that feeds and calendars cannot contain by U+FFFD; normalise line ends.

    >>> writable_text("a" + chr(0) + "b")
    'a�b'
    """
    return _UNWRITABLE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def write_atom(feed: Feed, number: int, build: str) -> bytes:
    """Return one page of a feed as XML; its generator names the build."""
    root = ET.Element("feed", {"xmlns": _NS, "xml:lang": "en"})
    newest = max((entry.changed for entry in feed.entries), default=EPOCH)
    for name, text in (("id", feed.iri), ("title", feed.title), ("subtitle", feed.subtitle)):
        _text(root, name, text)
    _text(root, "updated", _timestamp(newest))
    # A feed needs an author if an entry has none (RFC 4287, 4.1.1).
    _text(ET.SubElement(root, "author"), "name", "Aide-Mémoire")
    _text(root, "generator", "Aide-Mémoire", version=build)
    _text(root, "rights", "CC BY 4.0")
    _links(root, (*_pages(feed, number), FeedLink("license", _LICENCE)))
    for entry in feed.entries[ENTRIES_PER_PAGE * (number - 1) : ENTRIES_PER_PAGE * number]:
        _entry(root, entry)
    body: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return body


def _pages(feed: Feed, number: int) -> list[FeedLink]:
    """Return the links to the web page of the feed and to the feed's other pages."""
    last = max(1, -(-len(feed.entries) // ENTRIES_PER_PAGE))
    numbers = {"self": number, "first": 1, "last": last}
    # Past the last page, the previous one is the last that exists.
    numbers |= {"previous": min(number - 1, last)} if number > 1 else {}
    numbers |= {"next": number + 1} if number < last else {}
    links = [FeedLink("alternate", feed.page)]
    for relation, page in numbers.items():
        # One address per page: the first has no ?page=1.
        address = feed.address if page == 1 else f"{feed.address}?page={page}"
        links.append(FeedLink(relation, address, ATOM))
    return links


def _entry(root: ET.Element, entry: Entry) -> None:
    node = ET.SubElement(root, "entry")
    for name, text in (("id", entry.iri), ("title", entry.title)):
        _text(node, name, text)
    _text(node, "updated", _timestamp(entry.changed))
    if entry.published:
        _text(node, "published", _timestamp(_moment(entry.published)))
    for name in entry.authors:
        _text(ET.SubElement(node, "author"), "name", name)
    for iri, label in (entry.categories or {}).items():
        ET.SubElement(node, "category", {"term": iri, "label": writable_text(label)})
    if entry.summary:
        _text(node, "summary", entry.summary)
    _links(node, entry.links)


def _text(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
    ET.SubElement(parent, name, attributes).text = writable_text(text)


def _links(parent: ET.Element, links: Iterable[FeedLink]) -> None:
    for relation, address, media in links:
        ET.SubElement(parent, "link", {"rel": relation, "href": address, "type": media})


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _timestamp(time: datetime) -> str:
    # RFC 3339 wants years of four digits; strftime does not pad them on every platform.
    return time.replace(tzinfo=None).isoformat() + "Z"
