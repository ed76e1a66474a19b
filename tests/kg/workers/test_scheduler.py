"""Slots of the quick queue, and the move to the slow one."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.model.errors import BudgetSpent, Overloaded
from kg.workers.query_limits import Limits
from kg.workers.scheduled_query import LOWEST, MIDDLE, QueryState, ScheduledQuery
from kg.workers.scheduler import Scheduler
from kg.workers.slow_queue import SlowQueue

LONG = 60.0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    queue = SlowQueue(tmp_path / "slow-queue")
    thread = threading.Thread(target=queue.run)
    thread.start()
    yield tmp_path
    queue.close()
    thread.join()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as executor:
        yield executor


@pytest.fixture
def scheduler(folder: Path) -> Iterator[Scheduler]:
    """One quick slot, one slow one, and room for three more."""
    lanes = Scheduler(Limits(quick_slots=1, slow_slots=1, queue=3, budget_seconds=60), folder)
    yield lanes
    lanes.close()


def end(seconds: float = LONG) -> float:
    return time.monotonic() + seconds


def until(true: Callable[[], bool]) -> None:
    deadline = end()
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def waits(
    lanes: Scheduler, threads: ThreadPoolExecutor, client: str, order: list[str] | None = None
) -> Future[None]:
    """Have a query of a client wait for a slot, which writes down when it gets it."""

    def entered() -> int:
        return sum(query.client == client for query in list(lanes._queries))

    before = entered()

    def work() -> None:
        with lanes.enter(client, end()):
            (order if order is not None else []).append(client)

    future = threads.submit(work)
    until(lambda: entered() > before)
    return future


def preempt(query: ScheduledQuery, threads: ThreadPoolExecutor) -> Future[None]:
    """Have a query wait for a slow slot."""
    assert not query.request_slow_slot()

    def work() -> None:
        with query:
            query.wait_for_slow_slot(None)

    return threads.submit(work)


def test_a_slot_is_free_again_when_its_query_ends(scheduler: Scheduler) -> None:
    for _ in range(3):
        with scheduler.enter("a", end()) as query:
            assert query.state is QueryState.QUICK
            with pytest.raises(Overloaded):
                scheduler.enter("a", end(0))
        assert query.state is QueryState.DONE


def test_a_slot_is_free_again_after_a_failure(scheduler: Scheduler) -> None:
    with pytest.raises(ZeroDivisionError), scheduler.enter("a", end()):
        raise ZeroDivisionError
    with scheduler.enter("a", end(0)) as query:
        assert query.state is QueryState.QUICK


def test_a_query_without_a_slot_in_time_is_overload(scheduler: Scheduler) -> None:
    with scheduler.enter("a", end()), pytest.raises(Overloaded):
        scheduler.enter("a", end(0.01))


def test_clients_take_turns(scheduler: Scheduler, threads: ThreadPoolExecutor) -> None:
    order: list[str] = []
    with scheduler.enter("a", end()):
        waiting = [waits(scheduler, threads, client, order) for client in "aaab"]
    for future in waiting:
        future.result(LONG)
    assert order == ["b", "a", "a", "a"]


def test_a_client_with_many_waiting_makes_room_for_another(
    scheduler: Scheduler, threads: ThreadPoolExecutor
) -> None:
    with scheduler.enter("a", end()):
        waiting = [waits(scheduler, threads, "a") for _ in range(4)]
        with pytest.raises(Overloaded):
            scheduler.enter("a", end())
        other = waits(scheduler, threads, "b")
        with pytest.raises(Overloaded):
            waiting[-1].result(LONG)
    other.result(LONG)
    for future in waiting[:-1]:
        future.result(LONG)


def test_a_slow_query_makes_room_for_a_quick_one(scheduler: Scheduler) -> None:
    with scheduler.enter("a", end()) as slow:
        assert slow.request_slow_slot()
        with scheduler.enter("a", end()) as quick:
            assert quick.niceness == MIDDLE


def test_a_preempted_query_waits_for_a_slow_slot(
    scheduler: Scheduler, threads: ThreadPoolExecutor
) -> None:
    with scheduler.enter("a", end()) as first:
        assert first.request_slow_slot()
        waiting = preempt(scheduler.enter("a", end()), threads)
        with scheduler.enter("a", end()):
            assert not waiting.done()
    waiting.result(LONG)


def test_a_slow_query_overruns_while_no_other_waits_for_its_slot(
    scheduler: Scheduler, threads: ThreadPoolExecutor
) -> None:
    with scheduler.enter("a", end()) as first:
        assert first.request_slow_slot()
        with scheduler.enter("a", end()) as second:
            assert not second.request_slow_slot()
            assert second.may_overrun()
            other = waits(scheduler, threads, "b")
            assert not second.may_overrun()
    other.result(LONG)


def test_an_overrunning_query_moves_to_the_slow_queue_when_granted(
    scheduler: Scheduler,
) -> None:
    with scheduler.enter("a", end()) as first:
        assert first.request_slow_slot()
        second = scheduler.enter("a", end())
        assert not second.request_slow_slot()
    with second:
        assert second.read_lease()
        with scheduler.enter("b", end(0)) as quick:
            assert (second.state, quick.state) == (QueryState.SLOW, QueryState.QUICK)


def test_a_preempted_query_does_not_wait_for_ever(scheduler: Scheduler) -> None:
    with scheduler.enter("a", end()) as first:
        assert first.request_slow_slot()
        with scheduler.enter("a", end(0.3)) as second:
            assert not second.request_slow_slot()
            with pytest.raises(Overloaded) as error:
                second.wait_for_slow_slot(None)
        assert LONG / 2 < error.value.seconds <= LONG


def test_another_client_is_slow_at_once_and_at_higher_priority(scheduler: Scheduler) -> None:
    with scheduler.enter("a", end()) as first:
        assert first.request_slow_slot()
        with scheduler.enter("a", end()) as second:
            assert not second.request_slow_slot()
            scheduler.move(second, QueryState.PREEMPTED)
            with scheduler.enter("b", end()) as other:
                assert other.request_slow_slot()
                assert other.niceness < LOWEST
            assert second.niceness == LOWEST


def test_preempted_queries_make_room(scheduler: Scheduler, threads: ThreadPoolExecutor) -> None:
    with scheduler.enter("a", end()) as first:
        assert first.request_slow_slot()
        preempted = [preempt(scheduler.enter("a", end()), threads) for _ in range(4)]
        with scheduler.enter("b", end()):
            pass
        with pytest.raises(Overloaded):
            preempted[-1].result(LONG)
    for future in preempted[:-1]:
        future.result(LONG)


def test_a_client_past_its_budget_comes_after_others_and_is_told_so(
    scheduler: Scheduler, threads: ThreadPoolExecutor
) -> None:
    scheduler.budgets.charge("a", 1000)
    order: list[str] = []
    with scheduler.enter("b", end()):
        waiting = [waits(scheduler, threads, client, order) for client in "bab"]
        with pytest.raises(BudgetSpent) as error:
            scheduler.enter("a", end(0.01))
    for future in waiting:
        future.result(LONG)
    assert order == ["b", "b", "a"]
    assert 900 < error.value.seconds <= 940
