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
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from tests.serving import memory, seconds_of_work, serving, tree
from tests.siege import clients
from tests.siege.attacks import ATTACKS
from tests.siege.clients import MEGABYTE, Measured

PROMPT = 1.0
CALM = 10.0
# What the server may take beyond what it held when calm: 4 results and 4 queries at work at most.
MOST_MEMORY = 1_500 * MEGABYTE
_MORE_MEMORY = 200 * MEGABYTE
# A pool of threads that was busy may stay, in each of two workers.
_MORE_THREADS = 128
_MORE_CONNECTIONS = 4
_IDLE = 0.2
_ESTABLISHED, _LISTENING = "01", "0A"


@dataclass
class State:
    """What a server holds at a moment."""

    memory: int
    threads: int
    connections: int

    def beyond(self, before: State) -> list[str]:
        """Return what is not as it was before."""
        return [
            f"{name} {was / unit:.0f} before, {now / unit:.0f} after"
            for name, was, now, more, unit in (
                ("memory in MB", before.memory, self.memory, _MORE_MEMORY, MEGABYTE),
                ("threads", before.threads, self.threads, _MORE_THREADS, 1),
                ("connections", before.connections, self.connections, _MORE_CONNECTIONS, 1),
            )
            if now > was + more
        ]


def state(port: int, process: int) -> State:
    """Read what a server holds."""
    threads = 0
    for pid in tree(process):
        with suppress(OSError):
            threads += len(list(Path(f"/proc/{pid}/task").iterdir()))
    established = sum(row[3] == _ESTABLISHED for row in _sockets(port))
    return State(memory(process), threads, established)


def _sockets(port: int) -> list[list[str]]:
    """Return the rows of /proc/net/tcp whose local port it is."""
    rows = map(str.split, Path("/proc/net/tcp").read_text().splitlines()[1:])
    return [row for row in rows if row[1].endswith(f":{port:04X}")]


def besiege(
    server: tuple[int, int], names: list[str], attack: str, seconds: float, share: float
) -> list[str]:
    """Attack a server (port, process) once; print the figures; return what promises broke."""
    (port, process), measured = server, Measured()
    _until_idle(process)
    clients.during(3, clients.honest(measured, port, names, "before"))
    before = state(port, process)
    with clients.watching(measured, process):
        attackers = _attackers(port, attack, seconds, share)
        clients.during(seconds, clients.honest(measured, port, names, "during"))
        tallies = json.loads(attackers.communicate(timeout=60)[0])
        left, took = _until_calm(port, process, before)
    clients.during(3, clients.honest(measured, port, names, "after"))
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
        busy = _at_work(process, 0.5)
        left = state(port, process).beyond(before)
        left += [f"{busy:.0%} of a processor at work"] * (busy > _IDLE)
        if not left or time.monotonic() - start > CALM:
            return left, time.monotonic() - start


def _until_idle(process: int) -> None:
    """Wait until a server that has just started has rendered what it renders ahead."""
    for _ in range(60):
        if _at_work(process, 0.5) < _IDLE:
            break


def _at_work(process: int, seconds: float) -> float:
    """Return the part of a processor that the server takes."""
    start = seconds_of_work(process)
    time.sleep(seconds)
    return (seconds_of_work(process) - start) / seconds


def _broken(measured: Measured, before: State, left: list[str]) -> list[str]:
    broken = [f"{line} {CALM:.0f} s later" for line in left]
    for name, times in measured.seconds.items():
        if clients.late(times) > PROMPT:
            broken.append(f"{name}: p99 {clients.late(times):.1f} s")
    for (name, end), count in sorted(measured.ends.items()):
        announced = "503" in end and name == "look-up, same address during"
        if "200" not in end and not announced:
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


@contextmanager
def server(**settings: object) -> Iterator[tuple[int, int]]:
    """Serve the current build with as many open files as is usual; yield port and process."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder) / "log", **settings) as up:
        resource.setrlimit(resource.RLIMIT_NOFILE, (usual, most))
        yield up


@contextmanager
def running(port: int) -> Iterator[tuple[int, int]]:
    """Take a server that runs already; yield port and process."""
    listening = [row[9] for row in _sockets(port) if row[3] == _LISTENING]
    holders = {
        path.parent.parent for path in Path("/proc").glob("[0-9]*/fd/*") if _is(path, listening)
    }
    if not holders:
        raise click.ClickException(f"nothing of this user listens on port {port}")
    yield port, _main(min(int(holder.name) for holder in holders), str(port))


def _main(pid: int, port: str) -> int:
    """Return the process that was started with the port as an argument, above one that listens."""
    above = [pid]
    while parent := int(Path(f"/proc/{above[-1]}/stat").read_text().rpartition(")")[2].split()[1]):
        above.append(parent)
    named = [one for one in above if port in _arguments(one)]
    return named[0] if named else pid


def _arguments(pid: int) -> list[str]:
    return Path(f"/proc/{pid}/cmdline").read_text().split("\0")


def _is(path: Path, inodes: list[str]) -> bool:
    with suppress(OSError):
        return str(path.readlink()) in {f"socket:[{inode}]" for inode in inodes}
    return False


@click.command()
@click.option("--port", type=int, help="Of a server that runs already.")
@click.option("--attack", type=click.Choice(list(ATTACKS)), multiple=True, help="One or more.")
@click.option("--seconds", default=15.0, show_default=True)
@click.option("--share", default=1.0, show_default=True, help="Of the number of attackers.")
def main(port: int | None, attack: tuple[str, ...], seconds: float, share: float) -> None:
    """Attack the edge of a server, and say how it stood."""
    broken = []
    with running(port) if port else server() as up:
        names = clients.things(up[0])
        for one in attack or ATTACKS:
            broken += besiege(up, names, one, seconds, share)
    sys.exit(clients.verdict(broken))


if __name__ == "__main__":
    main()
