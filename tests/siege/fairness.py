"""One client with many slow queries, and what others get meanwhile.

    python -m tests.siege.fairness [--seconds 15] [--connections 6 --connections 40]

The greedy client is at 127.0.0.1 and sends queries of some seconds over so many connections; honest
clients at 127.0.0.2 send queries of a third of a second, look-ups and pages. Promises: none of
theirs is refused; the 99th percentile is 3 s for the queries, 1 s for the others; and the greedy
client gets answers as well. Exits with 1 if a promise is broken.
"""

from __future__ import annotations

import sys
import threading

import click

from tests.siege import clients
from tests.siege.clients import ATTACKER, HONEST, Client, Measured, Work
from tests.siege.load import Load
from tests.siege.target import server

SLOW, MEDIUM = 3.0, 0.35
_BOUNDS = {"query": 3.0, "look-up": 1.0, "page": 1.0}


def ask_again(
    measured: Measured, name: str, client: Client, load: Load, seconds: float, pause: float
) -> Work:
    """Return work: send queries that take so many seconds, with a pause after each."""

    def work(stop: threading.Event) -> None:
        while not stop.is_set():
            clients.timed(measured, name, client, load.path(seconds))
            stop.wait(pause)

    return work


def compare(port: int, seconds: float, connections: list[int], slow: float = SLOW) -> list[str]:
    """Measure each alone, then side by side; print the figures; return what promises broke."""
    measured, load, names = Measured(), Load(port), clients.things(port)

    def greedy(count: int, phase: str) -> list[Work]:
        name = f"greedy, {count} connections {phase}"
        return [
            ask_again(measured, name, Client(port, ATTACKER, 90), load, slow, 0.1)
            for _ in range(count)
        ]

    def honest(phase: str) -> list[Work]:
        client = Client(port, HONEST)
        return [
            ask_again(measured, f"query, {phase}", client, load, MEDIUM, 0.2),
            clients.browse(measured, phase, Client(port, HONEST, 20), names),
        ]

    if seconds > 2 * slow:
        clients.during(seconds, greedy(connections[0], "alone"))
    clients.during(seconds / 3, honest("alone"))
    for count in connections:
        phase = f"beside {count}"
        clients.during(seconds, [*greedy(count, "beside"), *honest(phase)])
    print("\nfairness")
    for name in measured.seconds:
        print("  " + measured.row(name))
    return [f"fairness: {line}" for line in _broken(measured)]


def _broken(measured: Measured) -> list[str]:
    broken = []
    for name, times in measured.seconds.items():
        if name.startswith("greedy"):
            if sum(measured.failures(name).values()) == len(times):
                broken.append(f"{name}: not one answer")
            continue
        most = _BOUNDS[name.partition(",")[0]]
        if clients.late(times) > most:
            broken.append(f"{name}: p99 {clients.late(times):.1f} s, {most:.0f} s allowed")
        broken += [f"{name}: {count} x {end}" for end, count in measured.failures(name).items()]
    return broken


def all_of(seconds: float) -> list[str]:
    """Compare on a server of our own; return what promises broke."""
    with server() as (port, _):
        return compare(port, seconds, [6, 40])


@click.command()
@click.option("--seconds", default=15.0, show_default=True, help="Of each phase.")
@click.option("--connections", multiple=True, default=[6, 40], show_default=True)
def main(seconds: float, connections: tuple[int, ...]) -> None:
    """Let one client ask for more than its share, and say what others got."""
    with server() as (port, _):
        sys.exit(clients.verdict(compare(port, seconds, list(connections))))


if __name__ == "__main__":
    main()
