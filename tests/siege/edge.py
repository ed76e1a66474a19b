"""Attacks on the edge, one after another and all together, while honest clients go on.

    python -m tests.siege.edge [--port N] [--attack idle]... [--seconds 15] [--share 1]

Half of the honest clients are at another address than the attackers (127.0.0.2), half at the same.
Promises: honest look-ups and pages have a 99th percentile under a second and none fails (at the
attackers' own address a query may get an announced 503); memory stays within a bound; ten seconds
after the end the server is as before. Without --port a server is started, with 1,024 open files
as is usual. Exits with 1 if a promise is broken.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time

import click

from tests.siege import clients
from tests.siege.attacks import ATTACKS
from tests.siege.clients import MEGABYTE, Measured
from tests.siege.target import IDLE, State, at_work, running, server, state, until_idle

PROMPT = 1.0
CALM = 10.0
# What the server may take beyond what it held when calm: 4 results and 4 queries at work at most.
MOST_MEMORY = 1_500 * MEGABYTE


def besiege(
    target: tuple[int, int],
    names: list[str],
    attack: str,
    seconds: float,
    share: float = 1,
    around: float = 3,
) -> list[str]:
    """Attack a server (port, process) once; print the figures; return what promises broke.

    Honest clients browse pages of the things named, for `around` seconds also before and after.
    """
    (port, process), measured = target, Measured()
    until_idle(process)
    clients.during(around, clients.honest(measured, port, names, "before"))
    before = state(port, process)
    with clients.watching(measured, process):
        attackers = _attackers(port, attack, seconds, share)
        clients.during(seconds, clients.honest(measured, port, names, "during"))
        tallies = json.loads(attackers.communicate(timeout=60)[0])
        left, took = _until_calm(port, process, before)
    clients.during(around, clients.honest(measured, port, names, "after"))
    _print(attack, tallies, measured, before, took)
    return [f"{attack}: {line}" for line in _broken(measured, before, left)]


def _attackers(port: int, attack: str, seconds: float, share: float) -> subprocess.Popen[str]:
    arguments = {"port": port, "attack": attack, "seconds": seconds, "share": share}
    options = [f"--{name}={value}" for name, value in arguments.items()]
    command = [sys.executable, "-m", "tests.siege.attacks", *options]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _until_calm(port: int, process: int, before: State) -> tuple[list[str], float]:
    start = time.monotonic()
    while True:
        busy = at_work(process, 0.5)
        left = state(port, process).beyond(before)
        left += [f"{busy:.0%} of a processor at work"] * (busy > IDLE)
        if not left or time.monotonic() - start > CALM:
            return left, time.monotonic() - start


def _broken(measured: Measured, before: State, left: list[str]) -> list[str]:
    broken = [f"{line} {CALM:.0f} s later" for line in left]
    for name, times in measured.seconds.items():
        if clients.late(times) > PROMPT and not name.endswith("before"):
            broken.append(f"{name}: p99 {clients.late(times):.1f} s")
        for end, count in measured.failures(name).items():
            if not (end.startswith("503") and name == "look-up, same address during"):
                broken.append(f"{name}: {count} x {end}")
    if measured.peak > before.memory + MOST_MEMORY:
        broken.append(f"memory: {measured.peak / MEGABYTE:.0f} MB at most")
    return broken


def _print(
    attack: str,
    tallies: dict[str, tuple[dict[str, int], float]],
    measured: Measured,
    before: State,
    took: float,
) -> None:
    print(f"\n{attack}")
    for name, (ends, longest) in tallies.items():
        told = ", ".join(f"{count} x {end}" for end, count in ends.items())
        print(f"  {name}: {told}; the longest connection {longest:.1f} s")
    for name in measured.seconds:
        print("  " + measured.row(name))
    print(f"  memory: {before.memory / MEGABYTE:.0f} MB before, ", end="")
    print(f"{measured.peak / MEGABYTE:.0f} MB at most; calm after {took:.1f} s", flush=True)


def all_of(seconds: float) -> list[str]:
    """Attack a server of our own in every way; return what promises broke."""
    with server() as up:
        names = clients.things(up[0])
        return [line for one in ATTACKS for line in besiege(up, names, one, seconds)]


@click.command()
@click.option("--port", type=int, help="Of a server that runs already.")
@click.option("--attack", type=click.Choice(list(ATTACKS)), multiple=True, help="One or more.")
@click.option("--seconds", default=15.0, show_default=True)
@click.option("--share", default=1.0, show_default=True, help="Of the number of attackers.")
def main(port: int | None, attack: tuple[str, ...], seconds: float, share: float) -> None:
    """Attack the edge of a server, and say how it stood."""
    broken: list[str] = []
    with running(port) if port else server() as up:
        names = clients.things(up[0])
        for one in attack or ATTACKS:
            broken += besiege(up, names, one, seconds, share)
    sys.exit(clients.verdict(broken))


if __name__ == "__main__":
    main()
