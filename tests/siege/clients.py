"""Honest clients of a server under attack: what they request, and what they measure."""

from __future__ import annotations

import collections
import http.client
import itertools
import json
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from urllib.parse import quote

from tests.serving import memory

ID = "https://w3id.org/aide-memoire/id/"
MEGABYTE = 1_000_000
HONEST = "127.0.0.2"
ATTACKER = "127.0.0.1"
Work = Callable[[threading.Event], None]
_LOOKUP = f"SELECT ?name {{ <{ID}japan> ?p ?name }} LIMIT 5 # "
_THINGS = f'SELECT DISTINCT ?s {{ ?s a ?class FILTER(STRSTARTS(STR(?s), "{ID}")) }} LIMIT 500'
_PACE = 0.05
_PATIENCE = 5.0
_ACCEPT = {"Accept": "application/json, */*;q=0.9"}
_GOOD = (200, 304)
_FAULT = 500
_LANGUAGES = ("en", "ja", "ru")


@dataclass
class Measured:
    """What clients measured: of each kind of request the seconds and how each ended."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: collections.defaultdict(list))
    ends: collections.Counter[tuple[str, str]] = field(default_factory=collections.Counter)
    peak: int = 0

    def row(self, name: str) -> str:
        """Return one line: how often, how fast, and how it ended where it is not 200."""
        count = sum(n for (of, _), n in self.ends.items() if of == name)
        failures = ", ".join(f"{n} x {end}" for end, n in sorted(self.failures(name).items()))
        return f"{name:<34}{count:>6}  {spread(self.seconds[name])}  {failures}"

    def add_missed(self, name: str) -> None:
        """Count what a client at a steady pace would have waited while the last one took long.

        Else a server that stops for ten seconds has one slow request: what HdrHistogram corrects
        as coordinated omission.
        """
        wait = self.seconds[name][-1] - 2 * _PACE
        while wait > _PACE:
            self.seconds[name].append(wait)
            wait -= 2 * _PACE

    def failures(self, name: str) -> dict[str, int]:
        """Return how requests of a kind ended that were not answered, and how many of them."""
        return {
            end: n for (of, end), n in self.ends.items() if of == name and "answered" not in end
        }


@dataclass
class Response:
    """One response, read to its end; names of headers with capitals."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def end(self) -> str:
        """Return the status and, of an error, what the problem is called."""
        if self.status in _GOOD:
            return f"{self.status} answered"
        kind = self.headers.get("Content-Type", "")
        if kind.startswith("application/problem+json"):
            problem = json.loads(self.body)
            detail = f": {problem['detail']}" if self.status == _FAULT else ""
            return f"{self.status} {problem['type'].rpartition('/')[2]}{detail}"
        return f"{self.status} in {kind or 'no media type'}"


class Client:
    """A client at a loopback address, with a new connection for each request or one for all."""

    def __init__(
        self, port: int, source: str = ATTACKER, patience: float = 40, keep: bool = False
    ) -> None:
        self._keep = keep
        self._line = http.client.HTTPConnection(
            "127.0.0.1", port, timeout=patience, source_address=(source, 0)
        )

    def get(self, path: str, headers: Mapping[str, str] | None = None) -> Response:
        """Send a GET; OSError or HTTPException where no complete response came."""
        reused = self._line.sock is not None
        try:
            return self._get(path, headers or {})
        except (ConnectionError, http.client.BadStatusLine):
            self.close()
            # A server may close an idle connection at any time: RFC 9112, section 9.3.1.
            if not reused:
                raise
            return self._get(path, headers or {})
        finally:
            if not self._keep:
                self.close()

    def _get(self, path: str, headers: Mapping[str, str]) -> Response:
        self._line.request("GET", path, headers={**_ACCEPT, **headers})
        response = self._line.getresponse()
        fields = {name.title(): value for name, value in response.getheaders()}
        return Response(response.status, fields, response.read())

    def close(self) -> None:
        """Close the connection."""
        self._line.close()


def timed(
    measured: Measured, name: str, client: Client, path: str, headers: Mapping[str, str] = {}
) -> Response | None:
    """Send one GET and record how long it took and how it ended."""
    start = time.monotonic()
    try:
        response = client.get(path, headers)
        end = response.end
    except (OSError, http.client.HTTPException) as error:
        client.close()
        response, end = None, f"0 {type(error).__name__}"
    measured.seconds[name].append(time.monotonic() - start)
    measured.ends[name, end] += 1
    return response


def things(port: int) -> list[str]:
    """Return the names of things that have a page."""
    body = Client(port).get(f"/sparql?query={quote(_THINGS)}").body
    rows = json.loads(body)["results"]["bindings"]
    return [row["s"]["value"].removeprefix(ID) for row in rows]


def browse(measured: Measured, group: str, client: Client, names: list[str]) -> Work:
    """Return work: request an uncached look-up and a page of another thing in turn, at a pace."""

    def work(stop: threading.Event) -> None:
        turns = itertools.product(_LANGUAGES, names)
        for number, (language, name) in enumerate(itertools.cycle(turns)):
            if stop.is_set():
                break
            query = quote(f"{_LOOKUP}{group} {number} {time.time()}")
            timed(measured, f"look-up, {group}", client, f"/sparql?query={query}")
            measured.add_missed(f"look-up, {group}")
            reading = {"Accept": "text/html", "Accept-Language": language}
            timed(measured, f"page, {group}", client, f"/page/{quote(name)}", reading)
            measured.add_missed(f"page, {group}")
            stop.wait(_PACE)
        client.close()

    return work


def honest(measured: Measured, port: int, names: list[str], phase: str) -> list[Work]:
    """Return the work of four honest clients: at both addresses, with connections kept and new."""
    return [
        browse(measured, f"{group} {phase}", Client(port, at, _PATIENCE, keep), names)
        for at, group in ((HONEST, "other address"), (ATTACKER, "same address"))
        for keep in (False, True)
    ]


@contextmanager
def watching(measured: Measured, process: int) -> Iterator[None]:
    """Record the most memory that the server takes, four times a second, while a block lasts."""
    stop = threading.Event()

    def work() -> None:
        while not stop.wait(0.25):
            measured.peak = max(measured.peak, memory(process))

    watcher = threading.Thread(target=work)
    watcher.start()
    try:
        yield
    finally:
        stop.set()
        watcher.join()


def during(seconds: float, work: list[Work]) -> None:
    """Run all work side by side for so long."""
    stop = threading.Event()
    threads = [threading.Thread(target=one, args=(stop,)) for one in work]
    for thread in threads:
        thread.start()
    time.sleep(seconds)
    stop.set()
    for thread in threads:
        thread.join()


def spread(times: list[float]) -> str:
    """Return median, 99th percentile and maximum of seconds, in milliseconds."""
    middle, last, most = (1000 * s for s in (statistics.median(times), late(times), max(times)))
    return f"p50 {middle:7.1f}  p99 {last:8.1f}  max {most:8.1f} ms"


def late(times: list[float]) -> float:
    """Return the 99th percentile.

    >>> late([1.0] * 98 + [2.0, 3.0])
    3.0
    """
    return sorted(times)[int(len(times) * 0.99)]


def verdict(broken: list[str]) -> int:
    """Print the promises that were broken; return the exit status."""
    print("\n".join(f"BROKEN: {line}" for line in broken) or "every promise was kept", flush=True)
    return 1 if broken else 0
