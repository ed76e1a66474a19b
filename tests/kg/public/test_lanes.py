import threading
import time
from collections.abc import Callable

import pytest

from kg.errors import Overloaded
from kg.public.lanes import Lanes
from kg.public.limits import Limits

LONG = 10.0


def lanes(**limits: int) -> Lanes:
    return Lanes(Limits(**{"quick_slots": 1, "slow_slots": 1, "queue": 1} | limits))


def end(seconds: float = LONG) -> float:
    return time.monotonic() + seconds


def until(true: Callable[[], bool]) -> None:
    deadline = end()
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.001)


def test_a_slot_is_free_again_when_it_is_left() -> None:
    some = lanes()
    for _ in range(3):
        with some.enter(end()):
            pass


def test_a_slot_is_free_again_after_a_failure() -> None:
    some = lanes()
    with pytest.raises(ZeroDivisionError), some.enter(end()):
        raise ZeroDivisionError
    with some.enter(end()):
        pass


def test_who_finds_no_slot_in_time_hears_of_overload() -> None:
    some = lanes()
    with some.enter(end()), pytest.raises(Overloaded):
        some.enter(end(0.01))


def test_the_queue_has_an_end() -> None:
    some = lanes()
    entered = threading.Event()

    def wait() -> None:
        with some.enter(end()):
            entered.set()

    with some.enter(end()):
        waiting = threading.Thread(target=wait)
        waiting.start()
        until(lambda: some._waiting == 1)
        with pytest.raises(Overloaded):
            some.enter(end())
        assert not entered.is_set()
    waiting.join()
    assert entered.is_set()


def test_a_slow_query_makes_room_for_a_quick_one() -> None:
    some = lanes()
    with some.enter(end()) as slow:
        slow.slow_down()
        with some.enter(end()):
            pass


def test_the_slow_lane_has_an_end_and_says_when_it_is_free() -> None:
    some = lanes()
    with some.enter(end(5)) as slow:
        slow.slow_down()
        with some.enter(end()) as other, pytest.raises(Overloaded) as found:
            other.slow_down()
        assert 4 < found.value.seconds <= 5
    with some.enter(end()) as other:
        other.slow_down()
    with some.enter(end()):
        pass
