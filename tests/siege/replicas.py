"""What becomes of answers when replicas of the SPARQL engine are killed under load.

    python -m tests.siege.replicas [--kills 6] [--pause 3] [--readers 4]

Three `oxigraph serve` hold the same build, a fourth another one, and a server is in front of them.
Clients ask it for pages and queries, of which the answers are known, while one replica after
another is killed by kill -9 and started again; at the end all three are gone at once. Promises: no
answer is another than that of the build or an error that says so; the fourth is never asked, and
named with its reason; the server uses a replica again once it is back. Prints how many requests
failed, and how long it took until none did and until the replica was used again.
"""

from __future__ import annotations

import collections
import http.client
import itertools
import json
import random
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.request import Request, urlopen

import click
from pyoxigraph import RdfFormat, parse, serialize

from kg.model.prefixes import ROOT
from kg.store.builds import Builds
from kg.store.manifest import read_contents
from kg.store.remote.blank_nodes import skolemised_quads
from kg.store.remote.marker import BuildMarker
from tests.engines.processes import oxigraph
from tests.serving import free_port, serving
from tests.siege import clients
from tests.siege.answers import Answers, Item, items
from tests.siege.clients import Client
from tests.siege.target import until

OTHER = "bbbbbbbbbbbb"
# Until a replica that is back is used again: its marker is read each second, at most.
RETURN = 15.0
_REPLICAS = 3
_STATUS_GONE = 503


@dataclass
class ReplicaServer:
    """One `oxigraph serve`, which keeps its graph in a folder."""

    folder: Path
    port: int = field(default_factory=free_port)
    _running: ExitStack = field(default_factory=ExitStack)

    @property
    def url(self) -> str:
        """Return the address of queries."""
        return f"http://127.0.0.1:{self.port}/query"

    def start(self) -> None:
        """Start it, and wait until it answers."""
        self.folder.mkdir(exist_ok=True)
        self._running.enter_context(oxigraph(self.folder, port=self.port))

    def kill(self) -> None:
        """End it by kill -9."""
        self._running.close()

    def load(self, quads: bytes, marker: BuildMarker) -> None:
        """Load N-Quads, and say which build they are."""
        self._send("/store", quads, "application/n-quads")
        self._send("/update", marker.update().encode(), "application/sparql-update")

    def _send(self, path: str, body: bytes, media_type: str) -> None:
        headers = {"Content-Type": media_type}
        address = f"http://127.0.0.1:{self.port}{path}"
        with urlopen(Request(address, body, headers), timeout=60) as response:
            response.read()


@contextmanager
def replicas(folder: Path, builds: Path) -> Iterator[list[ReplicaServer]]:
    """Run three replicas of the current build, and, last in the list, one of another build."""
    build = Builds(builds).current()
    assert build is not None
    contents = read_contents(build)
    quads = parse(path=contents.dataset, format=RdfFormat.N_QUADS)
    stored = serialize(skolemised_quads(quads), format=RdfFormat.N_QUADS) or b""
    number, size = contents.manifest.number, contents.manifest.size
    with ExitStack() as stack:
        servers = [ReplicaServer(folder / str(each)) for each in range(_REPLICAS + 1)]
        for server, build_number in zip(servers, [number] * _REPLICAS + [OTHER], strict=True):
            stack.callback(server.kill)
            server.start()
            server.load(stored, BuildMarker(build_number, size))
        yield servers


@dataclass
class Kill:
    """What followed the kill of a replica: failed requests, and seconds until none failed."""

    at: float
    failed: int = 0
    until_answered: float = 0.0
    until_used: float = 0.0


@dataclass
class Watch:
    """What readers got: how requests ended, and what was no answer of the build."""

    ends: collections.Counter[str] = field(default_factory=collections.Counter)
    wrong: list[str] = field(default_factory=list)
    kills: list[Kill] = field(default_factory=list)
    gone: bool = False

    def note(self, item: Item, fault: str, end: str) -> None:
        """Record a response: an answer, an error, or neither."""
        self.ends[end] += 1
        if not fault and "answered" not in end and not self.gone and self.kills:
            kill = self.kills[-1]
            kill.failed += 1
            kill.until_answered = time.monotonic() - kill.at
        if fault:
            self.wrong.append(f"{item.path[:80]}: {fault}")


