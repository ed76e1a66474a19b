"""A client that follows every address that a site gives, of whatever kind of answer."""

from __future__ import annotations

import http.client
import json
import re
import ssl
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urldefrag, urljoin, urlsplit

ASKED = {
    "Accept": "text/html, */*;q=0.8",
    "Accept-Language": "en",
    # What a client sends of these is not to be believed.
    "X-Forwarded-Host": "evil.example",
    "X-Forwarded-Prefix": "/evil",
}
_URL = re.compile(r"""https?://[^\s<>"'\\\])]+""")
# As a value in JSON; what has braces is a template.
_ADDRESS = re.compile(r"(?:https?:/)?/[^\s{}]+")
_STYLE = re.compile(r"""url\(["']?([^"')]+)["']?\)""")
_IMPORT = re.compile(r"""(?:from|import)\s*\(?\s*["'](\./[^"']+)["']""")
_ATTRIBUTES = {"href", "src", "action", "data-record", "formaction"}


@dataclass(frozen=True)
class Answer:
    """What the site sent for an address."""

    status: int
    media_type: str
    body: str
    location: str
    headers: http.client.HTTPMessage


@dataclass
class Crawler:
    """Requests addresses of one site over one connection, each once.

    Of those in `sampled` languages it requests one of each shape: the same path but for the name at
    its end, whatever its parameters. What leads out of the site is noted wherever it stands.
    """

    base: str
    trust: ssl.SSLContext
    sampled: tuple[str, ...] = ()
    faults: list[str] = field(default_factory=list)
    seen: dict[str, Answer] = field(default_factory=dict)
    _shapes: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Connect."""
        netloc = urlsplit(self.base).netloc
        self._connection = http.client.HTTPSConnection(netloc, context=self.trust, timeout=60)

    def __enter__(self) -> Crawler:
        """Begin: the connection is made with the first request."""
        return self

    def __exit__(self, *_: object) -> None:
        """End the connection."""
        self._connection.close()

    def get(self, address: str, accept: str = ASKED["Accept"]) -> Answer:
        """Request an address, with its headers as a browser would send them."""
        parts = urlsplit(address)
        path = f"{parts.path}?{parts.query}" if parts.query else parts.path
        self._connection.request("GET", path, headers={**ASKED, "Accept": accept})
        response = self._connection.getresponse()
        body = response.read().decode("utf-8", "replace")
        media = response.headers.get_content_type()
        location = response.headers.get("Location", "")
        return Answer(response.status, media, body, location, response.headers)

    def walk(self, starts: Iterable[str], further: re.Pattern[str]) -> None:
        """Visit pages, all that they lead to, and what those lead to that `further` matches."""
        ahead = deque((start, "") for start in starts)
        while ahead:
            address, source = ahead.popleft()
            if not self._is_new(address, source):
                continue
            answer = self._visit(address, source)
            if not source or further.search(address):
                ahead += [(found, address) for found in self.addresses(address, answer)]
            if answer.location:
                ahead.append((urldefrag(urljoin(address, answer.location)).url, address))

    def _is_new(self, address: str, source: str) -> bool:
        """Tell whether to request an address; note it if it leads out of the site."""
        if not (address == self.base or address.startswith(f"{self.base}/")):
            self.faults.append(f"{source} leads out of the site: {address}")
            return False
        path = address.removeprefix(self.base)
        shape = path.partition("?")[0].rpartition("/")[0]
        sampled = path[1:].partition("/")[0] in self.sampled
        if address in self.seen or (source and sampled and shape in self._shapes):
            return False
        self._shapes.add(shape)
        return True

    def _visit(self, address: str, source: str) -> Answer:
        answer = self.seen[address] = self.get(address)
        # What a form posts to.
        posted = answer.status == 405 and "POST" in answer.headers.get("Allow", "")
        if answer.status not in {200, 303} and not posted:
            self.faults.append(f"{source} leads to {answer.status}: {address}")
        return answer

    def addresses(self, address: str, answer: Answer) -> Iterator[str]:
        """List what an answer leads to on the site, whatever it says the site's host is."""
        for found in _found(answer):
            url = urldefrag(urljoin(address, found)).url
            if urlsplit(url).hostname in {"localhost", "127.0.0.1", "evil.example"}:
                yield url


def _found(answer: Answer) -> Iterator[str]:
    for link in answer.headers.get_all("Link", []):
        yield from re.findall(r"<([^>]*)>", link)
    if answer.media_type == "text/html":
        yield from _Links.of(answer.body)
    elif answer.media_type.endswith("json"):
        yield from _in_json(json.loads(answer.body))
    elif answer.media_type == "text/css":
        yield from _STYLE.findall(answer.body)
    elif "javascript" in answer.media_type:
        yield from _IMPORT.findall(answer.body)
    else:
        # Feeds, calendars (with lines folded), sitemaps, RDF, text.
        body = re.sub(r"\r?\n[ \t]", "", answer.body)
        yield from (found.rstrip(".,;") for found in _URL.findall(body) if "{" not in found)


class _Links(HTMLParser):
    """Collects the addresses in the attributes of a page, and in its scripts of data."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []
        self._data = False

    @classmethod
    def of(cls, page: str) -> list[str]:
        """Return the addresses in a page."""
        parser = cls()
        parser.feed(page)
        return parser.found

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        self._data = tag == "script" and (values.get("type") or "").endswith("json")
        self.found += [value for name, value in attrs if name in _ATTRIBUTES and value]
        if tag == "meta":
            self.found += _URL.findall(values.get("content") or "")

    def handle_data(self, data: str) -> None:
        if self._data:
            self._data = False
            self.found += _in_json(json.loads(data))


def _in_json(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from _in_json(one)
    elif isinstance(value, str) and _ADDRESS.fullmatch(value):
        yield value
