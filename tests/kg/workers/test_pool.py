"""Workers of a real fork server: their results, and the end of queries that take too much."""

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
from kg.store.manifest import STORE
from kg.workers.pool import WorkerPool
from kg.workers.query_limits import Limits
from kg.workers.supervisor import Supervisor
from tests.publishing import publish

TRIPLES = "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
ENDLESS = f"SELECT (COUNT(*) AS ?n) {TRIPLES}"
HUNGRY = f"SELECT * {TRIPLES} ORDER BY ?o ?a"
# Some tenths of a second more than `quick_seconds`.
SLOW = """SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 1000 }
{ SELECT ?g { ?g ?h ?i . ?j ?k ?l } LIMIT 1000 } FILTER(STR(?a) > STR(?g)) }"""
CLIENT = """
import sys
from pathlib import Path
from kg.workers.query_limits import Limits
from kg.workers.pool import WorkerPool
from kg.endpoint.request import QueryRequest
WorkerPool(Path(sys.argv[1]), Limits()).run(QueryRequest(sys.argv[2]))
"""
# A deadline for what should happen at once, on a machine that has other work.
PATIENCE = 60.0
LIMITS = Limits(query_seconds=1, query_memory=100_000_000, quick_seconds=0.3, slow_slots=1)


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Path:
    root = tmp_path_factory.mktemp("builds")
    publish(root, tiny)
    return root


@pytest.fixture(scope="module")
def supervisor(builds: Path) -> Iterator[Supervisor]:
    supervisor = Supervisor(
        "web.forkserver", {"BUILDS": builds, "QUERY_MEMORY": LIMITS.query_memory}
    )
    yield supervisor
    supervisor.close()


@pytest.fixture
def pool(supervisor: Supervisor) -> Iterator[WorkerPool]:
    pool = WorkerPool(supervisor.socket, LIMITS)
    yield pool
    pool.close()


def start(pool: WorkerPool, query: str, **more: Any) -> "Future[QueryResult]":
    """Run a query in a thread."""
    future: Future[QueryResult] = Future()

    def work() -> None:
        try:
            future.set_result(pool.run(QueryRequest(query, **more)))
        except KGError as error:
            future.set_exception(error)

    threading.Thread(target=work).start()
    return future


def running(supervisor: Supervisor, *pools: WorkerPool) -> set[int]:
    """Return the workers of the fork server that are not idle in these pools."""
    pids = Path(f"/proc/{supervisor.pid}/task/{supervisor.pid}/children").read_text()
    idle = {pid for pool in pools for pid in pool.idle_workers()}
    return {int(pid) for pid in pids.split() if "\nState:\tZ" not in _status(int(pid))} - idle


def cpu_ticks(pid: int) -> int:
    """Return the hundredths of a second that a process has worked (`man proc_pid_stat`)."""
    return sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]))


def is_slow(pid: int) -> bool:
    """Tell whether a worker's query is in a slow slot, where a thread of it has lost priority."""
    tasks = Path(f"/proc/{pid}/task").glob("*/stat")
    return any(int(task.read_text().rpartition(")")[2].split()[16]) > 0 for task in tasks)


def until(true: Callable[[], object]) -> None:
    """Wait for a fact; the deadline is only for a test that would never end."""
    deadline = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < deadline
        time.sleep(0.01)


