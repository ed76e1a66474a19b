"""Several servers as one: which is asked, which is set aside and why, and what is asked again."""

import logging
import os
import threading
from collections.abc import Callable, Iterator

import pytest

from kg.model.errors import SizeLimit
from kg.store.remote.errors import EngineFailed, EngineSlow, EngineUnavailable
from kg.store.remote.http_client import EngineLost, HttpClient
from kg.store.remote.query_bounds import QueryBounds
from kg.store.remote.replicas import MARKER_SECONDS, Replicas
from tests.kg.store.remote.conftest import ScriptedServer, Serve

HEAD = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\nContent-Length: "
CUT = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"
BUILD = "aaaaaaaaaaaa"

Connect = Callable[..., Replicas[HttpClient]]


def answer(body: bytes) -> bytes:
    return HEAD + f"{len(body)}\r\n\r\n".encode() + body


def bounds(max_bytes: int = 1000) -> QueryBounds:
    return QueryBounds.of(10, max_bytes)


@pytest.fixture
def held() -> dict[str, str]:
    """Return which build each server holds, by its URL, unless it is `BUILD`."""
    return {}


@pytest.fixture
def released() -> Iterator[threading.Event]:
    """Return what a server that is stuck waits for."""
    event = threading.Event()
    yield event
    event.set()


@pytest.fixture
def connect(held: dict[str, str], released: threading.Event) -> Iterator[Connect]:
    made: list[Replicas[HttpClient]] = []

    def read_marker(client: HttpClient, _: QueryBounds) -> str:
        number = held.get(client.url, BUILD)
        if number == "lost":
            raise EngineLost(f"{client.url} does not answer")
        if number == "slow":
            raise EngineSlow("the SPARQL engine takes more than 10 s")
        if number == "stuck":
            released.wait()
        if number == "error":
            raise EngineFailed(f"{client.url} answers HTTP 500")
        return number

    def start(*servers: ScriptedServer, interval: float = MARKER_SECONDS) -> Replicas[HttpClient]:
        clients = [HttpClient(server.url) for server in servers]
        made.append(Replicas(clients, BUILD, read_marker, interval))
        return made[-1]

    yield start
    released.set()
    for replicas in made:
        replicas.close()


def post(replicas: Replicas[HttpClient]) -> bytes:
    return replicas.post(b"query", {}, bounds()).body


def test_a_request_goes_to_the_server_with_the_fewest_under_way(
    serve: Serve, connect: Connect
) -> None:
    slow, quick = serve(b"", linger=True), serve(answer(b"quick"))
    replicas = connect(slow, quick)
    waiting = []
    while not slow.requests:
        waiting.append(threading.Thread(target=lambda: post(replicas)))
        waiting[-1].start()
        waiting[-1].join(0.05)
    assert [post(replicas) for _ in range(10)] == [b"quick"] * 10
    assert sorted(status.requests for status in replicas.statuses()) == [0, 1]
    slow.close()
    for thread in waiting:
        thread.join()


