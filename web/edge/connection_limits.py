"""The bounds of the edge: how long a client may take, and how much may wait for it in memory.

Each worker process has these bounds for itself. What one request may bring is in
`web.request.bounds`.
"""

from __future__ import annotations

import resource
from dataclasses import dataclass
from functools import cache

_MEGABYTE = 1_000_000
# Open files besides connections: of builds, of the fork server's workers, of logs.
_FILES_FOR_OTHERS = 512
_FEWEST_CONNECTIONS = 64


@dataclass(frozen=True)
class EdgeLimits:
    """Seconds, counts and bytes that a worker process gives to clients.

    A client may leave a connection idle for `idle_seconds`, and take `header_seconds` and
    `body_seconds` to send a request; a `piece` of the answer must be read in `read_seconds`, which
    is 3 kB a second at the least. Beyond `connections`, those are closed that have waited longest
    for a request; `pipelined` requests may stand in line in one.

    `bodies` are the bytes of requests and `answers` those of what is being sent, of all clients
    and of each; a `small_answer` is sent however much waits. No query takes any of the
    `page_threads`; `waiting` requests may wait for a thread, of all clients and of each.
    """

    idle_seconds: float = 10.0
    header_seconds: float = 10.0
    body_seconds: float = 10.0
    read_seconds: float = 20.0
    piece: int = 65_536
    connections: int = 4_000
    pipelined: int = 8
    bodies: int = 64 * _MEGABYTE
    bodies_each: int = 16 * _MEGABYTE
    answers: int = 256 * _MEGABYTE
    answers_each: int = 128 * _MEGABYTE
    small_answer: int = 256_000
    page_threads: int = 8
    waiting: int = 1_000
    waiting_each: int = 200


@cache
def allow_files(connections: int) -> int:
    """Raise this process's limit on open files, as far as may be, for so many connections.

    Return how many it may then hold.
    """
    # The usual soft limit is 1,024: accept(2) would fail far below the bound on connections.
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _FILES_FOR_OTHERS
    if soft == resource.RLIM_INFINITY or soft >= wanted:
        return connections
    soft = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(_FEWEST_CONNECTIONS, soft - _FILES_FOR_OTHERS)
