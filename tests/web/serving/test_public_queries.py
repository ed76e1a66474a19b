"""Clients of a served instance share its time, whichever of its processes they come to."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPException
from itertools import count
from urllib.parse import urlencode

import pytest
from pyoxigraph import Quad

from tests.publishing import publish
from tests.serving import serving

GREEDY, HONEST = "127.0.0.1", "127.0.0.2"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } # "
QUICK = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o } # "
# Some tenths of a second more than `quick_seconds`.
SLOW = """SELECT (COUNT(*) AS ?n) { { SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 800 }
{ SELECT ?g { ?g ?h ?i . ?j ?k ?l } LIMIT 800 } FILTER(STR(?a) > STR(?g)) } # """
# No answer is taken from what was asked before.
numbers = count()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Iterator[int]:
    root = tmp_path_factory.mktemp("shares")
    publish(root / "builds", tiny)
    # The server ends when the last endless query does.
    with serving(root / "log", BUILDS=root / "builds", QUERY_SECONDS=12) as (port, _):
        yield port


def ask(port: int, address: str, query: str) -> int:
    line = HTTPConnection("127.0.0.1", port, timeout=60, source_address=(address, 0))
    with closing(line):
        target = "/sparql?" + urlencode({"query": f"{query}{next(numbers)}"})
        line.request("GET", target, headers={"Accept": "application/json"})
        answer = line.getresponse()
        answer.read()
        return answer.status


@contextmanager
def greedy(port: int, connections: int) -> Iterator[None]:
    """Ask slow queries over so many connections."""
    stop = threading.Event()

    def work() -> None:
        # The server ends before the last of them is answered.
        with suppress(OSError, HTTPException):
            while not stop.is_set():
                ask(port, GREEDY, ENDLESS)

    for _ in range(connections):
        threading.Thread(target=work, daemon=True).start()
    yield
    stop.set()


def asked(port: int, address: str, query: str) -> list[int]:
    return [ask(port, address, query) for _ in range(3)]


def test_quick_queries_go_on_beside_slow_ones_of_the_same_client(port: int) -> None:
    with greedy(port, 8):
        assert asked(port, GREEDY, QUICK) == [200] * 3


@pytest.mark.parametrize("connections", [6, 60])
def test_a_client_with_many_slow_queries_keeps_no_other_from_answers(
    port: int, connections: int
) -> None:
    with greedy(port, connections), ThreadPoolExecutor() as asking:
        slow = asking.submit(asked, port, HONEST, SLOW)
        quick = asking.submit(asked, port, HONEST, QUICK)
    assert slow.result() == quick.result() == [200] * 3
