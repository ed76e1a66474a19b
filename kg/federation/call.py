"""One call of another endpoint: at a checked address, within a time and a number of bytes."""

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
from kg.federation.allowance import Allowance
from kg.federation.errors import CallFailed

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

# Without Accept-Encoding: a compressed response would expand to more than was counted.
_HEADERS = {
    "Content-Type": "application/sparql-query",
    "Accept": "application/sparql-results+json, application/sparql-results+xml",
}
_OK = 200
_INCOMPLETE = "its response ends before it is complete"


def call_endpoint(
    endpoint: str, query: bytes, allowance: Allowance, *, any_address: bool
) -> tuple[str, bytes]:
    """Send a query to an endpoint; return the media type and the body of its results.

    CallFailed if it is not at a public address (unless `any_address` is allowed), does not answer,
    or sends anything but complete SPARQL results; OutOfTime or ServiceLimit if the allowance is
    used up.
    """
    parts = urlsplit(endpoint)
    target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    try:
        with _Connection(endpoint, allowance, any_address=any_address) as connection:
            connection.request("POST", target, query, _HEADERS)
            media_type, body = _read(connection.getresponse(), allowance)
    except TimeoutError:
        # OutOfTime, if the time of all calls is over; else the system gave up before.
        allowance.seconds_left()
        raise CallFailed("it does not answer (timed out)") from None
    except IncompleteRead as error:
        raise CallFailed(_INCOMPLETE) from error
    except (OSError, HTTPException) as error:
        raise CallFailed(f"it does not answer ({str(error) or type(error).__name__})") from error
    _check(media_type, body)
    return media_type, body


def _read(response: HTTPResponse, allowance: Allowance) -> tuple[str, bytes]:
    if response.status != _OK:
        raise CallFailed(f"it answers HTTP {response.status}, and only 200 is accepted")
    coding = response.getheader("Content-Encoding", "identity")
    if coding.strip().lower() != "identity":
        raise CallFailed(f"its response is coded ({coding:.40}), and only plain ones are accepted")
    # By our limit, not by its Content-Length, for which http.client would allocate memory at once.
    # More than the limit never comes: the allowance is used up before.
    body = response.read(allowance.size + 1)
    if response.length:
        raise CallFailed(_INCOMPLETE)
    return response.getheader("Content-Type", ""), body


def _check(media_type: str, body: bytes) -> None:
    """Parse the results once: the engine may take a response it cannot parse for a match."""
    results_format = QueryResultsFormat.from_media_type(media_type)
    if results_format is None or not media_type.startswith("application/sparql-results+"):
        raise CallFailed(f"its response is {media_type[:80] or 'of no type'}, not SPARQL results")
    fault = _fault(results_format, body)
    if fault:
        raise CallFailed(fault)


def _fault(results_format: QueryResultsFormat, body: bytes) -> str:
    """Return what is wrong with results, "" for nothing.

    Not as an exception: its traceback would hold the parser, which must not leave its thread.
    """
    try:
        results = parse_query_results(body, format=results_format)
        if isinstance(results, QueryBoolean):
            return "its response is yes or no, where rows are expected"
        for _ in results:
            pass
    except (SyntaxError, ValueError) as error:
        return f"its response cannot be parsed ({str(error)[:200]})"
    return ""


def _address(host: str, port: int, *, any_address: bool) -> str:
    """Return an address to connect to; CallFailed if any address of the name is not public."""
    try:
        entries = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise CallFailed("its name cannot be resolved") from error
    addresses = [str(entry[4][0]) for entry in entries]
    for address in addresses:
        block = None if any_address else non_public_block(address)
        if block:
            raise CallFailed(
                f"it is at {address}, which is not a public address ({block.purpose}, {block.rfc})"
            )
    return addresses[0]


class _Connection(HTTPConnection):
    """HTTP to the address that was checked; over TLS the certificate must be the host's.

    Resolving again after the check would let a name point to a private address meanwhile.
    """

    def __init__(self, endpoint: str, allowance: Allowance, *, any_address: bool) -> None:
        parts = urlsplit(endpoint)
        self._tls = ssl.create_default_context() if parts.scheme == "https" else None
        self.default_port = 443 if self._tls else 80
        super().__init__(parts.hostname or "", parts.port or self.default_port)
        self._allowance, self._any_address = allowance, any_address
        self._raw: socket.socket | None = None

    def connect(self) -> None:
        """Resolve the name, check its addresses, and connect to the first."""
        address = _address(self.host, self.port, any_address=self._any_address)
        raw = socket.create_connection((address, self.port), self._allowance.seconds_left())
        self._raw = raw
        raw.settimeout(self._allowance.seconds_left())
        if self._tls:
            raw = self._raw = self._tls.wrap_socket(raw, server_hostname=self.host)
            raw.settimeout(self._allowance.seconds_left())
        self.sock = _CountingSocket(raw, self._allowance)

    def __enter__(self) -> _Connection:
        """Return the connection, which opens when something is sent."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Close the socket, which `http.client` leaves open."""
        self.close()
        if self._raw:
            self._raw.close()


class _CountingSocket(io.RawIOBase):
    """The part of a socket that `http.client` uses; each byte read is charged to an allowance.

    A socket's timeout is for each read: a server that sends a byte now and then never meets it.
    """

    def __init__(self, raw: socket.socket, allowance: Allowance) -> None:
        self._raw, self._allowance = raw, allowance
        self.sendall = raw.sendall

    def makefile(self, _mode: str) -> io.BufferedReader:
        """Return a buffered reader."""
        return io.BufferedReader(self)

    def readable(self) -> bool:
        """Tell that it can be read."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Read within the rest of the allowance."""
        self._raw.settimeout(self._allowance.seconds_left())
        size = self._raw.recv_into(buffer)
        self._allowance.charge(size)
        return size

    def close(self) -> None:
        """Leave the socket open: `http.client` closes it before the response is read."""
