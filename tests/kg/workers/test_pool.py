"""Children of a real nursery: what they answer, and how each way to run on is ended."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyoxigraph import Quad, Store

from kg.endpoint.request import NoAcceptableFormat, QueryRequest, QueryResult
from kg.model.errors import (
    KGError,
    MemoryLimit,
    Overloaded,
    QueryError,
    SizeLimit,
    Stopped,
    TimeLimit,
    WorkerLost,
)
from kg.pipeline.publish import publish
from kg.store.manifest import STORE
from kg.workers.limits import Limits
from kg.workers.pool import WorkerPool
from kg.workers.supervisor import Supervisor

TRIPLES = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {TRIPLES}"
HUNGRY = f"SELECT * {TRIPLES} ORDER BY ?o ?a"
# Some tenths of a second more than `quick_seconds`.
SLOW = """SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 1000 }
{ SELECT ?g { ?g ?h ?i . ?j ?k ?l } LIMIT 1000 } FILTER(STR(?a) > STR(?g)) }"""
ASKER = """
import sys
from pathlib import Path
from kg.workers.limits import Limits
from kg.workers.pool import WorkerPool
from kg.endpoint.request import QueryRequest
WorkerPool(Path(sys.argv[1]), Limits()).ask(QueryRequest(sys.argv[2]))
"""
LIMITS = Limits(query_seconds=1, query_memory=100_000_000, quick_seconds=0.3, slow_slots=1)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Path:
    root = tmp_path_factory.mktemp("builds")
    publish(root, tiny)
    return root


@pytest.fixture(scope="module")
def keeper(builds: Path) -> Iterator[Supervisor]:
    keeper = Supervisor("web.forkserver", {"BUILDS": builds, "QUERY_MEMORY": LIMITS.query_memory})
    yield keeper
    keeper.close()


@pytest.fixture
def pool(keeper: Supervisor) -> Iterator[WorkerPool]:
    pool = WorkerPool(keeper.socket, LIMITS)
    yield pool
    pool.close()


def asking(pool: WorkerPool, query: str, **more: Any) -> "Future[QueryResult]":
    """Ask in a thread."""
    future: Future[QueryResult] = Future()

    def work() -> None:
        try:
            future.set_result(pool.ask(QueryRequest(query, **more)))
        except KGError as error:
            future.set_exception(error)

    threading.Thread(target=work).start()
    return future


def running(keeper: Supervisor, *pools: WorkerPool) -> set[int]:
    """Return the children of the nursery that do not wait in these pools for a question."""
    told = Path(f"/proc/{keeper.pid}/task/{keeper.pid}/children").read_text()
    idle = {child for pool in pools for child in pool.children()}
    return {int(pid) for pid in told.split() if "\nState:\tZ" not in _status(int(pid))} - idle


def cpu_ticks(pid: int) -> int:
    """Return the hundredths of a second that a process has worked (`man proc_pid_stat`)."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def until(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + 10
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def count(pool: WorkerPool) -> int:
    found = pool.ask(QueryRequest("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    return int(json.loads(found.body)["results"]["bindings"][0]["n"]["value"])


def test_a_query_is_answered_by_a_child_that_is_used_again(pool: WorkerPool) -> None:
    assert count(pool) == count(pool) > 0
    assert len(pool.children()) == 1


def test_what_is_wrong_with_a_query_comes_back_as_it_was(pool: WorkerPool) -> None:
    with pytest.raises(QueryError) as found:
        pool.ask(QueryRequest("SELECT *\n{ ?s ?p }"))
    assert (found.value.line, found.value.column) == (2, 10)
    with pytest.raises(NoAcceptableFormat) as unsuitable:
        pool.ask(QueryRequest("ASK {}", results=""))
    assert unsuitable.value.graph is False


def test_a_query_that_takes_too_long_is_stopped_at_the_limit(pool: WorkerPool) -> None:
    start = time.monotonic()
    with pytest.raises(TimeLimit, match="1 s"):
        pool.ask(QueryRequest(ENDLESS))
    assert 0.9 < time.monotonic() - start < 10
    assert count(pool) > 0


def test_a_query_is_stopped_by_its_handle_in_whatever_pool_it_is_asked(
    keeper: Supervisor, pool: WorkerPool
) -> None:
    handle = "0123456789abcdef0123456789abcdef"
    patient = WorkerPool(keeper.socket, replace(LIMITS, query_seconds=30))
    ended: list[Exception] = []

    def wait() -> None:
        try:
            patient.ask(QueryRequest(ENDLESS, handle=handle, seconds=30))
        except Stopped as error:
            ended.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not pool.stop(handle):
        assert waiting.is_alive()
    waiting.join(10)
    assert len(ended) == 1
    assert not pool.stop(handle)
    assert count(patient) > 0
    patient.close()


@pytest.mark.parametrize("handle", ["", "short", "../../elsewhere/else/quite"])
def test_what_is_no_handle_stops_nothing(pool: WorkerPool, handle: str) -> None:
    assert pool.ask(QueryRequest("ASK { ?s ?p ?o }", handle=handle)).body
    assert not pool.stop(handle)


def test_a_client_may_ask_for_less_time_but_not_for_more(pool: WorkerPool) -> None:
    start = time.monotonic()
    with pytest.raises(TimeLimit):
        pool.ask(QueryRequest(ENDLESS, seconds=0.4))
    assert time.monotonic() - start < 0.9
    with pytest.raises(TimeLimit):
        pool.ask(QueryRequest(ENDLESS, seconds=100))


def test_a_query_that_takes_too_much_memory_is_stopped(keeper: Supervisor) -> None:
    pool = WorkerPool(keeper.socket, Limits(query_seconds=20, query_memory=LIMITS.query_memory))
    with pytest.raises(MemoryLimit, match="100"):
        pool.ask(QueryRequest(HUNGRY))
    assert count(pool) > 0
    pool.close()


def test_an_answer_that_is_too_large_is_an_error_and_not_cut(pool: WorkerPool) -> None:
    with pytest.raises(SizeLimit):
        pool.ask(QueryRequest("SELECT * { ?a ?b ?c }", largest=1000))


def test_quick_queries_get_past_slow_ones(keeper: Supervisor) -> None:
    pool = WorkerPool(keeper.socket, replace(LIMITS, query_seconds=20))
    slow = [asking(pool, ENDLESS, seconds=2) for _ in range(4)]
    while not all(future.done() for future in slow):
        assert count(pool) > 0
    ended = {type(future.exception()) for future in slow}
    assert TimeLimit in ended
    assert ended <= {TimeLimit, Overloaded}
    pool.close()


def test_a_slow_query_gets_its_turn_when_another_has_ended(keeper: Supervisor) -> None:
    pool = WorkerPool(keeper.socket, replace(LIMITS, query_seconds=20))
    first = asking(pool, ENDLESS, seconds=3)
    # Longer than `quick_seconds`, and so in the slow lane.
    until(lambda: any(cpu_ticks(pid) > 50 for pid in running(keeper, pool)))
    slow = asking(pool, SLOW, seconds=20)
    assert isinstance(first.exception(20), TimeLimit)
    assert slow.result(20).body
    pool.close()


def test_a_client_without_slow_queries_has_a_slot_beside_one_that_has_many(
    keeper: Supervisor,
) -> None:
    pools = [WorkerPool(keeper.socket, replace(LIMITS, query_seconds=20)) for _ in range(2)]
    many = [asking(pool, ENDLESS, seconds=8, client="192.0.2.1") for pool in pools * 3]
    until(lambda: sum(cpu_ticks(pid) > 50 for pid in running(keeper, *pools)) >= 2)
    for _ in range(2):
        for pool in pools:
            assert asking(pool, SLOW, seconds=20, client="192.0.2.2").result(30).body
    for future in many:
        assert isinstance(future.exception(20), TimeLimit | Overloaded)
    for pool in pools:
        pool.close()


def test_a_child_that_dies_while_it_waits_costs_no_query(pool: WorkerPool) -> None:
    count(pool)
    (child,) = pool.children()
    os.kill(child, signal.SIGKILL)
    assert count(pool) > 0
    assert child not in pool.children()


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGSEGV])
def test_a_query_is_asked_once_more_when_others_kill_its_child(
    keeper: Supervisor, kill: signal.Signals
) -> None:
    pool = WorkerPool(keeper.socket, replace(LIMITS, query_seconds=20))
    asked = asking(pool, ENDLESS, seconds=20)
    for _ in range(2):
        until(lambda: any(cpu_ticks(pid) > 5 for pid in running(keeper, pool)))
        (child,) = running(keeper, pool)
        os.kill(child, kill)
        assert_gone(child)
    lost = asked.exception(20)
    assert isinstance(lost, WorkerLost)
    assert str(-kill) in str(lost)
    assert count(pool) > 0
    pool.close()


