"""Threads are given to clients in turn."""

import asyncio
import gc
import threading
import time
import weakref
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest

from web.edge.threads import FairThreads, QueueFull

_T = TypeVar("_T")


def run(coroutine: Coroutine[Any, Any, _T]) -> _T:
    """Run in a thread of its own: a browser's driver may have an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, coroutine).result()


async def settled(results: list[object], number: int) -> None:
    while len(results) < number:
        await asyncio.sleep(0.01)


def test_clients_take_turns_however_many_requests_one_sends() -> None:
    order: list[object] = []

    async def main() -> None:
        threads: FairThreads[object] = FairThreads(1, most=100, each=100)
        gate = threading.Event()
        threads.start("a", gate.wait, order.append)
        for name in "aaaaab":
            threads.start(name, lambda name=name: name, order.append)  # type: ignore[misc]
        gate.set()
        await settled(order, 7)
        threads.close()

    run(main())
    assert order.index("b") <= 2
    assert order.count("a") == 5


@pytest.mark.parametrize(("most", "each"), [(3, 100), (100, 3)])
def test_what_waits_has_an_end(most: int, each: int) -> None:
    async def main() -> int:
        threads: FairThreads[object] = FairThreads(1, most, each)
        gate = threading.Event()
        results: list[object] = []
        refused = 0
        for _ in range(6):
            try:
                threads.start("a", gate.wait, results.append)
            except QueueFull:
                refused += 1
        gate.set()
        await settled(results, 4)
        threads.close()
        return refused

    assert run(main()) == 2


def test_as_many_run_at_once_as_there_are_threads_and_all_are_answered() -> None:
    async def main() -> tuple[int, int]:
        threads: FairThreads[int] = FairThreads(3, most=100, each=100)
        running, most, results = [0], [0], []
        lock = threading.Lock()
        pause = threading.Event()

        def work() -> int:
            with lock:
                running[0] += 1
                most[0] = max(most[0], running[0])
            pause.wait(0.02)
            with lock:
                running[0] -= 1
            return 1

        for number in range(30):
            threads.start(str(number % 4), work, results.append)
        await settled(results, 30)  # type: ignore[arg-type]
        threads.close()
        return most[0], sum(results)

    assert run(main()) == (3, 30)


def test_a_thread_that_waits_keeps_nothing_of_what_it_did() -> None:
    class Large:
        """What a weak reference can tell of."""

    async def main() -> list[object]:
        threads: FairThreads[Large] = FairThreads(4, most=100, each=100)
        left: list[weakref.ref[Large]] = []
        for _ in range(4):
            threads.start("a", Large, lambda large: left.append(weakref.ref(large)))
        await settled(left, 4)  # type: ignore[arg-type]
        end = time.monotonic() + 5
        while any(one() for one in left) and time.monotonic() < end:
            gc.collect()
            await asyncio.sleep(0.01)
        threads.close()
        return [one() for one in left]

    assert run(main()) == [None] * 4
