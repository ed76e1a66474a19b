"""One call to another endpoint: at an address that was checked, within a time and so many bytes."""

from __future__ import annotations

import io
import socket
import ssl
from http.client import HTTPConnection, HTTPException, HTTPResponse, IncompleteRead
from types import TracebackType
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, parse_query_results

from kg.federation.addresses import non_public_block
from kg.federation.allowance import Allowance, CallFailed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Without Accept-Encoding, so that nothing is sent that unfolds to more than was counted.
_HEADERS = {
    "Content-Type": "application/sparql-query",
    "Accept": "application/sparql-results+json, application/sparql-results+xml",
}
_OK = 200


def call_endpoint(
    endpoint: str, query: bytes, allowance: Allowance, *, anywhere: bool
) -> tuple[str, bytes]:
    """Send a query to an endpoint; return the media type and the body of its results.

    CallFailed if it is not at a public address (unless it may be `anywhere`), does not answer, or
    sends what is not SPARQL results from beginning to end; OutOfTime or ServiceLimit if the
    allowance is used up.
    """
    parts = urlsplit(endpoint)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        with _Connection(endpoint, allowance, anywhere=anywhere) as line:
            line.request("POST", target, query, _HEADERS)
            media, body = _read(line.getresponse(), allowance)
    except TimeoutError:
        allowance.seconds()
        raise CallFailed("it does not answer (timed out)") from None
    except IncompleteRead as error:
        raise CallFailed("its answer ends before it is whole") from error
    except (OSError, HTTPException) as error:
        raise CallFailed(f"it does not answer ({str(error) or type(error).__name__})") from error
    _check(media, body)
    return media, body


def _read(answer: HTTPResponse, allowance: Allowance) -> tuple[str, bytes]:
    if answer.status != _OK:
        raise CallFailed(f"it answers HTTP {answer.status}, and only 200 is taken")
    coding = answer.getheader("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise CallFailed(f"its answer is coded ({coding:.40}), and only plain ones are taken")
    # Not all that it claims to send: room for so much would be made at once. More than the whole
    # allowance never comes, for it is used up before.
    body = answer.read(allowance.size + 1)
    if answer.length:
        raise CallFailed("its answer ends before it is whole")
    return answer.getheader("Content-Type", ""), body


def _check(media: str, body: bytes) -> None:
    """Read the results once: what the engine cannot read it may take for a match (EXISTS)."""
    form = QueryResultsFormat.from_media_type(media)
    if form is None or not media.startswith("application/sparql-results+"):
        raise CallFailed(f"its answer is {media[:80] or 'of no type'}, not SPARQL results")
    fault = _fault(form, body)
    if fault:
        raise CallFailed(fault)


def _fault(form: QueryResultsFormat, body: bytes) -> str:
    """Say what is wrong with results; not by raising, as their reader may not leave its thread."""
    try:
        results = parse_query_results(body, format=form)
        if isinstance(results, QueryBoolean):
            return "its answer is yes or no, where rows were asked for"
        for _ in results:
            pass
    except (SyntaxError, ValueError) as error:
        return f"its answer cannot be read ({str(error)[:200]})"
    return ""


def _address(host: str, port: int, *, anywhere: bool) -> str:
    """Return an address to connect to; CallFailed if any that the name has is not public."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed("its name is not known") from error
    addresses = [str(entry[4][0]) for entry in entries]
    for address in addresses:
        block = None if anywhere else non_public_block(address)
        if block:
            raise CallFailed(
                f"it is at {address}, which is not a public address ({block.purpose}, {block.rfc})"
            )
    return addresses[0]


class _Connection(HTTPConnection):
    """HTTP to the address that was checked; over TLS the certificate must be the host's."""

    def __init__(self, endpoint: str, allowance: Allowance, *, anywhere: bool) -> None:
        parts = urlsplit(endpoint)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.default_port = 443 if self._tls else 80
        super().__init__(parts.hostname or "", parts.port or self.default_port)
        self._allowance, self._anywhere = allowance, anywhere
        self._line: socket.socket | None = None

    def connect(self) -> None:
        """Look the name up, check what it stands for, and connect to just that."""
        address = _address(self.host, self.port, anywhere=self._anywhere)
        line = socket.create_connection((address, self.port), self._allowance.seconds())
        self._line = line
        line.settimeout(self._allowance.seconds())
        if self._tls:
            line = self._line = self._tls.wrap_socket(line, server_hostname=self.host)
            line.settimeout(self._allowance.seconds())
        self.sock = _Counted(line, self._allowance)

    def __enter__(self) -> _Connection:
        """Return itself: it connects when something is sent."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Hang up."""
        self.close()
        if self._line:
            self._line.close()


class _Counted(io.RawIOBase):
    """As much of a socket as `http.client` uses; each byte read is charged to an allowance.

    The time limit of a socket is for each read of it: who sends a byte now and then never meets it.
    """

    def __init__(self, line: socket.socket, allowance: Allowance) -> None:
        self._line, self._allowance = line, allowance
        self.sendall = line.sendall

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a reader of what comes."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Say that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read what has come, within what is left of the allowance."""
        self._line.settimeout(self._allowance.seconds())
        size = self._line.recv_into(buffer)
        self._allowance.take(size)
        return size

    def close(self) -> None:
        """Leave the socket open: an answer is read after `http.client` has let go of it."""
