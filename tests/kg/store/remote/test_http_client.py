"""What a client of one SPARQL server takes for an answer, and what for an error."""

import os
import socket

import pytest

from kg.model.errors import SizeLimit, TimeLimit
from kg.store.remote.errors import EngineUnavailable
from kg.store.remote.http_client import EngineLost, HttpClient, HttpReply
from kg.store.remote.query_bounds import QueryBounds, bounded, current_bounds
from tests.kg.store.remote.conftest import Serve

JSON = b"Content-Type: application/sparql-results+json; charset=utf-8\r\n"
KEPT = b"HTTP/1.1 200 OK\r\nConnection: keep-alive\r\n" + JSON + b"Content-Length: 2\r\n\r\n{}"
CHUNKED = b"HTTP/1.1 200 OK\r\n" + JSON + b"Transfer-Encoding: chunked\r\n\r\n"


def post(url: str, seconds: float = 10, max_bytes: int = 1000) -> HttpReply:
    client = HttpClient(url, {"Authorization": "Basic eDp5"})
    try:
        return client.post(b"query=ASK{}", {"Accept": "a/b"}, QueryBounds.of(seconds, max_bytes))
    finally:
        client.close()


def test_a_complete_response_is_returned_with_its_type(serve: Serve) -> None:
    server = serve(CHUNKED + b"2\r\n{}\r\n0\r\n\r\n")
    reply = post(server.url)
    assert (reply.status, reply.media_type) == (200, "application/sparql-results+json")
    assert reply.body == b"{}"
    assert b"Authorization: Basic eDp5" in server.requests[0]


def test_an_error_of_the_server_is_returned_with_its_words(serve: Serve) -> None:
    reply = post(serve(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 4\r\n\r\nline").url)
    assert (reply.status, reply.body) == (400, b"line")


def test_connections_stay_open(serve: Serve) -> None:
    server = serve(KEPT)
    client = HttpClient(server.url)
    for _ in range(3):
        assert client.post(b"", {}, QueryBounds.of(10, 100)).body == b"{}"
    client.close()
    assert (len(server.requests), server.connections) == (3, 1)


@pytest.mark.parametrize(
    "response",
    [
        b"",
        b"HTTP/1.1 200 OK\r\nContent-Le",
        b"HTTP/1.1 200 OK\r\n\r\n{}",
        b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}",
        CHUNKED + b"2\r\n{}\r\n",
        CHUNKED + b"5\r\n{}",
        CHUNKED + b"not a size\r\n",
        b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
        b"HTTP/1.1 504 Gateway Timeout\r\nContent-Length: 0\r\n\r\n",
    ],
)
def test_what_is_not_complete_is_no_answer(serve: Serve, response: bytes) -> None:
    server = serve(response)
    with pytest.raises(EngineLost, match=server.url):
        post(server.url)


def test_a_server_that_is_not_there_is_named_with_the_reason() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    with pytest.raises(EngineLost, match=rf"http://127.0.0.1:{port}/ does not answer \(.*refused"):
        post(f"http://127.0.0.1:{port}/")


def test_no_more_is_read_than_the_bounds_allow(serve: Serve) -> None:
    endless = serve(CHUNKED + b"fffff\r\n" + b"x" * 5000, linger=True)
    with pytest.raises(SizeLimit):
        post(endless.url, max_bytes=1000)


@pytest.mark.parametrize("response", [b"", CHUNKED, CHUNKED + b"5\r\n{"])
def test_a_server_that_stalls_meets_the_time_limit(serve: Serve, response: bytes) -> None:
    server = serve(response, linger=True)
    with pytest.raises(EngineUnavailable, match=r"more than 0\.3 s"):
        post(server.url, seconds=0.3)


def test_a_query_of_the_public_is_told_to_ask_for_less(serve: Serve) -> None:
    client = HttpClient(serve(b"", linger=True).url)
    with bounded(0.3, 1000), pytest.raises(TimeLimit):
        client.post(b"", {}, current_bounds())
    client.close()


def test_a_fork_opens_connections_of_its_own(serve: Serve) -> None:
    server = serve(KEPT)
    client = HttpClient(server.url)
    client.post(b"", {}, QueryBounds.of(10, 100))
    child = os.fork()
    if not child:
        try:
            client.post(b"", {}, QueryBounds.of(10, 100))
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0
    client.post(b"", {}, QueryBounds.of(10, 100))
    client.close()
    assert (len(server.requests), server.connections) == (3, 2)
