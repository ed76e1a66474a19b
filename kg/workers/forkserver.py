"""Holds the current build in one thread, and forks a child from it for each connection.

A process with threads cannot be forked safely, and a server has threads; so servers ask this one.
The program (`web.forkserver`) ends when its standard input closes: when its owner ends.
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
from kg.workers.limits import Limits
from kg.workers.messages import listen_at, receive_message, send_message
from kg.workers.worker import run_worker

_REMEMBERED = 1000


class ForkServer:
    """Forks children that hold the current build, and knows how each of them ended."""

    def __init__(self, builds: Current, limits: Limits, federation: Federation) -> None:
        """Take where the build comes from, and what each child is allowed."""
        self._builds = builds
        self._limits = limits
        self._federation = federation
        self._fates: OrderedDict[int, int] = OrderedDict()
        self._store: Store | None = None

    def run(self, listener: socket.socket) -> None:
        """Fork until standard input closes."""
        wake, woken = os.pipe()
        os.set_blocking(woken, False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        signal.set_wakeup_fd(woken)
        ready = selectors.DefaultSelector()
        for file in (listener, sys.stdin, wake):
            ready.register(file, selectors.EVENT_READ)
        self._open()
        while True:
            for key, _ in ready.select():
                if key.fileobj is sys.stdin:
                    return
                if key.fileobj is listener:
                    self._answer(listener)
                else:
                    os.read(wake, 1024)
            self._reap()

    def _answer(self, listener: socket.socket) -> None:
        """Fork a child for one connection, or tell on it how an earlier child ended."""
        line, _ = listener.accept()
        line.settimeout(1)
        try:
            asked: int = receive_message(line)[0]
            if asked:
                self._reap()
                send_message(line, self._fates.get(asked))
            else:
                self._fork(listener, line)
        except (OSError, EOFError):
            pass  # the other end has gone
        finally:
            line.close()

    def _fork(self, listener: socket.socket, line: socket.socket) -> None:
        store = self._open()
        if store is None:
            return
        if pid := os.fork():
            # A number that the kernel gives out again.
            self._fates.pop(pid, None)
            return
        try:
            signal.set_wakeup_fd(-1)
            listener.close()
            sys.stdin.close()
            line.settimeout(None)
            run_worker(line, store, self._limits, self._federation)
        finally:
            os._exit(1)

    def _open(self) -> Store | None:
        try:
            store = self._builds.store()
        except KGError:
            return None
        if store is not self._store:
            self._store = store
            # What children never write to stays shared.
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
            self._fates[pid] = os.waitstatus_to_exitcode(status)
            while len(self._fates) > _REMEMBERED:
                self._fates.popitem(last=False)


def run_fork_server(path: str, serve: ServeRelay) -> None:
    """Serve at a socket until standard input closes, with a server for the engine's SERVICE."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = {n.removeprefix("KG_"): v for n, v in os.environ.items() if n.startswith("KG_")}
    limits, federation = Limits.of(settings), Federation.of(settings, serve, Path(path).parent)
    with listen_at(Path(path)) as listener:
        ForkServer(Current(most=limits.memory_quads), limits, federation).run(listener)
