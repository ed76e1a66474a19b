"""Calls of hostile endpoints: each ends in time, and takes no more than its allowance."""

import re
import select
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from itertools import chain, repeat

import pytest

from kg.federation.allowance import Allowance
from kg.federation.call import call_endpoint
from kg.federation.errors import CallFailed, OutOfTime, ServiceLimit

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\n"
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[]}}'
PLENTY = 1_000_000
# What is endless here ends after so many seconds even if nobody hangs up.
MOST_SECONDS = 60


@contextmanager
def saying(
    pieces: Iterable[bytes],
    pause: float = 0,
    requests: list[bytes] | None = None,
    ends: list[str] | None = None,
) -> Iterator[str]:
    """Answer one call with pieces, a pause after each, until they end or the caller hangs up.

    The request is appended to `requests`, and to `ends` whether it ended in time.
    """

    def answer() -> None:
        end = time.monotonic() + MOST_SECONDS
        with suppress(OSError), listener.accept()[0] as line:
            line.settimeout(MOST_SECONDS)
            (requests if requests is not None else []).append(line.recv(65536))
            for piece in pieces:
                line.sendall(piece)
                hung_up = select.select([line], [], [], pause)[0] and not line.recv(65536)
                if hung_up or time.monotonic() > end:
                    break
            else:
                # Closing with unread bytes would reset the connection, and lose what was sent.
                line.shutdown(socket.SHUT_WR)
                while line.recv(65536):
                    pass
        (ends if ends is not None else []).append("late" if time.monotonic() > end else "in time")

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=answer)
        thread.start()
        yield f"http://127.0.0.1:{listener.getsockname()[1]}/"
        listener.shutdown(socket.SHUT_RDWR)
        thread.join()


def response_to(
    pieces: Iterable[bytes], seconds: float = 30, size: int = PLENTY
) -> tuple[str, bytes]:
    with saying(pieces) as iri:
        return call_endpoint(iri, b"SELECT * {}", Allowance(seconds, size), any_address=True)


def test_a_plain_response_is_read() -> None:
    length = b"Content-Length: %d\r\n\r\n" % len(ROWS)
    assert response_to([HEAD, length, ROWS]) == ("application/sparql-results+json", ROWS)
    assert response_to([HEAD, b"Connection: close\r\n\r\n", ROWS])[1] == ROWS
    chunked = [b"Transfer-Encoding: chunked\r\n\r\n", b"%x\r\n" % len(ROWS), ROWS, b"\r\n0\r\n\r\n"]
    assert response_to([HEAD, *chunked])[1] == ROWS


BYTE_BY_BYTE: dict[str, Callable[[], Iterable[bytes]]] = {
    "status": lambda: chain([b"HTTP/1.1 200 "], repeat(b"O")),
    "header": lambda: chain([HEAD, b"X: "], repeat(b"a")),
    "body": lambda: chain([HEAD, b"Content-Length: 100000\r\n\r\n"], repeat(b" ")),
    "body without length": lambda: chain([HEAD, b"\r\n"], repeat(b" ")),
    "chunks": lambda: chain([HEAD, b"Transfer-Encoding: chunked\r\n\r\n"], repeat(b"1\r\n \r\n")),
    "nothing": lambda: repeat(b""),
}


@pytest.mark.parametrize("part", BYTE_BY_BYTE)
def test_a_call_of_a_slow_sender_ends_in_time(part: str) -> None:
    ends: list[str] = []
    with (
        saying(BYTE_BY_BYTE[part](), pause=0.1, ends=ends) as iri,
        pytest.raises(OutOfTime, match=r"does not answer within 0\.4 s"),
    ):
        call_endpoint(iri, b"SELECT * {}", Allowance(0.4, PLENTY), any_address=True)
    assert ends == ["in time"]


def test_a_call_without_a_handshake_ends_in_time() -> None:
    ends: list[str] = []
    with saying(repeat(b""), pause=0.1, ends=ends) as iri, pytest.raises(OutOfTime):
        call_endpoint(iri.replace("http:", "https:"), b"", Allowance(0.4, PLENTY), any_address=True)
    assert ends == ["in time"]


