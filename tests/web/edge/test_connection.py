"""What a client may take its time over, and how much it may send."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import pytest

from tests.web.edge.conftest import Serve
from web.request.bounds import ADDRESS, BODY, FIELDS, HEADER_SECTION

GET = b"GET /here HTTP/1.1\r\nHost: x\r\n\r\n"
POST = b"POST /here HTTP/1.1\r\nHost: x\r\nContent-Length: 5000\r\n\r\n"


@contextmanager
def client(port: int, sent: bytes = b"") -> Iterator[socket.socket]:
    with socket.create_connection(("127.0.0.1", port), timeout=5) as line:
        line.sendall(sent)
        yield line


def everything(line: socket.socket) -> bytes:
    """Read until the server closes."""
    pieces = []
    try:
        while piece := line.recv(1 << 20):
            pieces.append(piece)
    except ConnectionResetError:
        pass
    return b"".join(pieces)


def answered(port: int) -> bool:
    with client(port, GET) as line:
        return line.recv(1000).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize(
    "sent",
    [b"", b"GE", b"GET /here HTTP/1.1\r\nHost: x\r\nAccept: te", POST, POST + b"ASK {}"],
    ids=["nothing", "half a word", "half a header", "no body", "half a body"],
)
def test_a_request_that_does_not_arrive_is_given_up(port: int, sent: bytes) -> None:
    start = time.monotonic()
    with client(port, sent) as line:
        answer = everything(line)
    assert time.monotonic() - start < 4
    assert answer.startswith(b"HTTP/1.1 408 Request Timeout") if sent else not answer


@pytest.mark.parametrize("start", [b"GET /here HTTP/1.1\r\nHost: ", POST])
def test_a_byte_now_and_then_does_not_keep_a_connection(port: int, start: bytes) -> None:
    began = time.monotonic()
    with client(port, start) as line:
        while time.monotonic() - began < 4:
            try:
                line.sendall(b"a")
                time.sleep(0.1)
            except OSError:
                break
    assert time.monotonic() - began < 4


def test_many_who_send_slow_bodies_keep_nobody_waiting(port: int) -> None:
    with ExitStack() as stack:
        for _ in range(60):
            stack.enter_context(client(port, POST + b"ASK {}"))
        assert answered(port)


def test_a_connection_may_wait_between_requests_for_so_long(port: int) -> None:
    with client(port, GET) as line:
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        time.sleep(0.2)
        line.sendall(GET)
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
        assert everything(line) == b""


def test_those_that_have_waited_longest_make_room(serve: Serve) -> None:
    with serve(idle_seconds=60.0) as port, ExitStack() as stack:
        lines = [stack.enter_context(client(port)) for _ in range(70)]
        assert answered(port)
        lines[0].settimeout(3)
        assert everything(lines[0]) == b""


@pytest.mark.parametrize(
    ("what", "sent"),
    [
        ("one field", b"Accept: " + b"a/b," * HEADER_SECTION + b"\r\n\r\n"),
        ("fields", b"X: y\r\n" * 10 * FIELDS + b"\r\n"),
        ("a line without end", b"Accept: " + b"a" * (ADDRESS + HEADER_SECTION)),
    ],
)
def test_headers_beyond_the_bound_are_refused(port: int, what: str, sent: bytes) -> None:
    with client(port) as line:
        line.sendall(b"GET / HTTP/1.1\r\nHost: x\r\n" + sent)
        answer = everything(line)
    assert answer.startswith(b"HTTP/1.1 431")
    assert b"X-Content-Type-Options: nosniff" in answer
    assert answered(port)


def test_an_address_beyond_the_bound_is_refused(port: int) -> None:
    with client(port, b"GET /" + b"a" * (ADDRESS + 1)) as line:
        assert everything(line).startswith(b"HTTP/1.1 414")


@pytest.mark.parametrize(
    ("field", "status"),
    [(f"Content-Length: {BODY + 1}", 413), ("Transfer-Encoding: chunked", 411)],
)
def test_a_body_is_refused_before_it_is_read(port: int, field: str, status: int) -> None:
    with client(port, f"POST / HTTP/1.1\r\nHost: x\r\n{field}\r\n\r\n".encode()) as line:
        assert everything(line).startswith(b"HTTP/1.1 %d" % status)


def test_who_sends_too_large_a_body_whole_reads_why_and_may_go_on(port: int) -> None:
    size = 3 * BODY
    head = f"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {size}\r\n\r\n".encode()
    with client(port, head + b"b" * size) as line:
        assert everything(line).startswith(b"HTTP/1.1 413")
    with client(port, head + b"b" * size + GET) as line:
        got = everything(line)
    assert got.startswith(b"HTTP/1.1 413")
    assert got.count(b"HTTP/1.1 ") == 2
    assert b"HTTP/1.1 200" in got


def test_a_body_within_the_bound_arrives_whole(port: int) -> None:
    body = b"b" * BODY
    head = f"POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: {BODY}\r\n\r\n"
    with client(port, head.encode() + body) as line:
        assert everything(line).endswith(b"/ " + body)


def test_who_waits_to_be_told_to_send_a_body_is_told(port: int) -> None:
    with client(port, POST[:-2] + b"Expect: 100-continue\r\n\r\n") as line:
        assert line.recv(1000) == b"HTTP/1.1 100 Continue\r\n\r\n"
        line.sendall(b"b" * 5000)
        assert line.recv(1000).startswith(b"HTTP/1.1 200")


def test_an_answer_that_is_not_read_is_given_up(port: int) -> None:
    start = time.monotonic()
    with client(port, b"GET /large/20000000 HTTP/1.1\r\nHost: x\r\n\r\n") as line:
        time.sleep(2.5)
        assert len(everything(line)) < 20_000_000
    assert time.monotonic() - start < 6


def test_an_answer_read_in_time_arrives_whole(port: int) -> None:
    request = b"GET /large/20000000 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with client(port, request) as line:
        time.sleep(0.4)
        assert everything(line).partition(b"\r\n\r\n")[2] == b"x" * 20_000_000


def test_large_answers_have_a_bound_for_each_client_and_small_ones_are_sent(serve: Serve) -> None:
    large = b"GET /large/20000000 HTTP/1.1\r\nHost: x\r\n\r\n"
    with serve(read_seconds=20.0) as port, client(port, large) as first:
        first.recv(1)
        with client(port, large) as second:
            refusal = everything(second)
        assert refusal.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 5" in refusal
        assert answered(port)


def test_requests_in_line_are_answered_in_order_up_to_a_number(port: int) -> None:
    with client(port, b"".join(GET.replace(b"here", b"%d" % n) for n in range(5))) as line:
        got = everything(line)
    assert [got.index(b"\r\n\r\n/%d " % n) for n in range(5)] == sorted(
        got.index(b"\r\n\r\n/%d " % n) for n in range(5)
    )
    with client(port, GET.replace(b"here", b"slow") * 50) as line:
        assert everything(line) == b""


def test_a_request_in_line_may_take_longer_than_a_client_may_be_idle(serve: Serve) -> None:
    slow = GET.replace(b"here", b"slow/%d")
    with serve(idle_seconds=0.1) as port, client(port, slow % 1 + slow % 2) as line:
        assert everything(line).count(b"HTTP/1.1 200") == 2


def test_http2_is_not_spoken_and_does_no_harm(port: int) -> None:
    with client(port, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + bytes(9)) as line:
        assert everything(line).startswith(b"HTTP/1.1 400")
    upgrade = b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AAAA\r\n"
    with client(port, b"GET /here HTTP/1.1\r\nHost: x\r\n" + upgrade + b"\r\n") as line:
        assert line.recv(1000).startswith(b"HTTP/1.1 200")
    with client(port, POST[:-2] + upgrade + b"\r\n" + b"b" * 5000) as line:
        assert b"/here " + b"b" * 5000 in everything(line)


def test_clients_that_go_while_they_are_answered_do_no_harm(port: int) -> None:
    def come_and_go() -> None:
        with client(port, GET.replace(b"here", b"slow")):
            pass

    threads = [threading.Thread(target=come_and_go) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answered(port)
