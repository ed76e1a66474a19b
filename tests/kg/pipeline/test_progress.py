from collections.abc import Callable

import pytest

from kg.model.errors import KGError
from kg.pipeline.progress import BEGUN, StageLog


def clock(*seconds: float) -> Callable[[], float]:
    times = iter(seconds)
    return lambda: next(times)


def test_in_a_pipe_each_stage_is_a_line_with_its_seconds() -> None:
    written: list[str] = []
    with StageLog(written.append, False, clock(10, 10.5, 12.5, 13)) as log:
        log("load", BEGUN)
        log("load", "7 statements")
        log("add", "5 statements so far…")
        log("add", "a.ttl: 9 statements")
    lines = "".join(written).splitlines()
    assert [line.split() for line in lines] == [
        ["load", "7", "statements", "0.5", "s"],
        ["add", "5", "statements", "so", "far…"],
        ["add", "a.ttl:", "9", "statements", "2.0", "s"],
        ["total", "3.0", "s"],
    ]
    assert not any("\r" in line or "\x1b" in line for line in lines)


def test_on_a_terminal_the_line_of_a_stage_is_written_anew() -> None:
    written: list[str] = []
    with StageLog(written.append, True, clock(0, 1, 1)) as log:
        for result in (BEGUN, "5 statements so far…", "9 statements"):
            log("add", result)
    text = "".join(written)
    # One line for the stage, one for the total.
    assert text.count("\n") == 2
    assert text.count("\r\x1b[Kadd") == 3
    assert "\r\x1b[Ktotal" not in text


def test_a_stage_that_fails_leaves_the_line_to_what_is_said_of_it() -> None:
    written: list[str] = []

    def fail() -> None:
        with StageLog(written.append, True, clock(0)) as log:
            log("derive", BEGUN)
            raise KGError("no")

    with pytest.raises(KGError):
        fail()
    assert written[-1] == "\r\x1b[K"
    assert "total" not in "".join(written)
