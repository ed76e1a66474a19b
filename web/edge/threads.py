"""Threads for requests, given to clients in turn."""

from __future__ import annotations

import asyncio
from collections import OrderedDict, deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

_T = TypeVar("_T")
_Waiting = deque["asyncio.Future[None]"]


class QueueFull(Exception):  # noqa: N818 - as asyncio's own
    """Too many requests wait for a thread: of this client, or of all."""


class FairThreads:
    """A bounded number of threads; requests wait by client, and clients take turns.

    For one event loop. However many requests one client sends, another's next is after at most one
    of each client.
    """

    def __init__(self, threads: int, most: int, each: int) -> None:
        """Take the number of threads, and how many requests may wait: of all, of each client."""
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="request")
        self._free = threads
        self._most = most
        self._each = each
        self._waiting: OrderedDict[str, _Waiting] = OrderedDict()
        self._count = 0

    async def run(self, client: str, call: Callable[[], _T]) -> _T:
        """Call a function in a thread when it is the client's turn; QueueFull if too many wait."""
        if self._free:
            self._free -= 1
        else:
            await self._turn(client)
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, call)
        finally:
            self._next()

    def close(self) -> None:
        """Let the threads go when they have finished."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _turn(self, client: str) -> None:
        line = self._waiting.get(client, deque())
        if self._count >= self._most or len(line) >= self._each:
            raise QueueFull
        turn = asyncio.get_running_loop().create_future()
        self._waiting.setdefault(client, line).append(turn)
        self._count += 1
        try:
            await turn
        except asyncio.CancelledError:
            if turn.cancelled():
                self._leave(client, turn)
            else:
                self._next()
            raise

    def _leave(self, client: str, turn: asyncio.Future[None]) -> None:
        line = self._waiting.get(client)
        if line and turn in line:
            line.remove(turn)
            self._count -= 1
            if not line:
                del self._waiting[client]

    def _next(self) -> None:
        """Pass the thread on to the client whose turn is next, or keep it free."""
        while self._waiting:
            client, line = self._waiting.popitem(last=False)
            turn = line.popleft()
            self._count -= 1
            if line:
                self._waiting[client] = line
            if not turn.done():
                turn.set_result(None)
                return
        self._free += 1
