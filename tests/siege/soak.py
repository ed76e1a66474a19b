"""Readers of every kind while builds are published, each answer compared with its build's.

    python -m tests.siege.soak [--minutes 60] [--variants 6] [--readers 6] [--seed 1]
        [--engine URL --engine URL]

Builds of some variants are made before, and what each answers is recorded. Then readers request
pages, lists, look-ups, longer queries and dumps, packed and not, with and without an entity
tag, while `kg build` publishes one variant after another and the pointer is moved back now and
then. Beside them others send expensive queries, read slowly or not at all, and processes of the
server are killed. Promises: no status but 200, 304, an announced 503 or 429 and, of queries, the
time limit's 422; each answer is that of a build that was current; none is lost but by a kill;
memory is level. The same seed does the same once more. Exits with 1 if a promise is broken.
"""

from __future__ import annotations

import collections
import itertools
import random
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Sequence
from operator import itemgetter
from pathlib import Path

import click

from kg.model.prefixes import ROOT
from tests.serving import memory
from tests.siege import clients
from tests.siege.answers import Answers, Item, items
from tests.siege.builds import Builder
from tests.siege.clients import ATTACKER, HONEST, MEGABYTE, Client, Measured, Work
from tests.siege.disturbances import Kills, expensive, slow_clients
from tests.siege.target import server

# In a soak's last three quarters, by the slope of a line through the least of each so many looks:
# what a query takes while it runs is no growth.
_LOOKS = 20
_MORE_MEMORY = 100 * MEGABYTE
# The caches of two workers, which fill in the first minutes (KG_CACHE_BYTES and a quarter).
_CACHES, _FILLED_SECONDS = 160 * MEGABYTE, 300.0
_PAGES = 20
_PAUSE = 0.02
_BETWEEN_KILLS = 20.0
_TIME_LIMIT = b"this query was stopped after"


