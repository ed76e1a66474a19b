"""A disposable process that answers queries one after another until it is killed or let go.

It is forked from the nursery and holds its graph. The kernel ends it when a query takes too long
(SIGALRM) or too much memory (RLIMIT_DATA): nothing in the process can stop the engine. It ends as
well, whatever it does, when the other end of its line closes.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import select
import signal
import socket
import threading
from typing import NamedTuple

from kg.endpoint.request import QueryRequest, run_query
from kg.federation.federation import Federation
from kg.model.errors import KGError, WorkerLost
from kg.store.deep import STACK, Deep
from kg.store.store import Store
from kg.workers.limits import Limits
from kg.workers.messages import receive_message, send_message

# The pool kills at the limit; this is for a child that has lost its pool.
GRACE = 1.0
# A child that has grown so far is not used again.
_STALE = 64 * 1024 * 1024


class WorkerGreeting(NamedTuple):
    """What a child says first: its process, the thread that works, the build that it holds."""

    pid: int
    thread: int
    number: str


class ReplyHeader(NamedTuple):
    """What goes before the body of an answer; or a failure. `last` says that the child ends."""

    media: str = ""
    number: str = ""
    error: KGError | None = None
    last: bool = False


def run_worker(line: socket.socket, store: Store, limits: Limits, federation: Federation) -> None:
    """Answer questions from a line until it closes; never returns to what was forked."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _silence()
    gc.freeze()
    _open(store)
    memory = MemoryUse()
    _limit(memory.allocated() + STACK + limits.query_memory)
    Deep(lambda: _work(line, store, federation, memory)).start()
    closed = select.poll()
    closed.register(line, select.POLLRDHUP)
    closed.poll()
    os._exit(0)


def _open(store: Store) -> None:
    """Have a store on disk take what it needs for itself, before what a query takes is bounded."""
    if not store.in_memory:
        # The first question meets what is wrong with it, and tells.
        with contextlib.suppress(KGError):
            store.ask("ASK {}")


def _limit(room: int) -> None:
    # Counts what is private and can be written, the inherited graph too; not mapped files, of
    # which a store on disk maps as many as it likes.
    resource.setrlimit(resource.RLIMIT_DATA, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _silence() -> None:
    # The engine's last words on an abort: the pool tells the client, and the log, what happened.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _work(line: socket.socket, store: Store, federation: Federation, memory: MemoryUse) -> None:
    try:
        send_message(line, WorkerGreeting(os.getpid(), threading.get_native_id(), store.number))
        while True:
            question: QueryRequest = receive_message(line)[0]
            signal.setitimer(signal.ITIMER_REAL, question.seconds + GRACE)
            last = _reply(line, store, federation, question, memory)
            signal.setitimer(signal.ITIMER_REAL, 0)
            if last:
                return
    except (OSError, EOFError):
        pass  # the other end has gone
    finally:
        os._exit(0)


def _reply(
    line: socket.socket,
    store: Store,
    federation: Federation,
    question: QueryRequest,
    memory: MemoryUse,
) -> bool:
    """Send what becomes of a question; return whether this child should not be used again."""
    body = b""
    try:
        media, body, number = run_query(store, question, federation)
        reply = ReplyHeader(media, number, last=memory.stale())
    except KGError as error:
        reply = ReplyHeader(error=error, last=memory.stale())
    except MemoryError:
        os.abort()
    except Exception as error:  # noqa: BLE001 - whatever it is, the client must hear of it
        reply = ReplyHeader(error=WorkerLost(f"{type(error).__name__}: {error}"), last=True)
    send_message(line, reply, body)
    return reply.last


class MemoryUse:
    """What this process holds that no file can give back: not the mapped pages of a store."""

    def __init__(self) -> None:
        """Remember what it holds now."""
        self._file = os.open("/proc/self/statm", os.O_RDONLY)
        self._start, self._peak = self._private(), _peak()

    def stale(self) -> bool:
        """Tell whether it has grown so far that it should not be used again."""
        # The peak counts mapped pages too, but is read in 1 µs, and the rest in 4.
        return _peak() - self._peak > _STALE and self._private() - self._start > _STALE

    def allocated(self) -> int:
        """Return the bytes that RLIMIT_DATA counts."""
        return int(self._fields()[5]) * resource.getpagesize()

    def _private(self) -> int:
        fields = self._fields()
        return (int(fields[1]) - int(fields[2])) * resource.getpagesize()

    def _fields(self) -> list[bytes]:
        # https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html
        return os.pread(self._file, 200, 0).split()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
