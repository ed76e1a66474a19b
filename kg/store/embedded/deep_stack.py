"""Threads whose stacks are deep enough for queries that nest deeply."""

from __future__ import annotations

import contextvars
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future
from typing import TypeVar

_T = TypeVar("_T")

# Virtual memory, of which a query touches what it needs: the deepest that `kg.endpoint.guard` lets
# pass needs less than an eighth of it.
STACK = 256 * 1024 * 1024
_stack_size = threading.Lock()


class Deep(threading.Thread):
    """A thread whose stack is deep enough for what nests deeply; it does not outlast the rest."""

    def __init__(self, run: Callable[[], None]) -> None:
        """Take what the thread is to do."""
        super().__init__(target=run, daemon=True)

    def start(self) -> None:
        """Start with a stack of `STACK` bytes."""
        # The size is a setting of the process, which new threads take.
        with _stack_size:
            before = threading.stack_size(STACK)
            try:
                super().start()
            finally:
                threading.stack_size(before)


def deep(run: Callable[[], _T]) -> _T:
    """Call a function in a deep thread: this one, or a new one."""
    if isinstance(threading.current_thread(), Deep):
        return run()
    done: Future[_T] = Future()
    context = contextvars.copy_context()

    def work() -> None:
        try:
            done.set_result(context.run(run))
        except BaseException as error:  # noqa: BLE001 - the caller raises it again
            _drop_locals(error)
            done.set_exception(error)

    thread = Deep(work)
    thread.start()
    thread.join()
    return done.result()


def _drop_locals(error: BaseException | None) -> None:
    # A half-read answer of the engine may only be released in the thread that ran the query.
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__