def test_a_busy_child_ends_when_its_server_is_killed(keeper: Supervisor, pool: WorkerPool) -> None:
    before = running(keeper, pool)
    command = [sys.executable, "-c", ASKER, str(keeper.socket), ENDLESS]
    with subprocess.Popen(command) as asker:
        until(lambda: any(cpu_ticks(pid) > 5 for pid in running(keeper, pool) - before))
        (child,) = running(keeper, pool) - before
        asker.kill()
    assert_gone(child, 5)


def test_look_ups_on_disk_take_no_memory_of_a_query(tmp_path: Path, tiny: list[Quad]) -> None:
    manifest = publish(tmp_path, tiny)
    engine = Store(tmp_path / manifest.number / STORE)
    engine.bulk_extend(tiny)
    engine.flush()
    del engine
    few = 50_000_000
    keeper = Supervisor(
        "web.forkserver", {"BUILDS": tmp_path, "QUERY_MEMORY": few, "MEMORY_QUADS": 1}
    )
    pool = WorkerPool(keeper.socket, Limits(query_memory=few))
    assert {count(pool) for _ in range(100)} == {manifest.triples}
    assert len(pool.children()) == 1
    with pytest.raises(MemoryLimit):
        pool.ask(QueryRequest(HUNGRY))
    pool.close()
    keeper.close()


def test_children_end_with_their_pool(keeper: Supervisor) -> None:
    pool = WorkerPool(keeper.socket, LIMITS)
    count(pool)
    (child,) = pool.children()
    pool.close()
    assert_gone(child)


def test_a_new_build_is_asked_once_it_is_wanted(
    keeper: Supervisor, builds: Path, tiny: list[Quad]
) -> None:
    pool = WorkerPool(keeper.socket, LIMITS)
    before = count(pool)
    manifest = publish(builds, tiny[:-1])
    found = pool.ask(QueryRequest("ASK {}", number=manifest.number))
    assert found.number == manifest.number
    assert count(pool) < before
    publish(builds, tiny)
    pool.close()


def test_the_nursery_is_started_again(builds: Path) -> None:
    keeper = Supervisor("web.forkserver", {"BUILDS": builds})
    pool = WorkerPool(keeper.socket, Limits())
    count(pool)
    first = keeper.pid
    os.kill(first, signal.SIGKILL)
    assert_gone(first)
    pool.close()
    assert count(pool) > 0
    assert keeper.pid != first
    pool.close()
    keeper.close()
    assert_gone(keeper.pid)


def assert_gone(pid: int, seconds: float = 10) -> None:
    deadline = time.monotonic() + seconds
    while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in _status(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "\nState:\tZ"
