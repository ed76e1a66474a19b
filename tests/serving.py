"""The real server on a loopback port, for as long as a block lasts, and what it takes of memory."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

# Below those that Linux gives to outgoing connections (ip_local_port_range).
_PORTS = (10_000, 32_000)


@contextmanager
def serving(log: Path, port: int | None = None, **settings: object) -> Iterator[tuple[int, int]]:
    """Serve the current build with KG_ settings; yield the port and the process."""
    port = port or free_port()
    environment = os.environ | {f"KG_{name}": str(value) for name, value in settings.items()}
    with (
        log.open("wb") as out,
        subprocess.Popen(
            [sys.executable, "-P", "-m", "web", "--port", str(port)],
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        ) as server,
    ):
        try:
            _wait_until_up(server, port, log)
            yield port, server.pid
        finally:
            server.terminate()


def free_port() -> int:
    """Return a port that nothing listens on, and that no outgoing connection will take."""
    for _ in range(100):
        port = random.randrange(*_PORTS)  # noqa: S311
        with socket.socket() as probe, suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port
    raise SystemExit("there is no free port")


def _wait_until_up(server: subprocess.Popen[bytes], port: int, log: Path) -> None:
    for _ in range(600):
        if server.poll() is not None:
            raise SystemExit(f"the server ended: {log.read_text()}")
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise SystemExit("the server does not start")


def tree(root: int) -> list[int]:
    """Return a process and all that descend from it."""
    found = [root]
    for pid in found:
        with suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
    return found


def memory(root: int) -> int:
    """Return the bytes that a process and its descendants hold, what they share counted once."""
    return sum(_proportional(pid) for pid in tree(root))


def seconds_of_work(root: int) -> float:
    """Return the processor time that a process and its living descendants have taken."""
    return sum(_ticks(pid) for pid in tree(root)) / os.sysconf("SC_CLK_TCK")


def _ticks(pid: int) -> int:
    with suppress(OSError):
        # The name in parentheses may hold spaces: proc_pid_stat(5).
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return int(fields[11]) + int(fields[12])
    return 0


def _proportional(pid: int) -> int:
    with suppress(OSError, StopIteration):
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return 1024 * int(next(line for line in lines if line.startswith("Pss:")).split()[1])
    return 0
