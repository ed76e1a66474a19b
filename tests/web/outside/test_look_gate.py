"""How many requests to other datasets are let through."""

from contextlib import ExitStack

import pytest

from kg.outside.errors import OutsideBudget, OutsideBusy
from web.outside.look_gate import LookGate, LookLimits


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_so_many_are_under_way_at_once() -> None:
    gate = LookGate(LookLimits(at_once=3, at_once_each=2), Clock())
    with ExitStack() as under_way:
        under_way.enter_context(gate.enter("a"))
        under_way.enter_context(gate.enter("a"))
        with pytest.raises(OutsideBusy), gate.enter("a"):
            pass
        under_way.enter_context(gate.enter("b"))
        with pytest.raises(OutsideBusy), gate.enter("c"):
            pass
    with gate.enter("c"):
        pass


def test_a_failure_gives_its_place_back() -> None:
    gate = LookGate(LookLimits(at_once=1), Clock())
    for _ in range(3):
        with pytest.raises(RuntimeError), gate.enter("a"):
            raise RuntimeError


def test_so_many_are_let_through_in_a_minute() -> None:
    clock = Clock()
    gate = LookGate(LookLimits(minute=3, minute_each=2), clock)
    for moment, client in ((0, "a"), (10, "a"), (20, "b")):
        clock.now = moment
        with gate.enter(client):
            pass
    with pytest.raises(OutsideBudget) as budget, gate.enter("a"):
        pass
    assert budget.value.seconds == 40
    with pytest.raises(OutsideBusy) as busy, gate.enter("c"):
        pass
    assert busy.value.seconds == 40
    clock.now = 60
    with gate.enter("a"):
        pass