def test_a_query_whose_server_dies_is_asked_again_once_at_another(
    serve: Serve, connect: Connect, held: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    dying, other = serve(CUT), serve(answer(b"complete"))
    replicas = connect(dying, other)
    held[dying.url] = BUILD
    while not dying.requests:
        assert post(replicas) == b"complete"
        held[dying.url] = "lost"
    assert f"{dying.url} broke off its answer" in caplog.text
    reasons = {status.url: status.reason for status in replicas.statuses()}
    assert reasons[other.url] == ""
    assert reasons[dying.url].startswith(dying.url)
    before = len(dying.requests)
    assert [post(replicas) for _ in range(5)] == [b"complete"] * 5
    assert len(dying.requests) == before


def test_two_servers_that_break_off_are_an_error_not_a_smaller_answer(
    serve: Serve, connect: Connect
) -> None:
    servers = serve(CUT), serve(CUT), serve(CUT)
    with pytest.raises(EngineUnavailable, match="try again"):
        post(connect(*servers))
    assert sum(len(server.requests) for server in servers) == 2


def test_a_single_server_that_is_back_is_asked_again(serve: Serve, connect: Connect) -> None:
    server = serve(CUT, answer(b"complete"))
    assert post(connect(server)) == b"complete"


def test_servers_with_another_build_or_none_are_refused_by_name(
    serve: Serve, connect: Connect, held: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    older, empty, broken, right = (serve(answer(name)) for name in (b"1", b"2", b"3", b"right"))
    held |= {older.url: "bbbbbbbbbbbb", empty.url: "", broken.url: "error"}
    replicas = connect(older, empty, broken, right)
    assert {post(replicas) for _ in range(20)} == {b"right"}
    reasons = {status.url: status.reason for status in replicas.statuses()}
    assert reasons == {
        older.url: f"{older.url} holds build bbbbbbbbbbbb, not {BUILD}",
        empty.url: f"{empty.url} holds no build, not {BUILD}",
        broken.url: f"{broken.url} answers HTTP 500",
        right.url: "",
    }
    assert all(reason in caplog.text for reason in reasons.values())


def test_when_all_are_gone_the_error_says_which_build_is_missing(
    serve: Serve, connect: Connect, held: dict[str, str]
) -> None:
    one, two = serve(answer(b"1")), serve(answer(b"2"))
    held |= {one.url: "lost", two.url: ""}
    replicas = connect(one, two)
    with pytest.raises(EngineUnavailable, match=f"no SPARQL engine .* build {BUILD} .2 asked"):
        post(replicas)
    assert [*one.requests, *two.requests] == []


def test_a_server_that_is_back_is_used_again(
    serve: Serve, connect: Connect, held: dict[str, str], caplog: pytest.LogCaptureFixture
) -> None:
    server = serve(answer(b"1"))
    replicas = connect(server)
    held[server.url] = "lost"
    with pytest.raises(EngineUnavailable):
        post(replicas)
    held[server.url] = BUILD
    with caplog.at_level(logging.WARNING):
        assert post(replicas) == b"1"
    assert f"{server.url} is used again" in caplog.text


def test_the_first_server_that_holds_the_build_is_enough(
    serve: Serve, connect: Connect, held: dict[str, str], released: threading.Event
) -> None:
    stuck, quick = serve(answer(b"stuck")), serve(answer(b"quick"))
    held[stuck.url] = "stuck"
    replicas = connect(stuck, quick)
    assert post(replicas) == b"quick"
    released.set()
    assert "holds build stuck" in replicas.statuses()[0].reason


def test_a_server_too_busy_to_say_what_it_holds_is_used_as_long_as_that_is_trusted(
    serve: Serve, connect: Connect, held: dict[str, str]
) -> None:
    server = serve(answer(b"busy"))
    replicas = connect(server, interval=0)
    held[server.url] = "slow"
    assert "takes more than 10 s" in replicas.statuses()[0].reason
    held[server.url] = BUILD
    assert replicas.statuses()[0].reason == ""
    held[server.url] = "slow"
    assert replicas.statuses()[0].reason == ""
    assert post(replicas) == b"busy"
    held[server.url] = ""
    assert "holds no build" in replicas.statuses()[0].reason


def test_what_the_query_itself_causes_is_not_asked_again(serve: Serve, connect: Connect) -> None:
    servers = serve(answer(b"x" * 2000)), serve(answer(b"x" * 2000))
    with pytest.raises(SizeLimit):
        post(connect(*servers))
    assert sum(len(server.requests) for server in servers) == 1


def test_a_fork_reads_the_markers_itself(
    serve: Serve, connect: Connect, held: dict[str, str]
) -> None:
    server = serve(answer(b"1"))
    replicas = connect(server)
    post(replicas)
    held[server.url] = ""
    child = os.fork()
    if not child:
        try:
            post(replicas)
        except EngineUnavailable:
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
