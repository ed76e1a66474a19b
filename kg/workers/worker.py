"""A disposable process that runs queries one after another until it is killed or let go.

It is forked from the fork server and holds its graph. The kernel ends it when a query takes too
long (SIGALRM) or too much memory (RLIMIT_DATA): nothing within the process can stop the engine. It
also ends, whatever it does, when the other end of its connection closes.
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

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.model.errors import KGError, WorkerFailed
from kg.store.embedded.deep_stack import STACK, Deep
from kg.store.store import Store
from kg.workers.query_limits import Limits
from kg.workers.worker_messages import receive_message, send_message

# The pool kills at the limit; this is for a worker that has lost its pool.
GRACE_SECONDS = 1.0
# A worker that grew by this many bytes is not used again.
_MAX_GROWTH = 64 * 1024 * 1024


class WorkerGreeting(NamedTuple):
    """The first message of a worker: its process, the thread that works, the build it holds."""

    pid: int
    thread: int
    build: str


class ReplyHeader(NamedTuple):
    """What precedes the body of a result, or an error; `last` says that the worker ends.

    A tuple, as `QueryRequest`: it crosses between processes for each query.
    """

    media_type: str = ""
    build: str = ""
    error: KGError | None = None
    last: bool = False


def run_worker(sock: socket.socket, store: Store, limits: Limits, federation: Federation) -> None:
    """Run queries from a connection until it closes; never return to the fork server's code."""
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    _close_stderr()
    # A collection would touch, and so copy, the pages shared with the fork server.
    gc.freeze()
    _open_store(store)
    memory = MemoryUse()
    _limit_memory(memory.allocated() + STACK + limits.query_memory)
    Deep(lambda: _run_queries(sock, store, federation, memory)).start()
    closed = select.poll()
    closed.register(sock, select.POLLRDHUP)
    closed.poll()
    os._exit(0)


def _open_store(store: Store) -> None:
    """Have a store on disk allocate what it needs, before the memory of a query is bounded."""
    if not store.in_memory:
        # The first query meets the same error, and reports it.
        with contextlib.suppress(KGError):
            store.ask("ASK {}")


def _limit_memory(size: int) -> None:
    # Counts private writable memory, the inherited graph too; not mapped files, of which a store on
    # disk maps as many as it likes (https://man7.org/linux/man-pages/man2/getrlimit.2.html).
    resource.setrlimit(resource.RLIMIT_DATA, (size, size))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _close_stderr() -> None:
    # The engine writes there when it aborts; the pool reports the end to the client and the log.
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)


def _run_queries(
    sock: socket.socket, store: Store, federation: Federation, memory: MemoryUse
) -> None:
    try:
        send_message(sock, WorkerGreeting(os.getpid(), threading.get_native_id(), store.number))
        while True:
            request: QueryRequest = receive_message(sock)[0]
            signal.setitimer(signal.ITIMER_REAL, request.timeout + GRACE_SECONDS)
            last = _reply(sock, store, federation, request, memory)
            signal.setitimer(signal.ITIMER_REAL, 0)
            if last:
                return
    except (OSError, EOFError):
        pass  # the other end is closed
    finally:
        os._exit(0)


def _reply(
    sock: socket.socket,
    store: Store,
    federation: Federation,
    request: QueryRequest,
    memory: MemoryUse,
) -> bool:
    """Send a query's result or error; return whether this worker should not be used again."""
    body = b""
    try:
        media_type, body, build = run_query(store, request, federation)
        header = ReplyHeader(media_type, build, last=memory.has_grown())
    except KGError as error:
        header = ReplyHeader(error=error, last=memory.has_grown())
    except MemoryError:
        os.abort()
    except Exception as error:  # noqa: BLE001 - the client must receive any error, whatever it is
        header = ReplyHeader(error=WorkerFailed(f"{type(error).__name__}: {error}"), last=True)
    send_message(sock, header, body)
    return header.last


class MemoryUse:
    """Memory of this process that no file can give back: not the mapped pages of a store."""

    def __init__(self) -> None:
        """Measure the memory in use now."""
        self._statm = os.open("/proc/self/statm", os.O_RDONLY)
        self._start, self._start_peak = self._private(), _peak()

    def has_grown(self) -> bool:
        """Tell whether the process has grown so far that it should not be used again."""
        # The peak counts mapped pages too, but is read in 1 µs, and the private memory in 4.
        grown = _peak() - self._start_peak > _MAX_GROWTH
        return grown and self._private() - self._start > _MAX_GROWTH

    def allocated(self) -> int:
        """Return the bytes that RLIMIT_DATA counts."""
        return int(self._fields()[5]) * resource.getpagesize()

    def _private(self) -> int:
        fields = self._fields()
        return (int(fields[1]) - int(fields[2])) * resource.getpagesize()

    def _fields(self) -> list[bytes]:
        # https://man7.org/linux/man-pages/man5/proc_pid_statm.5.html
        return os.pread(self._statm, 200, 0).split()


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
