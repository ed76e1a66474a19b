"""What is answered at once leaves as all else does."""

import pytest

from tests.web.edge.test_connection import client, everything


def get(path: str, more: str = "") -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: x\r\n{more}\r\n".encode()


def test_answers_at_once_and_others_leave_in_the_order_of_the_requests(port: int) -> None:
    paths = ["/quick/1", "/slow/a", "/quick/2", "/b", "/quick/3", "/quick/4"]
    with client(port, b"".join(map(get, paths))) as line:
        got = everything(line)
    places = [got.index(b"\r\n\r\n" + path.encode()) for path in paths]
    assert places == sorted(places)
    assert got.count(b"HTTP/1.1 200 OK") == len(paths)
    assert got.count(b"\r\ndate: ") == len(paths)


@pytest.mark.parametrize("path", ["/quick", "/else"])
def test_a_connection_closes_when_the_client_wishes(port: int, path: str) -> None:
    with client(port, get(path, "Connection: close\r\n") + get("/never")) as line:
        got = everything(line)
    assert b"connection: close" in got
    assert b"/never" not in got


@pytest.mark.parametrize("method", ["HEAD", "POST"])
def test_only_requests_without_a_body_that_want_one_are_answered_at_once(
    port: int, method: str
) -> None:
    body = "Content-Length: 1\r\n\r\nb" if method == "POST" else "\r\n"
    with client(port, f"{method} /quick HTTP/1.1\r\nHost: x\r\n{body}".encode()) as line:
        assert everything(line).startswith(b"HTTP/1.1 200 OK")


def test_a_header_with_a_line_break_is_not_sent(port: int) -> None:
    with client(port, get("/split")) as line:
        got = everything(line)
    assert b"X-C: d" not in got
    assert not got.startswith(b"HTTP/1.1 200")


def test_an_answer_at_once_that_is_not_read_is_given_up(port: int) -> None:
    with client(port, get("/quick") * 5) as line:
        assert everything(line).count(b"HTTP/1.1 200 OK") == 5
