"""The slow lane of all worker processes: who runs in it, and whose turn is next.

One thread counts, in the process that outlives the others (`kg.workers.supervisor`). A place in the
lane is a connection to it, which the kernel closes when its process ends: none is lost by a
kill -9.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections import Counter, OrderedDict
from pathlib import Path
from typing import NamedTuple

from kg.workers.limits import SPARE_SLOTS
from kg.workers.messages import listen_at, receive_message, send_message, set_receive_timeout

_LINE_SECONDS = 1.0
# Clients whose last turn is remembered.
_CLIENTS = 1000


class SlotRequest(NamedTuple):
    """A query that asks for a place: whose, past its budget or not, its deadline.

    `end` is a time of `time.monotonic`, which all processes share.
    """

    client: str
    over: bool
    end: float


class SlowQueue:
    """Grants places, `slots` for each pool of children and `SPARE_SLOTS` for clients with none."""

    def __init__(self, path: Path) -> None:
        """Listen at a path, for this user alone."""
        path.unlink(missing_ok=True)
        self._listener = listen_at(path)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._pools: dict[socket.socket, int] = {}
        self._running: dict[socket.socket, SlotRequest] = {}
        self._waiting: dict[socket.socket, SlotRequest] = {}
        self._turns: OrderedDict[str, float] = OrderedDict()

    def run(self) -> None:
        """Serve until `close`."""
        with contextlib.suppress(OSError), self._listener:
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is self._listener:
                        self._accept()
                    elif isinstance(key.fileobj, socket.socket):
                        self._read(key.fileobj)
        for line in (*self._pools, *self._running, *self._waiting):
            line.close()
        self._selector.close()

    def close(self) -> None:
        """End `run`."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        line, _ = self._listener.accept()
        line.settimeout(_LINE_SECONDS)
        self._selector.register(line, selectors.EVENT_READ)

    def _read(self, line: socket.socket) -> None:
        """Take a pool's number of slots or a query's request; forget a line that has closed."""
        try:
            message: int | SlotRequest = receive_message(line)[0]
        except (OSError, EOFError):
            self._selector.unregister(line)
            line.close()
            for lines in (self._pools, self._running, self._waiting):
                lines.pop(line, None)
            self._grant()
            return
        if isinstance(message, int):
            self._pools[line] = message
            return
        self._waiting[line] = message
        self._grant()
        if line in self._waiting:
            self._answer(line, self._seconds())

    def _grant(self) -> None:
        """Give every place that is free to the request whose turn it is."""
        while (line := self._next()) is not None:
            request = self._running[line] = self._waiting.pop(line)
            self._turns[request.client] = time.monotonic()
            self._turns.move_to_end(request.client)
            while len(self._turns) > _CLIENTS:
                self._turns.popitem(last=False)
            self._answer(line, 0.0)

    def _next(self) -> socket.socket | None:
        """Return the request to grant: of the client with fewest places, longest without a turn."""
        if not self._waiting:
            return None
        held = Counter(request.client for request in self._running.values())
        slots, running = sum(self._pools.values()), len(self._running)
        spare = slots + SPARE_SLOTS * len(self._pools)

        def turn(line: socket.socket) -> tuple[bool, int, float]:
            request = self._waiting[line]
            return request.over, held[request.client], self._turns.get(request.client, 0.0)

        may = [
            line
            for line, request in self._waiting.items()
            if running < (spare if not held[request.client] else slots)
        ]
        return min(may, key=turn, default=None)

    def _seconds(self) -> float:
        """Return the seconds until a place is free for certain."""
        ends = [request.end for request in self._running.values()]
        return max(1.0, min(ends, default=0.0) - time.monotonic())

    @staticmethod
    def _answer(line: socket.socket, seconds: float) -> None:
        # A line that has closed meanwhile is read, and forgotten, next.
        with contextlib.suppress(OSError):
            send_message(line, seconds)


class SlotLease:
    """A query's place in the slow lane, or its wait for one, until it is closed.

    `seconds` is 0 as soon as the query may run; before, the time after which a place is free.
    """

    def __init__(self, gate: Path, request: SlotRequest) -> None:
        """Ask for a place, and read the first answer."""
        self.seconds = 0.0
        self.line = socket.socket(socket.AF_UNIX)
        set_receive_timeout(self.line, _LINE_SECONDS)
        with contextlib.suppress(OSError):
            self.line.connect(str(gate))
            send_message(self.line, request)
            self.read()

    def read(self) -> None:
        """Read the gate's next answer; a gate that does not answer holds no query up."""
        try:
            self.seconds = receive_message(self.line)[0]
        except (OSError, EOFError):
            self.seconds = 0.0

    def wake(self) -> None:
        """Have whoever waits for an answer read that there is none."""
        with contextlib.suppress(OSError):
            self.line.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Give the place back."""
        self.line.close()


def register_pool(gate: Path, slots: int) -> socket.socket | None:
    """Add a pool's slots to the lane, for as long as the connection returned is open."""
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect(str(gate))
        send_message(line, slots)
    except OSError:
        line.close()
        return None
    return line
