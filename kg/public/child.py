"""A disposable process that answers queries one after another until it is killed or let go.

It is forked from the nursery and holds its graph. The kernel ends it when a query takes too long
(SIGALRM) or too much memory (RLIMIT_AS): nothing in the process can stop the engine.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import socket
import threading
from pathlib import Path
from typing import NamedTuple

from kg.deep import STACK, Deep
from kg.errors import KGError, WorkerLost
from kg.public.federation import Federation
from kg.public.limits import Limits
from kg.public.question import Question, answer
from kg.public.wire import receive, send
from kg.store import Store

# The pool kills at the limit; this is for a child that has lost its pool.
GRACE = 1.0
# A child that has grown so far is not used again.
_STALE = 64 * 1024 * 1024


class Hello(NamedTuple):
    """What a child says first: its process, the thread that works, the build that it holds."""

    pid: int
    thread: int
    number: str


class Reply(NamedTuple):
    """What goes before the body of an answer; or a failure. `last` says that the child ends."""

    media: str = ""
    number: str = ""
    error: KGError | None = None
    last: bool = False


def serve(line: socket.socket, store: Store, limits: Limits, federation: Federation) -> None:
    """Answer questions from a line until it closes; never returns to what was forked."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _silence()
    gc.freeze()
    _limit(limits)
    start = _peak()
    worker = Deep(lambda: _work(line, store, federation, start))
    worker.start()
    worker.join()
    os._exit(0)


def _limit(limits: Limits) -> None:
    room = _address_space() + STACK + limits.query_memory
    resource.setrlimit(resource.RLIMIT_AS, (room, room))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _silence() -> None:
    # The engine's last words on an abort: the pool tells the client, and the log, what happened.
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 2)
    os.close(nowhere)


def _work(line: socket.socket, store: Store, federation: Federation, start: int) -> None:
    with contextlib.suppress(OSError, EOFError):
        send(line, Hello(os.getpid(), threading.get_native_id(), store.number))
        while True:
            question: Question = receive(line)[0]
            signal.setitimer(signal.ITIMER_REAL, question.seconds + GRACE)
            last = _reply(line, store, federation, question, start)
            signal.setitimer(signal.ITIMER_REAL, 0)
            if last:
                return


def _reply(
    line: socket.socket, store: Store, federation: Federation, question: Question, start: int
) -> bool:
    """Send what becomes of a question; return whether this child should not be used again."""
    body = b""
    try:
        media, body, number = answer(store, question, federation)
        reply = Reply(media, number, last=_peak() - start > _STALE)
    except KGError as error:
        reply = Reply(error=error, last=_peak() - start > _STALE)
    except MemoryError:
        os.abort()
    except Exception as error:  # noqa: BLE001 - whatever it is, the client must hear of it
        reply = Reply(error=WorkerLost(f"{type(error).__name__}: {error}"), last=True)
    send(line, reply, body)
    return reply.last


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _address_space() -> int:
    pages = int(Path("/proc/self/statm").read_bytes().split()[0])
    return pages * resource.getpagesize()