def read(watch: Watch, answers: Answers, port: int, stop: threading.Event) -> None:
    """Request items in a random order, queries each time with a text that no cache has met."""
    client, dice = Client(port, patience=60, keep=True), random.Random()  # noqa: S311
    while not stop.is_set():
        item = dice.choice(answers.items)
        start = time.monotonic()
        try:
            response = client.get(item.varied(dice), {"Accept": item.accept})
        except (OSError, http.client.HTTPException) as error:
            watch.note(item, f"no response ({error!r})", "0 no response")
            continue
        watch.note(item, answers.fault(item, response, start), response.end)
    client.close()


def health(port: int) -> list[str]:
    """Return why each engine is not used, "" if it is, in the order of KG_STORE."""
    body = json.loads(Client(port).get("/healthz").body)
    return [engine.get("reason", "") for engine in body["engines"]]


def kill_in_turn(
    watch: Watch, port: int, servers: list[ReplicaServer], kills: int, pause: float
) -> list[str]:
    """Kill one replica after another and start it again; return what promises broke."""
    broken = []
    for place, server in itertools.islice(itertools.cycle(enumerate(servers[:_REPLICAS])), kills):
        time.sleep(pause)
        server.kill()
        watch.kills.append(Kill(time.monotonic()))
        time.sleep(pause)
        server.start()
        took = until(lambda at=place: not health(port)[at], RETURN)  # type: ignore[misc]
        watch.kills[-1].until_used = took
        if took >= RETURN:
            broken.append(f"{server.url} is back, and not used after {RETURN:g} s")
    return broken


def all_gone(watch: Watch, port: int, servers: list[ReplicaServer]) -> list[str]:
    """Kill all replicas at once; return what promises broke."""
    watch.gone = True
    for server in servers[:_REPLICAS]:
        server.kill()
    broken = []
    response = Client(port).get("/sparql?query=ASK%20%7B%7D%23gone")
    if response.status != _STATUS_GONE or "Retry-After" not in response.headers:
        broken.append(f"with no replica left the answer is {response.end}")
    for server in servers[:_REPLICAS]:
        server.start()
    took = until(lambda: health(port).count("") == _REPLICAS, RETURN)
    print(f"all gone: {response.end}; used again {took:.1f} s after their start")
    return [*broken, *(["they are not used again"] if took >= RETURN else [])]


def all_of(builds: Path, kills: int = 6, pause: float = 2.0, readers: int = 4) -> list[str]:
    """Kill replicas under load; return what promises broke."""
    with tempfile.TemporaryDirectory() as name, replicas(Path(name), builds) as servers:
        folder, stranger = Path(name), servers[-1]
        store = ",".join(server.url for server in servers)
        with serving(folder / "log", BUILDS=builds, SAVED=0, STORE=store) as (port, _):
            answers = Answers(items(clients.things(port)[:20]))
            number = json.loads(Client(port).get("/healthz").body)["build"]
            answers.learn(port, number)
            answers.publish(number)
            watch, stop = Watch(), threading.Event()
            reading = [
                threading.Thread(target=read, args=(watch, answers, port, stop))
                for _ in range(readers)
            ]
            for thread in reading:
                thread.start()
            try:
                broken = kill_in_turn(watch, port, servers, kills, pause)
                broken += all_gone(watch, port, servers)
                reason = health(port)[servers.index(stranger)]
            finally:
                stop.set()
                for thread in reading:
                    thread.join()
        if f"holds build {OTHER}" not in reason:
            broken.append(f"the replica with another build: {reason!r}")
    return [*broken, *report(watch)]


def report(watch: Watch) -> list[str]:
    """Print the figures; return what promises broke."""
    print("\nreplicas")
    ends = ", ".join(f"{count} x {end}" for end, count in sorted(watch.ends.items()))
    print(f"requests: {ends}")
    for number, kill in enumerate(watch.kills, 1):
        print(
            f"kill {number}: {kill.failed} failed, the last after {kill.until_answered:.2f} s; "
            f"used again {kill.until_used:.1f} s after its start"
        )
    answered = watch.ends["200 answered"]
    return [*watch.wrong[:10], *([] if answered else ["no request was answered"])]


@click.command()
@click.option("--kills", default=6, show_default=True)
@click.option("--pause", default=3.0, show_default=True, help="Seconds before and after a kill.")
@click.option("--readers", default=4, show_default=True)
def main(kills: int, pause: float, readers: int) -> None:
    """Kill replicas under load, and say how the server stood."""
    sys.exit(clients.verdict(all_of(Builds(tree=ROOT).root, kills, pause, readers)))


if __name__ == "__main__":
    with suppress(KeyboardInterrupt):
        main()
