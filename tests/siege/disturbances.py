"""What goes on beside the readers of a soak: expensive queries, slow clients, kills of processes.

Each takes what it does from a generator of its own, so that one seed does the same once more.
"""

from __future__ import annotations

import itertools
import os
import random
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from urllib.parse import quote

from tests.siege import clients
from tests.siege.clients import Client, Measured, Work
from tests.siege.killers import killers
from tests.siege.processes import processes_of_kind

# Neither of the addresses of readers, whose budgets of slow queries are theirs.
EXPENSIVE = "127.0.0.3"
_ATTACKS = ("slow-bodies", "idle", "unread", "http2", "headers")
_ATTACK_SECONDS, _ATTACK_SHARE = 10.0, 0.1
_KILLED = ("worker", "forked", "fork server")


def expensive(measured: Measured, port: int, dice: random.Random) -> Work:
    """Return work: send queries that no server should answer, one after another."""
    # Without a tarpit: no endpoint is allowed to be called.
    queries = {name: text for name, text in killers("").items() if "SERVICE" not in text}

    def work(stop: threading.Event) -> None:
        client = Client(port, EXPENSIVE, patience=60)
        while not stop.is_set():
            name = dice.choice(sorted(queries))
            path = f"/sparql?query={quote(f'{queries[name]} # {dice.random()}')}"
            clients.timed(measured, "expensive", client, path)

    return work


def slow_clients(port: int, dice: random.Random) -> Work:
    """Return work: let clients take connections, read slowly or not at all, and drop them."""

    def work(stop: threading.Event) -> None:
        while not stop.is_set():
            options = {
                "port": port,
                "attack": dice.choice(_ATTACKS),
                "seconds": _ATTACK_SECONDS,
                "share": _ATTACK_SHARE,
            }
            command = [f"--{name}={value}" for name, value in options.items()]
            with subprocess.Popen(
                [sys.executable, "-m", "tests.siege.attacks", *command], stdout=subprocess.DEVNULL
            ) as attackers:
                while attackers.poll() is None and not stop.wait(0.2):
                    pass
                attackers.terminate()

    return work


class Kills:
    """Kills -9 of the server's processes, and when each was."""

    def __init__(self) -> None:
        self.moments: list[float] = []
        self.count = dict.fromkeys(_KILLED, 0)

    def kill(self, process: int, pause: float, dice: random.Random) -> Work:
        """Return work: kill a worker, a query's process or the fork server after each pause."""

        def work(stop: threading.Event) -> None:
            for kind in itertools.cycle(_KILLED):
                if stop.wait(pause * dice.uniform(0.5, 1.5)):
                    break
                if pids := processes_of_kind(process, kind):
                    # Noted before: what is under way is lost from then on.
                    self.moments.append(time.monotonic())
                    with suppress(ProcessLookupError):
                        os.kill(dice.choice(pids), signal.SIGKILL)
                    self.count[kind] += 1

        return work

    def between(self, start: float, end: float) -> bool:
        """Tell whether a process was killed between two moments."""
        return any(start <= moment <= end for moment in self.moments)
