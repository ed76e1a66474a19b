"""Every siege in turn, each in a short form; what promises were broken, summed up.

    python -m tests.siege.run [--seconds 10]

Takes about eight minutes. Each siege also runs alone, longer: `python -m tests.siege.soak`.
"""

from __future__ import annotations

import sys
import time

import click

from kg.model.prefixes import ROOT
from tests.siege import builds, clients, edge, fairness, killers, processes, soak


@click.command()
@click.option("--seconds", default=10.0, show_default=True, help="Of each attack.")
def main(seconds: float) -> None:
    """Lay siege to servers of our own, and say how they stood."""
    broken: list[str] = []
    for siege in (
        lambda: edge.all_of(seconds),
        lambda: killers.all_of(3 * seconds),
        lambda: fairness.all_of(seconds),
        lambda: processes.all_of(seconds),
        lambda: builds.all_of(ROOT, rounds=1, count=8, kills=6),
        lambda: soak.all_of(ROOT, seconds=6 * seconds, variants=6, readers=6),
    ):
        start = time.monotonic()
        broken += siege()
        print(f"({time.monotonic() - start:.0f} s)", flush=True)
    print("\nin all")
    sys.exit(clients.verdict(broken))


if __name__ == "__main__":
    main()
