"""The processes of a served instance: how they end, and what is answered before they do."""

import json
import os
import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import quote

import pytest
from pyoxigraph import Quad

from tests.publishing import publish
from tests.serving import serving, tree

# Pairs of statements sixty times over, and triples of them: seconds, and minutes.
SLOW = (
    f"SELECT (COUNT(*) AS ?n) {{ VALUES ?x {{ {' '.join(map(str, range(60)))} }} "
    "?a ?b ?c . ?d ?e ?f . FILTER(STRLEN(STR(?c)) + ?x != STRLEN(STR(?f))) }"
)
ENDLESS = SLOW.replace("FILTER", "?g ?h ?i . FILTER")


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Path:
    root = tmp_path_factory.mktemp("builds")
    publish(root, tiny)
    return root


def running(processes: list[int]) -> list[int]:
    return [pid for pid in processes if _state(pid) not in ("", "Z")]


def _state(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    return ""


def gone(processes: list[int], seconds: float) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if not running(processes):
            return True
        time.sleep(0.05)
    return False


def ask(port: int, query: str, answers: list[tuple[int, bytes]]) -> None:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    with suppress(OSError):
        line.request("GET", f"/sparql?query={quote(query)}", headers={"Accept": "application/json"})
        answer = line.getresponse()
        answers.append((answer.status, answer.read()))
    line.close()


@pytest.fixture
def asking(builds: Path, tmp_path: Path) -> Iterator[tuple[int, int, threading.Thread, list]]:
    """Serve, with a slow query under way; yield port, process, who asks, and the answers."""
    answers: list[tuple[int, bytes]] = []
    with serving(tmp_path / "log", BUILDS=builds) as (port, process):
        ask(port, "ASK {}", answers)
        thread = threading.Thread(target=ask, args=(port, SLOW, answers))
        thread.start()
        time.sleep(0.5)
        yield port, process, thread, answers
        thread.join()


def test_nothing_outlives_a_main_process_that_was_killed(
    asking: tuple[int, int, threading.Thread, list[tuple[int, bytes]]],
) -> None:
    port, process, _, answers = asking
    processes = tree(process)
    assert len(answers) == 1
    assert len(processes) > 4
    os.kill(process, signal.SIGKILL)
    assert gone(processes, 2)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        probe.bind(("127.0.0.1", port))
        probe.listen()


def test_sigterm_ends_all_when_what_is_under_way_has_been_answered(
    asking: tuple[int, int, threading.Thread, list[tuple[int, bytes]]],
) -> None:
    port, process, thread, answers = asking
    processes = tree(process)
    os.kill(process, signal.SIGTERM)
    thread.join()
    assert [status for status, _ in answers] == [200, 200]
    assert json.loads(answers[1][1])["results"]["bindings"]
    assert gone(processes, 5)
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), timeout=1)


def test_sigterm_does_not_wait_longer_than_a_query_may_take(builds: Path, tmp_path: Path) -> None:
    answers: list[tuple[int, bytes]] = []
    with serving(tmp_path / "log", BUILDS=builds, QUERY_SECONDS=3) as (port, process):
        thread = threading.Thread(target=ask, args=(port, ENDLESS, answers))
        thread.start()
        time.sleep(0.5)
        processes = tree(process)
        os.kill(process, signal.SIGTERM)
        assert gone(processes, 12)
        thread.join()
    assert [status for status, _ in answers] == [422]
