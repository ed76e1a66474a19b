"""Threads are given to clients in turn."""

import asyncio
import threading

import pytest

from web.edge.threads import FairThreads, QueueFull


def test_clients_take_turns_however_many_requests_one_sends() -> None:
    order: list[str] = []

    async def main() -> None:
        threads = FairThreads(1, most=100, each=100)
        gate = threading.Event()
        first = asyncio.create_task(threads.run("a", gate.wait))
        await asyncio.sleep(0)
        others = [
            asyncio.create_task(threads.run(name, lambda name=name: order.append(name)))
            for name in "aaaaab"
        ]
        await asyncio.sleep(0)
        gate.set()
        await asyncio.gather(first, *others)
        threads.close()

    asyncio.run(main())
    assert order.index("b") <= 1
    assert order.count("a") == 5


@pytest.mark.parametrize(("most", "each"), [(3, 100), (100, 3)])
def test_what_waits_has_an_end(most: int, each: int) -> None:
    async def main() -> int:
        threads = FairThreads(1, most, each)
        gate = threading.Event()
        tasks = [asyncio.create_task(threads.run("a", gate.wait)) for _ in range(6)]
        await asyncio.sleep(0)
        gate.set()
        outcomes = await asyncio.gather(*tasks, return_exceptions=True)
        threads.close()
        return sum(isinstance(outcome, QueueFull) for outcome in outcomes)

    assert asyncio.run(main()) == 2


def test_who_goes_while_waiting_leaves_the_thread_to_the_next() -> None:
    async def main() -> list[object]:
        threads = FairThreads(1, most=10, each=10)
        gate = threading.Event()
        first = asyncio.create_task(threads.run("a", gate.wait))
        await asyncio.sleep(0)
        gone, there = (asyncio.create_task(threads.run(name, lambda: 1)) for name in "bc")
        await asyncio.sleep(0)
        gone.cancel()
        gate.set()
        results = [await first, await there]
        results.append(await threads.run("d", lambda: 2))
        threads.close()
        return results

    assert asyncio.run(main()) == [True, 1, 2]


def test_a_failure_gives_the_thread_back() -> None:
    async def main() -> int:
        threads = FairThreads(1, most=10, each=10)
        with pytest.raises(ZeroDivisionError):
            await threads.run("a", lambda: 1 // 0)
        result = await threads.run("a", lambda: 1)
        threads.close()
        return result

    assert asyncio.run(main()) == 1
