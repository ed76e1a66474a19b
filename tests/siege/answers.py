"""What readers request of a server, what each build answers, and which build was current when."""

from __future__ import annotations

import gzip
import hashlib
import random
import re
import time
from dataclasses import dataclass
from math import inf
from urllib.parse import quote

from kg.model.prefixes import ROOT
from tests.siege.clients import ID, Client, Response

# No room for one more query; the client has had its share of the minute, and others wait.
_ANNOUNCED = (503, 429)
# When a build was made, which is another time if it was removed and made again.
_MADE = re.compile(rb'<time datetime="[^"]*Z">[^<]*</time>|"date[A-Z][a-z]+": "[^"]*Z"')
# Within which every process serves a build that has become current, while it also answers readers.
LAG = 15.0
_LISTS = (
    *("/", "/timeline", "/map", "/network", "/class/State", "/sources", "/search?q=japan"),
    *("/timeline?format=json", "/class/State?format=json", "/search?q=siege"),
)
_DUMPS = ("/dump/aide-memoire.nq", "/dump/aide-memoire.ttl")
_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_QUERIES = (
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    f"SELECT ?label {{ <{ID}siege-0> <{_LABEL}> ?label }}",
    f"SELECT ?s ?label {{ ?s <{_LABEL}> ?label }}",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o . ?o ?q ?v . ?v ?r ?w }",
)


@dataclass(frozen=True)
class Item:
    """Something to request; the text of a query may be varied, and its rows have no order."""

    path: str
    accept: str = "text/html, */*;q=0.1"
    query: bool = False

    def varied(self, dice: random.Random) -> str:
        """Return its target, of a query with a comment that no cache has met."""
        return f"{self.path}%0A%23{dice.random()}" if self.query else self.path

    def digest(self, response: Response) -> str:
        """Return a hash of what a response says."""
        body = response.body
        if response.headers.get("Content-Encoding") == "gzip":
            body = gzip.decompress(body)
        body = _MADE.sub(b"", body)
        if self.query:
            body = b"\n".join(sorted(body.splitlines()))
        return hashlib.sha256(body).hexdigest()


def items(names: list[str]) -> list[Item]:
    """Return pages of things, lists, dumps, and queries: ours and some that take longer."""
    pages = [f"/page/{quote(name)}" for name in names]
    ours = [path.read_text() for path in sorted((ROOT / "kg" / "queries").glob("*.rq"))]
    queries = [
        Item(f"/sparql?query={quote(text)}", "text/csv, text/turtle;q=0.9", query=True)
        for text in (*_QUERIES, *ours)
    ]
    return [*map(Item, (*pages, *_LISTS, *_DUMPS)), *queries]


class Answers:
    """What each build answers to each item, and when each was current."""

    def __init__(self, wanted: list[Item]) -> None:
        self.items = wanted
        self._tags: dict[tuple[Item, str], str] = {}
        self._digests: dict[tuple[Item, str], str] = {}
        self._periods: list[tuple[str, float]] = []
        self._last = 0.0

    def learn(self, port: int, number: str) -> None:
        """Record what the build that is served answers; RuntimeError where it does not."""
        client = Client(port, keep=True)
        for item in self.items:
            response = client.get(item.path, {"Accept": item.accept})
            if response.status != 200:
                raise RuntimeError(f"{item.path}: {response.end}")
            self.record(item, number, response)
        client.close()

    def record(self, item: Item, number: str, response: Response) -> None:
        """Record what a build answers to an item."""
        self._tags[item, number] = _tag(response)
        self._digests[item, number] = item.digest(response)

    def publish(self, number: str) -> None:
        """Record that a build may be current from now on; those before it until `settle`."""
        self._periods.append((number, inf))

    def settle(self, number: str) -> None:
        """Record that no build but this one is current from now on."""
        now = time.monotonic()
        self._periods = [
            (other, min(end, now) if other != number else end)
            for other, end in self._periods
            if end > now - 40 * LAG
        ]

    def tag(self, item: Item) -> str:
        """Return the entity tag of an item in the build published last."""
        return self._tags[item, self._periods[-1][0]]

    def fault(self, item: Item, response: Response, start: float) -> str:
        """Return what is wrong with a response to a request sent at a moment, "" if nothing is."""
        current = {number for number, end in self._periods if end > start - LAG}
        if response.status == 304:
            tags = {self._tags[item, number] for number in current}
            return "" if _tag(response) in tags else "304 of another build"
        if response.status in _ANNOUNCED and response.headers.get("Retry-After"):
            return ""
        if response.status != 200:
            return response.end
        tagged = {n for n in current if self._tags[item, n] == _tag(response)}
        digest = item.digest(response)
        if digest in {self._digests[item, number] for number in tagged or current}:
            return ""
        return self._late(item, digest, start) or "an answer of none of the builds"

    def _late(self, item: Item, digest: str, start: float) -> str:
        """Tell of which build, that is no longer current, an answer is."""
        ends = [
            end
            for number, end in self._periods
            if end < inf and self._digests.get((item, number)) == digest
        ]
        return (
            f"an answer of a build that ended {(start - max(ends)) // 5 * 5:.0f} s ago"
            if ends
            else ""
        )


def _tag(response: Response) -> str:
    return response.headers.get("Etag", "").removeprefix("W/")
