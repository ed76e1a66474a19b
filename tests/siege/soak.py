"""Readers of every kind while builds are published, each answer compared with its build's.

    python -m tests.siege.soak [--seconds 600] [--variants 6] [--readers 6]

Builds of some variants are made before, and what each answers is recorded. Then readers request
pages, lists, look-ups, longer queries and dumps, packed and not, with and without an entity
tag, while `kg build` publishes one variant after another and the pointer is moved back now and
then. Promises: no status but 200, 304 and an announced 503; each answer is that of a build that was
current; memory is level. Exits with 1 if a promise is broken.
"""

from __future__ import annotations

import collections
import random
import statistics
import sys
import tempfile
import threading
import time
from pathlib import Path

import click

from kg.model.prefixes import ROOT
from tests.serving import memory
from tests.siege import clients
from tests.siege.answers import Answers, Item, items
from tests.siege.builds import Builder
from tests.siege.clients import ATTACKER, HONEST, MEGABYTE, Client, Measured, Work
from tests.siege.target import server

# In a soak's last three quarters, by the slope of a line through them.
_MORE_MEMORY = 100 * MEGABYTE
# The caches of two workers, which fill in the first minutes (KG_CACHE_BYTES and a quarter).
_CACHES, _FILLED_SECONDS = 160 * MEGABYTE, 300.0
_PAGES = 20
_PAUSE = 0.02


class Soak:
    """Readers and a publisher, and what was wrong with the answers."""

    def __init__(self, port: int, builder: Builder, answers: Answers) -> None:
        self.measured, self.faults = Measured(), collections.Counter[str]()
        self.memory: list[tuple[float, float]] = []
        self.published = 0
        self._port, self._builder, self._answers = port, builder, answers

    def read(self, at: str) -> Work:
        """Return work: request items at random, in every manner, and compare the answers."""
        client = Client(self._port, at, keep=random.random() < 0.5)  # noqa: S311

        def work(stop: threading.Event) -> None:
            while not stop.wait(_PAUSE):
                self._request(client, random.choice(self._answers.items))  # noqa: S311
            client.close()

        return work

    def _request(self, client: Client, item: Item) -> None:
        headers, path = {"Accept": item.accept}, item.path
        manner = random.choice(("plain", "packed", "conditional", "varied"))  # noqa: S311
        if manner == "packed":
            headers["Accept-Encoding"] = "gzip"
        elif manner == "conditional":
            headers["If-None-Match"] = f"W/{self._answers.tag(item)}"
        elif manner == "varied":
            path = item.varied()
        start = time.monotonic()
        response = clients.timed(self.measured, _kind(item), client, path, headers)
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
                if turn % 3 == 2 and (self._builder.builds / number).is_dir():
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
        times, sizes = zip(*late, strict=True)
        line = statistics.linear_regression(times, sizes)
        return float(line.slope * (times[-1] - times[0]))

    def broken(self) -> list[str]:
        """Return what promises broke."""
        broken = [f"{count} x {fault}" for fault, count in self.faults.most_common(20)]
        short = self.memory[-1][0] - self.memory[0][0] < _FILLED_SECONDS
        if self.growth() > _MORE_MEMORY + short * _CACHES:
            broken.append(f"memory grew by {self.growth() / MEGABYTE:.0f} MB")
        return [f"soak: {line}" for line in broken]


def _kind(item: Item) -> str:
    return item.path[1:].partition("?")[0].partition("/")[0] or "start"


def all_of(tree: Path, seconds: float, variants: int, readers: int) -> list[str]:
    """Build the variants, record their answers, then soak; return what promises broke."""
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Path(folder) / "builds", tree)
        builder.finish(builder.start(0))
        with server(BUILDS=builder.builds) as (port, process):
            answers = Answers(items(clients.things(port)[:_PAGES]))
            numbers = [_learn(builder, answers, port, n) for n in range(variants)]
            answers.publish(numbers[-1])
            running = Soak(port, builder, answers)
            work = [running.read((HONEST, ATTACKER)[n % 2]) for n in range(readers)]
            work += [running.publish(numbers, min(8.0, seconds / 8)), running.watch(process)]
            clients.during(seconds, work)
    print(f"\nsoak: {running.published} builds published, ", end="")
    print(f"memory {running.growth() / MEGABYTE:+.0f} MB from ", end="")
    print(f"{running.memory[0][1] / MEGABYTE:.0f} to {running.memory[-1][1] / MEGABYTE:.0f} MB")
    for name in sorted(running.measured.seconds):
        print("  " + running.measured.row(name), flush=True)
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
@click.option("--seconds", default=600.0, show_default=True)
@click.option("--variants", default=6, show_default=True, help="Of the build; five are kept.")
@click.option("--readers", default=6, show_default=True)
def main(seconds: float, variants: int, readers: int) -> None:
    """Soak a server of our own, and say how it stood."""
    sys.exit(clients.verdict(all_of(ROOT, seconds, variants, readers)))


if __name__ == "__main__":
    main()
