"""The slow queue of several processes: who gets a slot, and that no slot is lost."""

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

from kg.workers.slow_queue import SlotLease, SlotRequest, SlowQueue, register_pool
from kg.workers.worker_messages import wait_readable

HOLDER = """
import sys, time
from pathlib import Path
from kg.workers.slow_queue import SlotRequest, SlotLease
lease = SlotLease(Path(sys.argv[1]), SlotRequest("192.0.2.1", False, time.monotonic() + 30))
print(lease.seconds, flush=True)
time.sleep(30)
"""


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    queue = SlowQueue(tmp_path / "slow-queue")
    thread = threading.Thread(target=queue.run)
    thread.start()
    yield tmp_path / "slow-queue"
    queue.close()
    thread.join()


@pytest.fixture
def opened(path: Path) -> Iterator[ExitStack]:
    """Hold what is opened in a test until its end; one pool of two slots has joined."""
    with ExitStack() as stack:
        pool = register_pool(path, 2)
        assert pool
        stack.callback(pool.close)
        yield stack


def ask(path: Path, opened: ExitStack, client: str, over: bool = False) -> SlotLease:
    lease = SlotLease(path, SlotRequest(client, over, time.monotonic() + 30))
    opened.callback(lease.close)
    return lease


def granted(lease: SlotLease, seconds: float = 30) -> bool:
    if lease.seconds and wait_readable([lease.sock], seconds):
        lease.read()
    return not lease.seconds


def test_a_client_alone_gets_all_slots_and_no_more(path: Path, opened: ExitStack) -> None:
    leases = [ask(path, opened, "a") for _ in range(3)]
    assert [lease.seconds > 0 for lease in leases] == [False, False, True]
    assert 1 <= leases[2].seconds <= 30


def test_a_client_with_none_gets_the_spare_slot(path: Path, opened: ExitStack) -> None:
    for _ in range(6):
        ask(path, opened, "a")
    assert granted(ask(path, opened, "b"))
    assert not granted(ask(path, opened, "b"), 0.05)
    assert not granted(ask(path, opened, "c"), 0.05)


def test_slots_of_another_pool_are_for_all(path: Path, opened: ExitStack) -> None:
    other = register_pool(path, 2)
    assert other
    opened.callback(other.close)
    assert all(granted(ask(path, opened, "a")) for _ in range(4))
    assert not granted(ask(path, opened, "a"), 0.05)


def test_the_client_with_fewest_slots_is_next_and_clients_take_turns(
    path: Path, opened: ExitStack
) -> None:
    running = [ask(path, opened, client) for client in "aab"]
    waiting = [ask(path, opened, client) for client in "aacbc"]
    names = dict(zip(waiting, ("a1", "a2", "c1", "b1", "c2"), strict=True))
    order = []
    while names:
        running.pop(0).close()
        readable = wait_readable([lease.sock for lease in names], 30)
        (lease,) = (lease for lease in names if lease.sock.fileno() in readable)
        order.append(names.pop(lease))
        running.append(lease)
    assert order == ["c1", "a1", "b1", "c2", "a2"]


def test_a_client_past_its_budget_comes_last(path: Path, opened: ExitStack) -> None:
    first, second, _ = (ask(path, opened, client) for client in "abc")
    over, within = ask(path, opened, "d", over=True), ask(path, opened, "e")
    first.close()
    assert granted(within)
    assert not granted(over, 0.05)
    second.close()
    assert granted(over)


def test_a_slot_is_free_when_its_process_is_killed(path: Path, opened: ExitStack) -> None:
    command = [sys.executable, "-c", HOLDER, str(path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"0.0\n"
        ask(path, opened, "a")
        lease = ask(path, opened, "a")
        assert lease.seconds
        os.kill(holder.pid, signal.SIGKILL)
        assert granted(lease)


def test_without_a_slow_queue_no_query_is_held_up(tmp_path: Path) -> None:
    assert register_pool(tmp_path / "none", 2) is None
    with closing(SlotLease(tmp_path / "none", SlotRequest("a", False, 0.0))) as lease:
        assert lease.seconds == 0
