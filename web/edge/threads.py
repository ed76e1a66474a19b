"""Threads for requests, shared by clients in turn."""

from __future__ import annotations

import asyncio
import threading
from collections import OrderedDict, deque
from collections.abc import Callable
from queue import SimpleQueue
from typing import Generic, TypeAlias, TypeVar

_T = TypeVar("_T")
_Call: TypeAlias = tuple[asyncio.AbstractEventLoop, Callable[[], _T], Callable[[_T], object]]


class QueueFull(Exception):  # noqa: N818 - the name says what happened, as in asyncio
    """Too many requests wait for a thread: of this client, or of all."""


class FairThreads(Generic[_T]):
    """A bounded number of threads; requests wait by client, and clients take turns.

    For one event loop. However many requests one client sends, another's next is after at most one
    of each client. `concurrent.futures` takes three times as long to pass on a call and its result.
    """

    def __init__(self, number: int, most: int, each: int) -> None:
        """Take the number of threads, and how many requests may wait: of all, of each client."""
        self._number = self._free = number
        self._started = 0
        self._most = most
        self._each = each
        self._calls: SimpleQueue[_Call[_T] | None] = SimpleQueue()
        self._waiting: OrderedDict[str, deque[_Call[_T]]] = OrderedDict()
        self._count = 0

    def start(self, client: str, call: Callable[[], _T], done: Callable[[_T], object]) -> None:
        """Have a function called in a thread when it is the client's turn; pass on its result.

        The function must not raise. `done` is called in the event loop. QueueFull if too many wait.
        """
        one = (asyncio.get_running_loop(), call, done)
        if self._free:
            self._free -= 1
            self._pass_on(one)
            return
        line = self._waiting.get(client, deque())
        if self._count >= self._most or len(line) >= self._each:
            raise QueueFull
        self._waiting.setdefault(client, line).append(one)
        self._count += 1

    def close(self) -> None:
        """Let the threads go when they have finished."""
        for _ in range(self._started):
            self._calls.put(None)

    def _pass_on(self, one: _Call[_T]) -> None:
        # Threads are started as they are needed, and stay.
        if self._started < self._number - self._free:
            self._started += 1
            threading.Thread(target=self._work, name="request", daemon=True).start()
        self._calls.put(one)

    def _work(self) -> None:
        while self._make_one():
            pass

    def _make_one(self) -> bool:
        """Make the next call; return whether there may be another.

        Nothing of it stays in this thread while it waits: an answer may be large.
        """
        one = self._calls.get()
        if one is None:
            return False
        loop, call, done = one
        try:
            loop.call_soon_threadsafe(self._finish, done, call())
        except RuntimeError:
            return False  # the loop has closed: nobody waits any more
        return True

    def _finish(self, done: Callable[[_T], object], result: _T) -> None:
        """Pass a result on, and the thread to the client whose turn is next."""
        if self._waiting:
            client, line = self._waiting.popitem(last=False)
            self._count -= 1
            self._pass_on(line.popleft())
            if line:
                # Behind all others: its next request waits until each of them had a turn.
                self._waiting[client] = line
        else:
            self._free += 1
        done(result)
