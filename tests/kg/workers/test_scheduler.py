"""Places in the quick lane, and the way aside."""

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.model.errors import BudgetSpent, Overloaded
from kg.workers.limits import Limits
from kg.workers.scheduled_query import LOWEST, MIDDLE, QueryState, ScheduledQuery
from kg.workers.scheduler import Scheduler
from kg.workers.slow_queue import SlowQueue

LONG = 10.0


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    gate = SlowQueue(tmp_path / "gate")
    thread = threading.Thread(target=gate.run)
    thread.start()
    yield tmp_path
    gate.close()
    thread.join()


@pytest.fixture
def threads() -> Iterator[ThreadPoolExecutor]:
    with ThreadPoolExecutor(20) as executor:
        yield executor


@pytest.fixture
def some(folder: Path) -> Iterator[Scheduler]:
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

    def held() -> int:
        return sum(ticket.client == client for ticket in list(lanes._tickets))

    before = held()

    def work() -> None:
        with lanes.enter(client, end()):
            (order if order is not None else []).append(client)

    future = threads.submit(work)
    until(lambda: held() > before)
    return future


def aside(ticket: ScheduledQuery, threads: ThreadPoolExecutor) -> Future[None]:
    """Have a query stand aside until its turn comes."""
    assert not ticket.slow_down()

    def work() -> None:
        with ticket:
            ticket.await_turn(None)

    return threads.submit(work)


def test_a_slot_is_free_again_when_it_is_left(some: Scheduler) -> None:
    for _ in range(3):
        with some.enter("a", end()):
            pass


def test_a_slot_is_free_again_after_a_failure(some: Scheduler) -> None:
    with pytest.raises(ZeroDivisionError), some.enter("a", end()):
        raise ZeroDivisionError
    with some.enter("a", end()):
        pass


def test_who_finds_no_slot_in_time_hears_of_overload(some: Scheduler) -> None:
    with some.enter("a", end()), pytest.raises(Overloaded):
        some.enter("a", end(0.01))


def test_clients_take_turns(some: Scheduler, threads: ThreadPoolExecutor) -> None:
    order: list[str] = []
    with some.enter("a", end()):
        waiting = [waits(some, threads, client, order) for client in "aaab"]
    for future in waiting:
        future.result(LONG)
    assert order == ["b", "a", "a", "a"]


def test_a_client_with_many_waiting_makes_room_for_another(
    some: Scheduler, threads: ThreadPoolExecutor
) -> None:
    with some.enter("a", end()):
        waiting = [waits(some, threads, "a") for _ in range(4)]
        with pytest.raises(Overloaded):
            some.enter("a", end())
        other = waits(some, threads, "b")
        with pytest.raises(Overloaded):
            waiting[-1].result(LONG)
    other.result(LONG)
    for future in waiting[:-1]:
        future.result(LONG)


def test_a_slow_query_makes_room_for_a_quick_one(some: Scheduler) -> None:
    with some.enter("a", end()) as slow:
        assert slow.slow_down()
        with some.enter("a", end()) as quick:
            assert quick.niceness == MIDDLE


def test_a_slow_query_stands_aside_until_its_turn(
    some: Scheduler, threads: ThreadPoolExecutor
) -> None:
    with some.enter("a", end()) as first:
        assert first.slow_down()
        waiting = aside(some.enter("a", end()), threads)
        with some.enter("a", end()):
            assert not waiting.done()
    waiting.result(LONG)


def test_a_slow_query_runs_on_while_nobody_wants_its_slot(
    some: Scheduler, threads: ThreadPoolExecutor
) -> None:
    with some.enter("a", end()) as first:
        assert first.slow_down()
        with some.enter("a", end()) as second:
            assert not second.slow_down()
            assert second.runs_over()
            other = waits(some, threads, "b")
            assert not second.runs_over()
    other.result(LONG)


def test_a_query_that_runs_on_moves_to_the_slow_lane_when_its_turn_comes(some: Scheduler) -> None:
    with some.enter("a", end()) as first:
        assert first.slow_down()
        second = some.enter("a", end())
        assert not second.slow_down()
    with second:
        assert second.take_turn()
        with some.enter("b", end()):
            pass


def test_a_slow_query_does_not_stand_aside_for_ever(some: Scheduler) -> None:
    with some.enter("a", end()) as first:
        assert first.slow_down()
        with some.enter("a", end(0.3)) as second:
            assert not second.slow_down()
            with pytest.raises(Overloaded) as found:
                second.await_turn(None)
        assert 5 < found.value.seconds <= LONG


def test_another_client_is_slow_at_once_and_at_higher_priority(some: Scheduler) -> None:
    with some.enter("a", end()) as first:
        assert first.slow_down()
        with some.enter("a", end()) as second:
            assert not second.slow_down()
            some.move(second, QueryState.ASIDE)
            with some.enter("b", end()) as other:
                assert other.slow_down()
                assert other.niceness < LOWEST
            assert second.niceness == LOWEST


def test_what_stands_aside_makes_room(some: Scheduler, threads: ThreadPoolExecutor) -> None:
    with some.enter("a", end()) as first:
        assert first.slow_down()
        standing = [aside(some.enter("a", end()), threads) for _ in range(4)]
        with some.enter("b", end()):
            pass
        with pytest.raises(Overloaded):
            standing[-1].result(LONG)
    for future in standing[:-1]:
        future.result(LONG)


def test_who_is_past_its_budget_comes_after_others_and_hears_of_it(
    some: Scheduler, threads: ThreadPoolExecutor
) -> None:
    some.budget.spend("a", 100)
    order: list[str] = []
    with some.enter("b", end()):
        waiting = [waits(some, threads, client, order) for client in "bab"]
        with pytest.raises(BudgetSpent) as found:
            some.enter("a", end(0.01))
    for future in waiting:
        future.result(LONG)
    assert order == ["b", "b", "a"]
    assert 30 < found.value.seconds <= 40