ENDLESS: dict[str, Callable[[], Iterable[bytes]]] = {
    "body": lambda: chain([HEAD, b"\r\n"], repeat(b" " * 4096)),
    "one chunk": lambda: chain(
        [HEAD, b"Transfer-Encoding: chunked\r\n\r\nffffffffffffff\r\n"], repeat(b" " * 4096)
    ),
    "chunks": lambda: chain(
        [HEAD, b"Transfer-Encoding: chunked\r\n\r\n"], repeat(b"1\r\n \r\n" * 500)
    ),
    "trailers": lambda: chain(
        [HEAD, b"Transfer-Encoding: chunked\r\n\r\n0\r\n"], repeat(b"X: a\r\n" * 500)
    ),
    "100 Continue": lambda: repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 100),
    "headers of 100 Continue": lambda: repeat(b"HTTP/1.1 100 Continue\r\nX: a\r\n\r\n" * 100),
}


@pytest.mark.parametrize("part", ENDLESS)
def test_an_endless_response_is_counted_to_the_last_byte(part: str) -> None:
    with pytest.raises(ServiceLimit, match="more than 1 MB"):
        response_to(ENDLESS[part](), seconds=MOST_SECONDS)


REFUSED: dict[str, tuple[Iterable[bytes], str]] = {
    "long header": ([HEAD, b"X: ", b"a" * 70_000, b"\r\n\r\n"], "header line"),
    "many headers": ([HEAD, b"X: a\r\n" * 200, b"\r\n", ROWS], "headers"),
    "long status": ([b"HTTP/1.1 200 ", b"O" * 70_000], "status line"),
    "no HTTP": ([b"* OK IMAP4rev1\r\n"], "does not answer"),
    "early hints": ([b"HTTP/1.1 103 Early Hints\r\n\r\n"], "HTTP 103"),
    "gzip": ([HEAD, b"Content-Encoding: gzip\r\n\r\n", b"\x1f\x8b\x08"], r"coded \(gzip\)"),
    "huge length": ([HEAD, b"Content-Length: 1000000000000000\r\n\r\n", ROWS], "ends before"),
    "cut chunk": ([HEAD, b"Transfer-Encoding: chunked\r\n\r\nff\r\n{"], "ends before"),
    "cut rows": ([HEAD, b"\r\n", ROWS[:-3]], "cannot be parsed"),
    "a tail": ([HEAD, b"\r\n", ROWS, b"x"], "cannot be parsed"),
    "yes": ([HEAD, b"\r\n", b'{"head":{},"boolean":true}'], "yes or no"),
    "entities": (
        [
            HEAD.replace(b"json", b"xml"),
            b"\r\n",
            b'<!DOCTYPE s [<!ENTITY a "aa"><!ENTITY b "&a;&a;">]>',
            b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="s"/>',
            b'</head><results><result><binding name="s"><literal>&b;</literal></binding></result>',
            b"</results></sparql>",
        ],
        "cannot be parsed",
    ),
}


@pytest.mark.parametrize("part", REFUSED)
def test_an_invalid_response_is_refused(part: str) -> None:
    pieces, message = REFUSED[part]
    with pytest.raises(CallFailed, match=message):
        response_to(pieces)


def test_time_and_bytes_are_for_all_calls_together() -> None:
    allowance = Allowance(MOST_SECONDS, 3 * len(HEAD))
    for _ in range(2):
        with saying([HEAD, b"\r\n", ROWS[:1]]) as iri, pytest.raises(CallFailed):
            call_endpoint(iri, b"", allowance, any_address=True)
    with saying([HEAD, b"\r\n", ROWS]) as iri, pytest.raises(ServiceLimit):
        call_endpoint(iri, b"", allowance, any_address=True)


def test_the_request_says_nothing_of_us_but_the_project() -> None:
    requests: list[bytes] = []
    with saying([HEAD, b"\r\n", ROWS], requests=requests) as iri:
        call_endpoint(
            f"{iri}a?b=c".replace("127.0.0.1", "localhost"),
            b"Q",
            Allowance(30, 999),
            any_address=True,
        )
    head, _, _ = requests[0].partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    names = [line.partition(b":")[0] for line in lines[2:]]
    assert lines[0] == b"POST /a?b=c HTTP/1.1"
    assert lines[1].startswith(b"Host: localhost:")
    plain = [b"Accept", b"Accept-Encoding", b"Content-Length", b"Content-Type", b"User-Agent"]
    assert sorted(names) == plain
    # Who runs the endpoint may ask us to go easy; no more than the project is named.
    assert re.search(
        rb"User-Agent: AideMemoire/[\d.]+ \(\+https://w3id.org/aide-memoire/\)\r", head
    )
