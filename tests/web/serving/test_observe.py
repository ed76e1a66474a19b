import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from tests.publishing import publish
from tests.serving import serving
from tests.web.test_server import alive, workers
from web.serving.observe import SHARED, Event, Observer


def test_a_line_says_what_became_of_a_query_but_not_the_query(
    capfd: pytest.CaptureFixture[str],
) -> None:
    observer = Observer(log=True)
    observer.note(Event("ASK { secret }", "ok", 0.0123, 4, 567))
    observer.note(Event("ASK {\n}", "TimeLimit", 30))
    first, second = capfd.readouterr().out.splitlines()
    assert re.fullmatch(r"query=[0-9a-f]{12} outcome=ok ms=12\.3 rows=4 bytes=567", first)
    assert second.endswith(" outcome=TimeLimit ms=30000.0 rows=- bytes=0")


def test_prometheus_reads_what_was_counted(client: FlaskClient) -> None:
    def counted(outcome: str) -> float:
        text = client.get("/metrics").text
        found = re.search(rf'kg_queries_total{{outcome="{outcome}"}} ([0-9.]+)', text)
        return float(found[1]) if found else 0

    before = counted("ok"), counted("cached"), counted("QueryError")
    query = {"query": "ASK { <x:counted> ?p ?o }"}
    client.get("/sparql", query_string=query)
    client.get("/sparql", query_string=query)
    client.get("/sparql", query_string={"query": "ASK"})
    after = counted("ok"), counted("cached"), counted("QueryError")
    assert [b - a for a, b in zip(before, after, strict=True)] == [1, 1, 1]
    assert client.get("/metrics").mimetype == "text/plain"


# The client library is imported before the directory is set, as in a server.
COUNTING = """
import os, sys, prometheus_client
os.environ["PROMETHEUS_MULTIPROC_DIR"] = sys.argv[1]
from web.serving.observe import Event, Observer
observer = Observer(log=False)
observer.note(Event("ASK {}", "ok", 0.1))
print(observer.metrics().decode())
sys.stdout.flush()
if sys.argv[2] == "stays":
    sys.stdin.read()
if sys.argv[2] == "forks" and not os.fork():
    observer.note(Event("ASK {}", "ok", 0.1))
    print(observer.metrics().decode())
    sys.stdout.flush()
os._exit(9)
"""


def counting(folder: Path, then: str) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [sys.executable, "-c", COUNTING, str(folder), then],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={name: value for name, value in os.environ.items() if name != SHARED},
    )


def counts(text: str) -> dict[str, float]:
    rows = (row.rpartition(" ") for row in text.splitlines() if not row.startswith("#"))
    return {name: float(number) for name, _, number in rows if name}


def test_a_process_goes_on_where_one_that_was_killed_left_off(tmp_path: Path) -> None:
    for number in (1, 2, 3):
        seen = counts(counting(tmp_path, "ends").communicate()[0])
        assert seen['kg_queries_total{outcome="ok"}'] == number
        assert seen["kg_query_seconds_count"] == number
        assert seen["kg_process_starts_total"] == number
    assert len(list(tmp_path.glob("counter_*.db"))) == 1


def test_processes_at_the_same_time_count_together(tmp_path: Path) -> None:
    with counting(tmp_path, "stays") as first:
        assert first.stdout
        for row in iter(first.stdout.readline, "\n"):
            assert row
        seen = counts(counting(tmp_path, "ends").communicate()[0])
        first.kill()
    assert seen['kg_queries_total{outcome="ok"}'] == 2
    assert seen["kg_process_starts_total"] == 2
    assert len(list(tmp_path.glob("counter_*.db"))) == 2


def test_a_process_that_forks_does_not_count_for_its_child(tmp_path: Path) -> None:
    out = counting(tmp_path, "forks").communicate()[0]
    assert counts(out)['kg_queries_total{outcome="ok"}'] == 2
    assert len(list(tmp_path.glob("counter_*.db"))) == 2


@pytest.fixture
def served(tmp_path: Path, tiny: list[Quad]) -> Iterator[tuple[int, int]]:
    publish(tmp_path / "builds", tiny)
    with serving(tmp_path / "log", BUILDS=tmp_path / "builds") as running:
        yield running


def ask_all(port: int, numbers: range) -> None:
    """Ask one new query for each number, on a connection of its own."""

    def ask(number: int) -> int:
        with closing(HTTPConnection("127.0.0.1", port, timeout=20)) as line:
            line.request("GET", f"/sparql?query=ASK%7B%3Fs%20%3Fp%20{number}%7D")
            return line.getresponse().status

    with ThreadPoolExecutor(4) as several:
        assert set(several.map(ask, numbers)) == {200}


def seen_by_all(port: int) -> set[float]:
    """Read the total of answered queries on several connections."""
    found = set()
    for _ in range(12):
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=20) as answer:
            found.add(counts(answer.read().decode()).get('kg_queries_total{outcome="ok"}', 0))
    return found


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="there is no /proc to look in")
def test_a_served_instance_counts_over_all_its_processes(served: tuple[int, int]) -> None:
    port, server = served
    ask_all(port, range(40))
    assert seen_by_all(port) == {40}
    before = workers(server)
    for worker in before:
        os.kill(worker, signal.SIGKILL)
        deadline = time.monotonic() + 30
        while len(set(workers(server)) - {worker}) < len(before) or not alive(port):
            assert time.monotonic() < deadline
            time.sleep(0.1)
    assert seen_by_all(port) == {40}
    ask_all(port, range(40, 60))
    assert seen_by_all(port) == {60}
