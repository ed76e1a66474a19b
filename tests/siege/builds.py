"""Builds at the same time, and builds that are killed, while a server serves the last good one.

    python -m tests.siege.builds [--rounds 2] [--at-once 8] [--kills 10]

Promises: of eight `kg build` at once each ends well, the current build is one of theirs and whole,
and no draft is left; a kill -9 at any moment leaves the last build served, and the build after it
deletes no good one. Exits with 1 if a promise is broken.
"""

from __future__ import annotations

import itertools
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import click

from kg.model.errors import KGError
from kg.model.prefixes import ROOT
from kg.store.manifest import TEXTS
from kg.store.store import Store
from tests.siege import clients
from tests.siege.clients import ID, Client
from tests.siege.target import command, group, server, until

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_GOOD = 3
_PATIENCE = 600
_GONE = 2.0


class Builder:
    """Runs `kg build` of a tree of files into a directory, with a small file that is added.

    With engines, each build is loaded to the next of them: the one before holds what is served.
    """

    def __init__(self, builds: Path, tree: Path = ROOT, engines: Sequence[str] = ()) -> None:
        self.builds, self._tree = builds, tree
        self._environment = {"KG_BUILDS": str(builds), "KG_STORE": ",".join(engines)}
        self._loaded = ([f"--store={engine}"] for engine in itertools.cycle(engines))

    def start(self, variant: int) -> subprocess.Popen[str]:
        """Start a build that differs from those of other variants."""
        added = self.builds.parent / f"variant-{variant}.nt"
        lines = [f'<{ID}siege-{n}> <{_LABEL}> "variant {variant}" .\n' for n in range(variant + 1)]
        added.write_text("".join(lines))
        program = Path(sys.executable).with_name("kg")
        return subprocess.Popen(
            [program, "--root", self._tree, "build", f"--add={added}", *next(self._loaded, [])],
            env=os.environ | self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )

    def finish(self, build: subprocess.Popen[str]) -> str:
        """Wait for a build; return its number, RuntimeError with its last line if it fails."""
        out, errors = build.communicate(timeout=_PATIENCE)
        if build.returncode:
            raise RuntimeError((errors or out).strip().rpartition("\n")[2])
        return out.strip().rpartition("\n")[2]

    def point(self, number: str) -> None:
        """Make a build that is there the current one, as an owner who goes back to it does."""
        link = self.builds / ".draft-current-siege"
        link.symlink_to(number)
        link.replace(self.builds / "current")

    def current(self) -> str:
        """Return the number of the current build, which is whole; KGError if it is not."""
        return Store.open(self.builds / "current").number

    def drafts(self) -> list[str]:
        """Return the names of what builds have begun and not ended."""
        return [path.name for path in self.builds.glob(".draft-*")]


def at_once(builder: Builder, count: int, turn: int) -> list[str]:
    """Start so many builds at once, half of them alike; return what promises broke."""
    start, broken, numbers = time.monotonic(), [], set()
    under_way = [builder.start(100 * turn + n // 2) for n in range(count)]
    for build in under_way:
        try:
            numbers.add(builder.finish(build))
        except RuntimeError as error:
            broken.append(str(error))
    try:
        if builder.current() not in numbers:
            broken.append("the current build is none of those just made")
    except KGError as error:
        broken.append(f"the current build is damaged: {error}")
    broken += [f"{name} is left" for name in builder.drafts()]
    took = time.monotonic() - start
    print(f"{count} builds at once: {len(broken)} faults, {took:.1f} s", flush=True)
    return [f"builds at once: {line}" for line in broken]


def killed(builder: Builder, port: int, kills: int) -> list[str]:
    """Kill builds, then make one; return what promises broke."""
    good = [builder.current(), *(builder.finish(builder.start(n)) for n in range(1, _GOOD))]
    broken = []
    for number in range(kills):
        build = builder.start(1000 + number)
        drafted = number % 2 == 0
        _wait_for_a_moment(builder, build, drafted)
        if drafted and build.poll() is not None:
            broken.append("a build ended before its draft was seen, so nothing was killed")
        with suppress(ProcessLookupError):
            build.kill()
        build.communicate()
        broken += _after_a_kill(builder, build.pid, port, good)
    drafts = len(builder.drafts())
    good.append(builder.finish(builder.start(_GOOD)))
    gone = [one for one in good if not (builder.builds / one).is_dir()]
    broken += [f"build {one}, which was good, is deleted" for one in gone]
    print(f"{kills} builds killed, {drafts} drafts left by them: {len(broken)} faults", flush=True)
    return [f"builds killed: {line}" for line in broken]


def _wait_for_a_moment(builder: Builder, build: subprocess.Popen[str], drafted: bool) -> None:
    """Wait until a draft has its graph, or for a random moment of the time a build takes."""
    before = set(builder.drafts())
    end = time.monotonic() + (60 if drafted else random.uniform(0, 3))  # noqa: S311
    while time.monotonic() < end and build.poll() is None:
        new = set(builder.drafts()) - before
        if drafted and any((builder.builds / name / TEXTS).exists() for name in new):
            return
        time.sleep(0.003)


def _after_a_kill(builder: Builder, pid: int, port: int, good: list[str]) -> list[str]:
    broken = []
    try:
        number = builder.current()
    except KGError as error:
        return [f"the current build is damaged: {error}"]
    if number not in good:
        # It was quicker than the kill.
        good.append(number)
    health = Client(port, patience=10).get("/healthz")
    if health.status != 200:
        broken.append(f"/healthz: {health.status} {json.loads(health.body)}")
    until(lambda: not group(pid), _GONE)
    for left in group(pid):
        broken.append(f"a process of the build outlives it: {command(left)}")
        os.kill(left, signal.SIGKILL)
    return broken


def all_of(tree: Path, rounds: int, count: int, kills: int) -> list[str]:
    """Build at once and kill builds; return what promises broke."""
    print("\nbuilds")
    with tempfile.TemporaryDirectory() as folder:
        builder = Builder(Path(folder) / "builds", tree)
        broken = [line for turn in range(rounds) for line in at_once(builder, count, turn + 1)]
        with server(BUILDS=builder.builds) as (port, _):
            return [*broken, *killed(builder, port, kills)]


@click.command()
@click.option("--rounds", default=2, show_default=True)
@click.option("--at-once", "count", default=8, show_default=True)
@click.option("--kills", default=10, show_default=True)
def main(rounds: int, count: int, kills: int) -> None:
    """Build at once and kill builds, and say how the builds stood."""
    sys.exit(clients.verdict(all_of(ROOT, rounds, count, kills)))


if __name__ == "__main__":
    main()
