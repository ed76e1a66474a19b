"""Builds as processes: several at once, and one that is killed."""

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

from kg.pipeline.lock import LOCK
from kg.store.builds import Builds

KG = [sys.executable, "-P", "-c", "from kg.cli.commands import kg_command; kg_command()"]


def start(tree: Path, builds: Path) -> "subprocess.Popen[str]":
    # Without Java it takes half the time.
    without = {"KG_BUILDS": str(builds), "PATH": "", "KG_REQUIRE_JAVA": ""}
    return subprocess.Popen(
        [*KG, "--root", str(tree), "build"],
        env=os.environ | without,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_eight_builds_at_once_all_succeed(tree: Path, builds: Path) -> None:
    running = [start(tree, builds) for _ in range(8)]
    ends = [(*one.communicate(timeout=120), one.returncode) for one in running]
    assert [code for _, _, code in ends] == [0] * 8
    assert {number.strip() for number, _, _ in ends} == {(builds / "current").readlink().name}
    assert {path.name for path in builds.iterdir()} == {LOCK, "current", ends[0][0].strip()}


def test_the_last_build_serves_whenever_the_next_is_killed(tree: Path, builds: Path) -> None:
    with start(tree, builds) as first:
        wait_for_publishing(first)
        began = time.monotonic()
        served = first.communicate(timeout=60)[0].strip()
        lasted = time.monotonic() - began
    for n in range(8):  # kills spread over all of the publishing
        found_in(tree, 1906 + n)
        with start(tree, builds) as build:
            wait_for_publishing(build)
            time.sleep(lasted * (n + 0.5) / 8)
            build.kill()
            number = build.communicate(timeout=60)[0].strip()
        opened = Builds(builds).open().number  # which raises if any file of it is damaged
        assert opened == number or build.returncode == -signal.SIGKILL
        assert (builds / served).is_dir()
        served = opened
    with start(tree, builds) as last:
        number, said = last.communicate(timeout=60)
    assert (last.returncode, said.count("damaged")) == (0, 0)
    assert Builds(builds).open().number == number.strip()
    assert not list(builds.glob(".draft-*"))


def wait_for_publishing(build: "subprocess.Popen[str]") -> None:
    assert build.stderr
    for line in build.stderr:
        if line.startswith("describe"):
            return


def found_in(tree: Path, year: int) -> None:
    things = tree / "kg" / "entities" / "things.ttl"
    text = re.sub(r'"\d{4}-06-07"', f'"{year}-06-07"', things.read_text("utf-8"))
    things.write_text(text, "utf-8")
