"""The slow lane of several processes: who gets a place, and that no place is lost."""

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from kg.workers.messages import wait_readable
from kg.workers.slow_queue import SlotLease, SlotRequest, SlowQueue, register_pool

HOLDER = """
import sys, time
from pathlib import Path
from kg.workers.slow_queue import SlotRequest, SlotLease
turn = SlotLease(Path(sys.argv[1]), SlotRequest("192.0.2.1", False, time.monotonic() + 30))
print(turn.seconds, flush=True)
time.sleep(30)
"""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    gate = SlowQueue(tmp_path / "gate")
    thread = threading.Thread(target=gate.run)
    thread.start()
    yield tmp_path / "gate"
    gate.close()
    thread.join()


@pytest.fixture
def held(path: Path) -> Iterator[ExitStack]:
    """Hold what is opened in a test until its end; one pool of two slots has joined."""
    with ExitStack() as stack:
        pool = register_pool(path, 2)
        assert pool
        stack.callback(pool.close)
        yield stack


def ask(path: Path, held: ExitStack, client: str, over: bool = False) -> SlotLease:
    turn = SlotLease(path, SlotRequest(client, over, time.monotonic() + 30))
    held.callback(turn.close)
    return turn


def granted(turn: SlotLease, seconds: float = 5) -> bool:
    if turn.seconds and wait_readable([turn.line], seconds):
        turn.read()
    return not turn.seconds


def test_a_client_alone_gets_all_slots_and_no_more(path: Path, held: ExitStack) -> None:
    turns = [ask(path, held, "a") for _ in range(3)]
    assert [turn.seconds > 0 for turn in turns] == [False, False, True]
    assert 1 <= turns[2].seconds <= 30


def test_a_client_with_none_gets_the_spare_slot(path: Path, held: ExitStack) -> None:
    for _ in range(6):
        ask(path, held, "a")
    assert granted(ask(path, held, "b"))
    assert not granted(ask(path, held, "b"), 0.05)
    assert not granted(ask(path, held, "c"), 0.05)


def test_slots_of_another_pool_are_for_all(path: Path, held: ExitStack) -> None:
    other = register_pool(path, 2)
    assert other
    held.callback(other.close)
    assert all(granted(ask(path, held, "a")) for _ in range(4))
    assert not granted(ask(path, held, "a"), 0.05)


def test_the_client_with_fewest_places_is_next_and_clients_take_turns(
    path: Path, held: ExitStack
) -> None:
    running = [ask(path, held, client) for client in "aab"]
    waiting = [ask(path, held, client) for client in "aacbc"]
    names = dict(zip(waiting, ("a1", "a2", "c1", "b1", "c2"), strict=True))
    order = []
    while names:
        running.pop(0).close()
        spoken = wait_readable([turn.line for turn in names], 5)
        (turn,) = (turn for turn in names if turn.line.fileno() in spoken)
        order.append(names.pop(turn))
        running.append(turn)
    assert order == ["c1", "a1", "b1", "c2", "a2"]


def test_who_is_past_its_budget_comes_last(path: Path, held: ExitStack) -> None:
    first, second, _ = (ask(path, held, client) for client in "abc")
    over, within = ask(path, held, "d", over=True), ask(path, held, "e")
    first.close()
    assert granted(within)
    assert not granted(over, 0.05)
    second.close()
    assert granted(over)


def test_a_place_is_free_when_its_process_is_killed(path: Path, held: ExitStack) -> None:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"0.0\n"
        ask(path, held, "a")
        turn = ask(path, held, "a")
        assert turn.seconds
        os.kill(holder.pid, signal.SIGKILL)
        assert granted(turn)


def test_without_a_gate_no_query_is_held_up(tmp_path: Path) -> None:
    assert register_pool(tmp_path / "none", 2) is None
    with closing(SlotLease(tmp_path / "none", SlotRequest("a", False, 0.0))) as turn:
        assert turn.seconds == 0
