"""Holds the current build in one thread, and forks a worker from it for each connection.

A process with threads cannot be forked safely, and a server has threads; so servers ask this one,
as with the start method `forkserver` of Python's multiprocessing. The program (`web.forkserver`)
ends when its standard input closes: when its supervisor ends.
"""

from __future__ import annotations

import gc
import os
import selectors
import signal
import socket
import sys
from collections import OrderedDict
from pathlib import Path

from kg.federation.federation import Federation
from kg.federation.relay import ServeRelay
from kg.model.errors import KGError
from kg.store.builds import Current
from kg.store.store import Store
from kg.workers.query_limits import Limits
from kg.workers.worker import run_worker
from kg.workers.worker_messages import listen_at, receive_message, send_message

# Exit statuses that are remembered until somebody asks.
_STATUSES = 1000
# A connection says at once what it wants; the bound is for one that is stuck.
_REQUEST_SECONDS = 1.0


class ForkServer:
    """Forks workers that hold the current build, and records how each of them ended."""

    def __init__(self, builds: Current, limits: Limits, federation: Federation) -> None:
        """Take the source of the build, and what each worker may use."""
        self._builds = builds
        self._limits = limits
        self._federation = federation
        self._statuses: OrderedDict[int, int] = OrderedDict()
        self._store: Store | None = None

    def run(self, listener: socket.socket) -> None:
        """Fork until standard input closes."""
        woken, wake = os.pipe()
        os.set_blocking(wake, False)
        # The end of a worker wakes the selector: so its exit status is read without delay.
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(wake)
        selector = selectors.DefaultSelector()
        for file in (listener, sys.stdin, woken):
            selector.register(file, selectors.EVENT_READ)
        self._open()
        while True:
            for key, _ in selector.select():
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is listener:
                    self._accept(listener)
                else:
                    os.read(woken, 1024)
            self._reap()

    def _accept(self, listener: socket.socket) -> None:
        """Fork a worker for one connection, or send it the exit status of an earlier worker."""
        sock, _ = listener.accept()
        try:
            pid: int = receive_message(sock, _REQUEST_SECONDS)[0]
            if pid:
                self._reap()
                send_message(sock, self._statuses.get(pid))
            else:
                self._fork(listener, sock)
        except (OSError, EOFError):
            pass  # the other end is closed
        finally:
            sock.close()

    def _fork(self, listener: socket.socket, sock: socket.socket) -> None:
        store = self._open()
        if store is None:
            return
        if pid := os.fork():
            # The kernel may give a number out again.
            self._statuses.pop(pid, None)
            return
        try:
            signal.set_wakeup_fd(-1)
            listener.close()
            sys.stdin.close()
            run_worker(sock, store, self._limits, self._federation)
        finally:
            os._exit(1)

    def _open(self) -> Store | None:
        try:
            store = self._builds.store()
        except KGError:
            return None
        if store is not self._store:
            self._store = store
            # Pages that workers never write to stay shared between them.
            gc.collect()
            gc.freeze()
        return store

    def _reap(self) -> None:
        while True:
            try:
                pid, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if not pid:
                return
            self._statuses[pid] = os.waitstatus_to_exitcode(status)
            while len(self._statuses) > _STATUSES:
                self._statuses.popitem(last=False)


def run_fork_server(path: str, serve: ServeRelay) -> None:
    """Fork workers at a socket until standard input closes.

    The settings are those of the environment (`KG_*`); `serve` takes the workers' SERVICE calls.
    """
    # Ctrl-C reaches every process of the group; the supervisor ends this process when it is ready.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = {n.removeprefix("KG_"): v for n, v in os.environ.items() if n.startswith("KG_")}
    limits, federation = Limits.of(settings), Federation.of(settings, serve, Path(path).parent)
    with listen_at(Path(path)) as listener:
        ForkServer(Current(most=limits.memory_quads), limits, federation).run(listener)