def count(pool: WorkerPool) -> int:
    result = pool.run(QueryRequest("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    return int(json.loads(result.body)["results"]["bindings"][0]["n"]["value"])


def test_a_worker_is_used_for_one_query_after_another(pool: WorkerPool) -> None:
    assert count(pool) == count(pool) > 0
    assert len(pool.idle_workers()) == 1


def test_an_error_of_a_query_arrives_unchanged(pool: WorkerPool) -> None:
    with pytest.raises(QueryError) as found:
        pool.run(QueryRequest("SELECT *\n{ ?s ?p }"))
    assert (found.value.line, found.value.column) == (2, 10)
    with pytest.raises(NoAcceptableFormat) as unsuitable:
        pool.run(QueryRequest("ASK {}", rows_type=""))
    assert unsuitable.value.graph is False


def test_a_query_that_takes_too_long_is_stopped_at_the_limit(
    supervisor: Supervisor, pool: WorkerPool
) -> None:
    before = running(supervisor, pool)
    began = time.monotonic()
    endless = start(pool, ENDLESS)
    workers: set[int] = set()
    until(lambda: workers.update(running(supervisor, pool) - before) or workers)
    with pytest.raises(TimeLimit, match="1 s"):
        endless.result(PATIENCE)
    assert time.monotonic() - began > 0.9
    for worker in workers:
        assert_gone(worker)
    assert count(pool) > 0


def test_a_query_is_cancelled_by_its_handle_in_any_pool(
    supervisor: Supervisor, pool: WorkerPool
) -> None:
    handle = "0123456789abcdef0123456789abcdef"
    patient = WorkerPool(supervisor.socket, replace(LIMITS, query_seconds=30))
    ended: list[Exception] = []

    def wait() -> None:
        try:
            patient.run(QueryRequest(ENDLESS, handle=handle, timeout=30))
        except Stopped as error:
            ended.append(error)

    waiting = threading.Thread(target=wait)
    waiting.start()
    while not pool.cancel(handle):
        assert waiting.is_alive()
    waiting.join(PATIENCE)
    assert len(ended) == 1
    assert not pool.cancel(handle)
    assert count(patient) > 0
    patient.close()


@pytest.mark.parametrize("handle", ["", "short", "../../elsewhere/else/quite"])
def test_an_invalid_handle_cancels_nothing(pool: WorkerPool, handle: str) -> None:
    assert pool.run(QueryRequest("ASK { ?s ?p ?o }", handle=handle)).body
    assert not pool.cancel(handle)


def test_a_client_may_ask_for_less_time_but_not_for_more(pool: WorkerPool) -> None:
    with pytest.raises(TimeLimit) as less:
        pool.run(QueryRequest(ENDLESS, timeout=0.4))
    with pytest.raises(TimeLimit) as more:
        pool.run(QueryRequest(ENDLESS, timeout=100))
    assert (less.value.limit, more.value.limit) == (0.4, LIMITS.query_seconds)


def test_a_query_that_takes_too_much_memory_is_stopped(supervisor: Supervisor) -> None:
    pool = WorkerPool(supervisor.socket, Limits(query_seconds=20, query_memory=LIMITS.query_memory))
    with pytest.raises(MemoryLimit, match="100"):
        pool.run(QueryRequest(HUNGRY))
    assert count(pool) > 0
    pool.close()


def test_a_result_that_is_too_large_is_an_error_and_not_cut(pool: WorkerPool) -> None:
    with pytest.raises(SizeLimit):
        pool.run(QueryRequest("SELECT * { ?a ?b ?c }", max_bytes=1000))


def test_quick_queries_get_past_slow_ones(supervisor: Supervisor) -> None:
    pool = WorkerPool(supervisor.socket, replace(LIMITS, query_seconds=20))
    slow = [start(pool, ENDLESS, timeout=2) for _ in range(4)]
    while not all(future.done() for future in slow):
        assert count(pool) > 0
    ended = {type(future.exception()) for future in slow}
    assert TimeLimit in ended
    assert ended <= {TimeLimit, Overloaded}
    pool.close()


def test_as_many_workers_wait_as_queries_run_at_once(supervisor: Supervisor) -> None:
    pool = WorkerPool(supervisor.socket, replace(LIMITS, query_seconds=60, slow_slots=2))
    for query in [start(pool, SLOW, client=client) for client in "ab"]:
        query.result(PATIENCE)
    assert len(pool.idle_workers()) == LIMITS.quick_slots
    pool.close()


def test_a_slow_query_gets_its_turn_when_another_has_ended(supervisor: Supervisor) -> None:
    pool = WorkerPool(supervisor.socket, replace(LIMITS, query_seconds=20))
    first = start(pool, ENDLESS, timeout=5)
    until(lambda: any(is_slow(pid) for pid in running(supervisor, pool)))
    slow = start(pool, SLOW, timeout=20)
    assert isinstance(first.exception(PATIENCE), TimeLimit)
    assert slow.result(PATIENCE).body
    pool.close()


def test_a_client_without_slow_queries_has_a_slot_beside_one_that_has_many(
    supervisor: Supervisor,
) -> None:
    pools = [WorkerPool(supervisor.socket, replace(LIMITS, query_seconds=20)) for _ in range(2)]
    many = [start(pool, ENDLESS, timeout=4, client="192.0.2.1") for pool in pools * 3]
    until(lambda: sum(is_slow(pid) for pid in running(supervisor, *pools)) >= 2)
    for _ in range(2):
        for pool in pools:
            assert start(pool, SLOW, timeout=20, client="192.0.2.2").result(PATIENCE).body
    for future in many:
        assert isinstance(future.exception(PATIENCE), TimeLimit | Overloaded)
    for pool in pools:
        pool.close()


def test_an_idle_worker_that_dies_costs_no_query(pool: WorkerPool) -> None:
    count(pool)
    (worker,) = pool.idle_workers()
    os.kill(worker, signal.SIGKILL)
    assert count(pool) > 0
    assert worker not in pool.idle_workers()


@pytest.mark.parametrize("kill", [signal.SIGKILL, signal.SIGSEGV])
def test_a_query_runs_once_more_when_its_worker_is_killed(
    supervisor: Supervisor, kill: signal.Signals
) -> None:
    pool = WorkerPool(supervisor.socket, replace(LIMITS, query_seconds=20))
    lost = start(pool, ENDLESS, timeout=20)
    for _ in range(2):
        until(lambda: any(cpu_ticks(pid) > 5 for pid in running(supervisor, pool)))
        (worker,) = running(supervisor, pool)
        os.kill(worker, kill)
        assert_gone(worker)
    error = lost.exception(PATIENCE)
    assert isinstance(error, WorkerLost)
    assert str(-kill) in str(error)
    assert count(pool) > 0
    pool.close()


def test_a_query_outlives_its_worker_and_the_fork_server(builds: Path) -> None:
    supervisor = Supervisor("web.forkserver", {"BUILDS": builds})
    limits = Limits(query_seconds=PATIENCE, quick_seconds=PATIENCE)
    pool = WorkerPool(supervisor.socket, limits)
    lost = start(pool, SLOW, timeout=PATIENCE)
    until(lambda: any(cpu_ticks(pid) > 5 for pid in running(supervisor, pool)))
    (worker,) = running(supervisor, pool)
    os.kill(supervisor.pid, signal.SIGKILL)
    os.kill(worker, signal.SIGKILL)
    assert lost.result(PATIENCE).body
    pool.close()
    supervisor.close()


def test_a_busy_worker_ends_when_its_server_is_killed(
    supervisor: Supervisor, pool: WorkerPool
) -> None:
    before = running(supervisor, pool)
    command = [sys.executable, "-c", CLIENT, str(supervisor.socket), ENDLESS]
    with subprocess.Popen(command) as client:
        until(lambda: any(cpu_ticks(pid) > 5 for pid in running(supervisor, pool) - before))
        (worker,) = running(supervisor, pool) - before
        client.kill()
    assert_gone(worker)


def test_look_ups_on_disk_take_no_memory_of_a_query(tmp_path: Path, tiny: list[Quad]) -> None:
    manifest = publish(tmp_path, tiny)
    engine = Store(tmp_path / manifest.number / STORE)
    engine.bulk_extend(tiny)
    engine.flush()
    del engine
    few = 50_000_000
    supervisor = Supervisor(
        "web.forkserver", {"BUILDS": tmp_path, "QUERY_MEMORY": few, "MEMORY_QUADS": 1}
    )
    pool = WorkerPool(supervisor.socket, Limits(query_memory=few))
    assert {count(pool) for _ in range(100)} == {manifest.triples}
    assert len(pool.idle_workers()) == 1
    with pytest.raises(MemoryLimit):
        pool.run(QueryRequest(HUNGRY))
    pool.close()
    supervisor.close()


def test_workers_end_with_their_pool(supervisor: Supervisor) -> None:
    pool = WorkerPool(supervisor.socket, LIMITS)
    count(pool)
    (worker,) = pool.idle_workers()
    pool.close()
    assert_gone(worker)


def test_a_request_for_a_new_build_is_run_on_it(
    supervisor: Supervisor, builds: Path, tiny: list[Quad]
) -> None:
    pool = WorkerPool(supervisor.socket, LIMITS)
    before = count(pool)
    manifest = publish(builds, tiny[:-1])
    result = pool.run(QueryRequest("ASK {}", build=manifest.number))
    assert result.build == manifest.number
    assert count(pool) < before
    publish(builds, tiny)
    pool.close()


def test_the_fork_server_is_restarted(builds: Path) -> None:
    supervisor = Supervisor("web.forkserver", {"BUILDS": builds})
    pool = WorkerPool(supervisor.socket, Limits())
    count(pool)
    first = supervisor.pid
    os.kill(first, signal.SIGKILL)
    assert_gone(first)
    pool.close()
    assert count(pool) > 0
    assert supervisor.pid != first
    pool.close()
    supervisor.close()
    assert_gone(supervisor.pid)


def assert_gone(pid: int) -> None:
    deadline = time.monotonic() + PATIENCE
    while Path(f"/proc/{pid}").exists() and "\nState:\tZ" not in _status(pid):
        assert time.monotonic() < deadline
        time.sleep(0.01)


def _status(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return "\nState:\tZ"
