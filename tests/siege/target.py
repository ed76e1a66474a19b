"""The server under attack: started or taken as it runs, and what it holds at a moment."""

from __future__ import annotations

import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import click

from tests.serving import memory, seconds_of_work, serving, tree
from tests.siege.clients import MEGABYTE

IDLE = 0.2
_MORE_MEMORY = 200 * MEGABYTE
# A pool of threads that was busy may stay, in each of two workers.
_MORE_THREADS = 128
_MORE_CONNECTIONS = 4
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


def until_idle(process: int) -> None:
    """Wait until a server that has just started has rendered what it renders ahead."""
    for _ in range(40):
        if at_work(process, 0.5) < IDLE:
            break


def at_work(process: int, seconds: float) -> float:
    """Return the part of a processor that the server takes."""
    start = seconds_of_work(process)
    time.sleep(seconds)
    return (seconds_of_work(process) - start) / seconds


def until(holds: Callable[[], bool], most: float) -> float:
    """Wait until something holds, for so many seconds at most; return how long it took."""
    start = time.monotonic()
    while time.monotonic() - start < most:
        with suppress(OSError):
            if holds():
                break
        time.sleep(0.05)
    return time.monotonic() - start


def living(pids: list[int]) -> list[int]:
    """Return those that run: one that has ended, though nobody waited for it, does not."""
    return [pid for pid in pids if (fields := _stat(pid)) and fields[0] not in "ZX"]


def group(number: int) -> list[int]:
    """Return the processes of a group that run."""
    pids = [int(path.name) for path in Path("/proc").glob("[0-9]*")]
    return living([pid for pid in pids if _stat(pid)[2:3] == [str(number)]])


def _stat(pid: int) -> list[str]:
    """Return the fields of /proc/PID/stat after the name: state, parent, group and on."""
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return []


def command(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/cmdline").read_text().replace("\0", " ").strip()
    return ""


@contextmanager
def server(**settings: object) -> Iterator[tuple[int, int]]:
    """Serve the current build with as many open files as is usual; yield port and process."""
    usual, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(1024, most), most))
    with (
        tempfile.TemporaryDirectory() as folder,
        serving(Path(folder) / "log", None, **settings) as up,
    ):
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
    while parent := int(_stat(above[-1])[1]):
        above.append(parent)
    named = [one for one in above if port in command(one).split()]
    return named[-1] if named else pid


def _is(path: Path, inodes: list[str]) -> bool:
    with suppress(OSError):
        return str(path.readlink()) in {f"socket:[{inode}]" for inode in inodes}
    return False
