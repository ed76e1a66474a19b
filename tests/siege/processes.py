"""What becomes of a server whose processes are killed, and of one that is told to end.

    python -m tests.siege.processes [--seconds 15]

Promises: after a kill -9 of the main process all others are gone within two seconds and a new
server takes the port; while workers, the fork server and its processes are killed one after
another, no request of honest clients fails but those in a worker's hands (one for each client);
after SIGTERM a query in flight is answered and the server ends. Exits with 1 if a promise is
broken.
"""

from __future__ import annotations

import collections
import itertools
import os
import random
import signal
import sys
import tempfile
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import click

from tests.serving import serving, tree
from tests.siege import clients
from tests.siege.clients import Client, Measured
from tests.siege.load import Load
from tests.siege.target import command, living, until

GONE = 2.0
# From SIGTERM on, where the longest query in flight has two seconds to go.
ENDED = 8.0
_IN_FLIGHT = 2.0
_CLIENTS = 4
_PATIENCE = 15.0


def orphans(log: Path, **settings: Any) -> list[str]:
    """Kill the main process with queries in flight; return what promises broke."""
    broken = []
    with serving(log, **settings) as (port, process):
        load = Load(port)
        asking = [_in_background(port, load.path(_IN_FLIGHT)) for _ in range(4)]
        time.sleep(0.5)
        everyone = tree(process)
        os.kill(process, signal.SIGKILL)
        took = until(lambda: not living(everyone), GONE)
        for left in living(everyone):
            broken.append(f"process {left} outlives the main process: {command(left)}")
            with suppress(ProcessLookupError):
                os.kill(left, signal.SIGKILL)
        for thread in asking:
            thread.join()
    try:
        with serving(log, port=port, **settings):
            pass
    except SystemExit as error:
        broken.append(f"no restart: {error}")
    print(f"\norphans: {len(everyone)} processes gone after {took:.1f} s", flush=True)
    return [f"orphans: {line}" for line in broken]


def kills(log: Path, seconds: float, **settings: Any) -> list[str]:
    """Kill a worker, the fork server or a forked process each second; return broken promises."""
    measured, killed = Measured(), {"worker": 0, "forked": 0, "fork server": 0}

    def kill(stop: threading.Event) -> None:
        for kind in itertools.cycle(killed):
            if stop.wait(1):
                break
            if pids := processes_of_kind(process, kind):
                os.kill(random.choice(pids), signal.SIGKILL)  # noqa: S311
                killed[kind] += 1

    with serving(log, **settings) as (port, process):
        names = clients.things(port)
        clients.during(seconds, [kill, *clients.honest(measured, port, names, "during kills")])
        healthy = until(lambda: Client(port).get("/healthz").status == 200, _PATIENCE)
    print(f"\nkills: {killed}; healthy after {healthy:.1f} s")
    for name in measured.seconds:
        print("  " + measured.row(name), flush=True)
    broken = _broken_by_kills(measured, killed["worker"])
    if healthy > _PATIENCE:
        broken.append(f"not healthy {healthy:.0f} s after the last kill")
    return [f"kills: {line}" for line in broken]


def _broken_by_kills(measured: Measured, workers: int) -> list[str]:
    ends: collections.Counter[str] = collections.Counter()
    for name in measured.seconds:
        ends.update(measured.failures(name))
    broken = [f"{count} x {end}" for end, count in ends.items() if not end.startswith("0 ")]
    lost = {end: count for end, count in ends.items() if end.startswith("0 ")}
    if sum(lost.values()) > workers * _CLIENTS:
        broken.append(f"{sum(lost.values())} requests lost by {workers} kills of workers: {lost}")
    return broken


def ending(log: Path, **settings: Any) -> list[str]:
    """Send SIGTERM with a slow query in flight; return what promises broke."""
    broken: list[str] = []
    with serving(log, **settings) as (port, process):
        asking = _in_background(port, Load(port).path(_IN_FLIGHT), measured := Measured())
        time.sleep(_IN_FLIGHT / 4)
        everyone = tree(process)
        os.kill(process, signal.SIGTERM)
        took = until(lambda: not living(everyone), ENDED)
        broken += [f"{command(pid)} lives {took:.1f} s later" for pid in living(everyone)]
        asking.join()
    ends = [end for _, end in measured.ends]
    if ends != ["200 answered"]:
        broken.append(f"the query in flight: {', '.join(ends)}")
    print(f"\nSIGTERM: ended after {took:.1f} s, the query in flight: {ends}", flush=True)
    return [f"SIGTERM: {line}" for line in broken]


def _in_background(port: int, path: str, measured: Measured | None = None) -> threading.Thread:
    client = Client(port, patience=60)
    asked = (measured or Measured(), "in flight", client, path)
    thread = threading.Thread(target=clients.timed, args=asked)
    thread.start()
    return thread


def processes_of_kind(process: int, kind: str) -> list[int]:
    """Return the workers, the fork server, or the processes that it forked."""
    fork_servers, workers = [], []
    for pid in _children(process):
        line = command(pid)
        if "web.forkserver" in line:
            fork_servers.append(pid)
        elif "resource_tracker" not in line:
            workers.append(pid)
    forked = [pid for server in fork_servers for pid in tree(server)[1:]]
    return {"worker": workers, "fork server": fork_servers, "forked": forked}[kind]


def _children(process: int) -> list[int]:
    """Return the processes that any thread of a process has started."""
    tasks = Path(f"/proc/{process}/task").glob("*/children")
    return [int(pid) for task in tasks for pid in task.read_text().split()]


def all_of(seconds: float, **settings: Any) -> list[str]:
    """Kill in every way; return what promises broke."""
    with tempfile.TemporaryDirectory() as folder:
        log = Path(folder) / "log"
        broken = [*orphans(log, **settings), *kills(log, seconds, **settings)]
        return [*broken, *ending(log, **settings)]


@click.command()
@click.option("--seconds", default=15.0, show_default=True, help="Of kills, one a second.")
def main(seconds: float) -> None:
    """Kill the processes of a server of our own, and say how it stood."""
    sys.exit(clients.verdict(all_of(seconds)))


if __name__ == "__main__":
    main()