class Soak:
    """Readers and a publisher, and what was wrong with the answers."""

    def __init__(
        self, port: int, builder: Builder, answers: Answers, goes_back: bool = True
    ) -> None:
        self._goes_back = goes_back
        self.measured, self.faults = Measured(), collections.Counter[str]()
        self.memory: list[tuple[float, float]] = []
        self.published = self.lost = self.refused = 0
        self.kills = Kills()
        self._port, self._builder, self._answers = port, builder, answers

    def read(self, at: str, dice: random.Random) -> Work:
        """Return work: request items at random, in every manner, and compare the answers."""
        client = Client(self._port, at, keep=dice.random() < 0.5)

        def work(stop: threading.Event) -> None:
            while not stop.wait(_PAUSE):
                self._request(client, dice.choice(self._answers.items), dice)
            client.close()

        return work

    def _request(self, client: Client, item: Item, dice: random.Random) -> None:
        headers, path = {"Accept": item.accept}, item.path
        manner = dice.choice(("plain", "packed", "conditional", "varied"))
        if manner == "packed":
            headers["Accept-Encoding"] = "gzip"
        elif manner == "conditional":
            headers["If-None-Match"] = f"W/{self._answers.tag(item)}"
        elif manner == "varied":
            path = item.varied(dice)
        start = time.monotonic()
        response = clients.timed(self.measured, _kind(item), client, path, headers)
        # What ended is a connection to a worker: queries of a killed process are asked again.
        if not response and self.kills.between(start, time.monotonic()):
            self.lost += 1
            return
        if response and response.status == 422 and _TIME_LIMIT in response.body:
            self.refused += 1
            return
        try:
            fault = self._answers.fault(item, response, start) if response else "no answer"
        except (OSError, EOFError) as error:
            fault = f"damaged: {error}"
        if fault:
            self.faults[f"{item.path[:60]}, {manner}: {fault}"] += 1

    def publish(self, variants: list[str], pause: float) -> Work:
        """Return work: build each variant in turn, and now and then move the pointer back."""

        def work(stop: threading.Event) -> None:
            turn = 0
            while not stop.wait(pause):
                number = variants[turn % len(variants)]
                self._answers.publish(number)
                if self._goes_back and turn % 3 == 2 and (self._builder.builds / number).is_dir():
                    self._builder.point(number)
                else:
                    self._build(turn % len(variants))
                self._answers.settle(number)
                self.published += 1
                turn += 1

        return work

    def _build(self, variant: int) -> None:
        try:
            self._builder.finish(self._builder.start(variant))
        except RuntimeError as error:
            self.faults[f"kg build: {error}"] += 1

    def watch(self, process: int) -> Work:
        """Return work: record what memory the server takes, once a second."""

        def work(stop: threading.Event) -> None:
            while not stop.wait(1):
                self.memory.append((time.monotonic(), memory(process)))

        return work

    def growth(self) -> float:
        """Return the bytes by which memory grew in the last three quarters, by the slope."""
        late = self.memory[len(self.memory) // 4 :]
        each = max(1, min(_LOOKS, len(late) // 4))
        least = [min(late[n : n + each], key=itemgetter(1)) for n in range(0, len(late), each)]
        times, sizes = zip(*least, strict=True)
        line = statistics.linear_regression(times, sizes)
        return float(line.slope * (times[-1] - times[0]))

    def report(self, seconds: float, readers: int) -> None:
        """Print the figures, and the row of the table of limits."""
        print(f"\nsoak: {self.published} builds published, killed {self.kills.count}, ", end="")
        print(f"{self.lost} requests lost by kills, {self.refused} stopped at the time limit")
        for name in sorted(self.measured.seconds):
            print("  " + self.measured.row(name))
        times = [
            s for name, each in self.measured.seconds.items() if name != "expensive" for s in each
        ]
        least, last = (memory / MEGABYTE for _, memory in (self.memory[0], self.memory[-1]))
        print(
            f"| {seconds / 60:.0f} min, {readers} readers | {len(times):,} answers, "
            f"{sum(self.faults.values())} wrong | {self.published} builds, "
            f"{sum(self.kills.count.values())} kills, {self.lost} lost | {clients.spread(times)} | "
            f"{least:.0f} to {last:.0f} MB, slope {self.growth() / MEGABYTE:+.0f} MB |",
            flush=True,
        )

    def broken(self) -> list[str]:
        """Return what promises broke."""
        broken = [f"{count} x {fault}" for fault, count in self.faults.most_common(20)]
        short = self.memory[-1][0] - self.memory[0][0] < _FILLED_SECONDS
        if self.growth() > _MORE_MEMORY + short * _CACHES:
            broken.append(f"memory grew by {self.growth() / MEGABYTE:.0f} MB")
        return [f"soak: {line}" for line in broken]


def _kind(item: Item) -> str:
    return item.path[1:].partition("?")[0].partition("/")[0] or "start"


def all_of(
    tree: Path,
    seconds: float,
    variants: int,
    readers: int,
    seed: int = 1,
    engines: Sequence[str] = (),
) -> list[str]:
    """Build the variants, record their answers, then soak; return what promises broke."""
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Path(folder) / "builds", tree, engines)
        builder.finish(builder.start(0))
        settings = {"BUILDS": builder.builds, "STORE": ",".join(engines)}
        with server(**settings) as (port, process):
            answers = Answers(items(clients.things(port)[:_PAGES]))
            numbers = [_learn(builder, answers, port, n) for n in range(variants)]
            answers.publish(numbers[-1])
            # An engine holds one build: there is none to go back to.
            running = Soak(port, builder, answers, goes_back=not engines)
            dice = (random.Random(f"{seed} {n}") for n in itertools.count())  # noqa: S311
            work = [running.read((HONEST, ATTACKER)[n % 2], next(dice)) for n in range(readers)]
            work += [expensive(running.measured, port, next(dice)), slow_clients(port, next(dice))]
            pause = min(_BETWEEN_KILLS, seconds / 4)
            work += [running.kills.kill(process, pause, next(dice))]
            work += [running.publish(numbers, min(8.0, seconds / 8)), running.watch(process)]
            clients.during(seconds, work)
    running.report(seconds, readers)
    return running.broken()


def _learn(builder: Builder, answers: Answers, port: int, variant: int) -> str:
    """Publish a variant, wait until every process serves it, and record its answers."""
    number = builder.finish(builder.start(variant))
    served = 0
    for _ in range(600):
        response = Client(port).get("/healthz")
        served = served + 1 if number.encode() in response.body else 0
        if served == 20:
            break
        time.sleep(0.05)
    answers.learn(port, number)
    return number


@click.command()
@click.option("--minutes", default=60.0, show_default=True)
@click.option("--variants", default=6, show_default=True, help="Of the build; five are kept.")
@click.option("--readers", default=6, show_default=True)
@click.option("--seed", default=1, show_default=True, help="Does the same once more.")
@click.option(
    "--engine",
    "engines",
    multiple=True,
    help="URL of an empty SPARQL engine that runs; two at least.",
)
def main(minutes: float, variants: int, readers: int, seed: int, engines: tuple[str, ...]) -> None:
    """Soak a server of our own, and say how it stood."""
    sys.exit(clients.verdict(all_of(ROOT, 60 * minutes, variants, readers, seed, engines)))


if __name__ == "__main__":
    main()
