"""The slow queue of all server processes: which queries run in it, and which is next.

One thread grants slots, in the process that outlives the others (`kg.workers.supervisor`). A slot
is a connection to it, which the kernel closes when its process ends: no slot is lost by a kill -9.
"""

from __future__ import annotations

import contextlib
import selectors
import socket
import time
from collections import Counter, OrderedDict
from pathlib import Path
from typing import NamedTuple

from kg.workers.query_limits import SPARE_SLOTS
from kg.workers.worker_messages import listen_at, receive_message, send_message

# The name of its socket in the folder that the server's processes share.
SOCKET_NAME = "slow-queue"

# Both ends answer at once; the bound keeps a stopped process from stopping the others.
_REPLY_SECONDS = 1.0
# Clients whose last grant is remembered; an older client counts as new, which favours it.
_CLIENTS = 1000


class SlotRequest(NamedTuple):
    """A query that asks for a slow slot; `deadline` is a `time.monotonic`, common to processes."""

    client: str
    over_budget: bool
    deadline: float


class SlowQueue:
    """Grants slots: those of each pool, and `SPARE_SLOTS` more for clients that hold none."""

    def __init__(self, path: Path) -> None:
        """Listen at a path, for this user alone."""
        path.unlink(missing_ok=True)
        self._listener = listen_at(path)
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._pools: dict[socket.socket, int] = {}
        self._running: dict[socket.socket, SlotRequest] = {}
        self._waiting: dict[socket.socket, SlotRequest] = {}
        self._grants: OrderedDict[str, float] = OrderedDict()

    def run(self) -> None:
        """Serve until `close`."""
        with contextlib.suppress(OSError), self._listener:
            while True:
                for key, _ in self._selector.select():
                    if key.fileobj is self._listener:
                        self._accept()
                    elif isinstance(key.fileobj, socket.socket):
                        self._read(key.fileobj)
        for sock in (*self._pools, *self._running, *self._waiting):
            sock.close()
        self._selector.close()

    def close(self) -> None:
        """End `run`."""
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        sock, _ = self._listener.accept()
        self._selector.register(sock, selectors.EVENT_READ)

    def _read(self, sock: socket.socket) -> None:
        """Read a pool's number of slots or a query's request; forget a closed connection."""
        try:
            message: int | SlotRequest = receive_message(sock, _REPLY_SECONDS)[0]
        except (OSError, EOFError):
            self._selector.unregister(sock)
            sock.close()
            for connections in (self._pools, self._running, self._waiting):
                connections.pop(sock, None)
            self._grant()
            return
        if isinstance(message, int):
            self._pools[sock] = message
            return
        self._waiting[sock] = message
        self._grant()
        if sock in self._waiting:
            self._reply(sock, self._seconds_until_free())

    def _grant(self) -> None:
        """Give each free slot to the request that is next."""
        while (sock := self._next()) is not None:
            request = self._running[sock] = self._waiting.pop(sock)
            self._grants[request.client] = time.monotonic()
            self._grants.move_to_end(request.client)
            while len(self._grants) > _CLIENTS:
                self._grants.popitem(last=False)
            self._reply(sock, 0.0)

    def _next(self) -> socket.socket | None:
        """Return the request to grant: fewest slots in use, then longest without a grant."""
        if not self._waiting:
            return None
        in_use = Counter(request.client for request in self._running.values())
        slots, running = sum(self._pools.values()), len(self._running)
        with_spare = slots + SPARE_SLOTS * len(self._pools)

        def order(sock: socket.socket) -> tuple[bool, int, float]:
            request = self._waiting[sock]
            granted = self._grants.get(request.client, 0.0)
            return request.over_budget, in_use[request.client], granted

        eligible = [
            sock
            for sock, request in self._waiting.items()
            if running < (slots if in_use[request.client] else with_spare)
        ]
        return min(eligible, key=order, default=None)

    def _seconds_until_free(self) -> float:
        """Return the seconds after which a slot is free for certain."""
        deadlines = [request.deadline for request in self._running.values()]
        return max(1.0, min(deadlines, default=0.0) - time.monotonic())

    @staticmethod
    def _reply(sock: socket.socket, seconds: float) -> None:
        # The next read finds a connection that has closed meanwhile, and forgets it.
        with contextlib.suppress(OSError):
            send_message(sock, seconds)


class SlotLease:
    """A query's slow slot, or its wait for one, until it is closed.

    `seconds` is 0 as soon as the query may run; before, the time after which a slot is free.
    """

    def __init__(self, queue: Path, request: SlotRequest) -> None:
        """Ask for a slot, and read the first reply."""
        self.seconds = 0.0
        self.sock = socket.socket(socket.AF_UNIX)
        with contextlib.suppress(OSError):
            self.sock.connect(str(queue))
            send_message(self.sock, request)
            self.read()

    @property
    def granted(self) -> bool:
        """Tell whether the query may run."""
        return not self.seconds

    def read(self) -> None:
        """Read the next reply; a queue that does not reply holds no query up."""
        try:
            self.seconds = receive_message(self.sock, _REPLY_SECONDS)[0]
        except (OSError, EOFError):
            self.seconds = 0.0

    def wake(self) -> None:
        """End the wait of the thread that reads the replies."""
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)

    def close(self) -> None:
        """Release the slot."""
        self.sock.close()


def register_pool(queue: Path, slots: int) -> socket.socket | None:
    """Add a pool's slots to the queue, for as long as the connection returned is open."""
    sock = socket.socket(socket.AF_UNIX)
    try:
        sock.connect(str(queue))
        send_message(sock, slots)
    except OSError:
        sock.close()
        return None
    return sock
