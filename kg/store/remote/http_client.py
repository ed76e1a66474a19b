"""HTTP to one SPARQL server: pooled connections, and a complete answer or an error."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Iterable, Mapping
from typing import IO, NamedTuple, TypeAlias

import urllib3
from urllib3.connection import HTTPConnection
from urllib3.exceptions import HTTPError
from urllib3.exceptions import TimeoutError as HTTPTimeout

from kg.model.errors import SizeLimit
from kg.store.remote.query_bounds import QueryBounds

Body: TypeAlias = bytes | IO[bytes] | Iterable[bytes]

# Seconds for a connection to open: an engine stands near the server.
CONNECT_SECONDS = 3.0
# Connections that stay open to one engine, for each process; more are opened and closed again.
_POOLED = 16
_PIECE = 1 << 16
_OK = 200
# Characters of an engine's message.
_LONGEST = 300
# What a proxy before an engine that has gone answers, and an engine that is going.
_LOST_STATUSES = {502: "bad gateway", 503: "unavailable", 504: "gateway timeout"}
# A machine that vanishes closes nothing: the kernel finds out after about ten seconds.
_KEEPALIVE = [
    (socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1),
    (socket.IPPROTO_TCP, socket.TCP_KEEPIDLE, 4),
    (socket.IPPROTO_TCP, socket.TCP_KEEPINTVL, 2),
    (socket.IPPROTO_TCP, socket.TCP_KEEPCNT, 3),
    (socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, 10_000),
]


class EngineLost(Exception):  # noqa: N818 - the name says what happened
    """A server did not answer, or not completely; the same request may be sent to another."""


class HttpReply(NamedTuple):
    """A complete response, whatever its status; the names of headers are in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """Return the media type without its parameters, in lower case."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def first_line(self) -> str:
        r"""Return the first line of the body of an error, shortened.

        >>> HttpReply(400, {}, b"Virtuoso 37000 Error SP030\nSPARQL query: ...").first_line
        'Virtuoso 37000 Error SP030'
        """
        return self.body.decode(errors="replace").strip().partition("\n")[0].strip()[:_LONGEST]


class HttpClient:
    """One server, by its URL, with connections that stay open; threads and forks may share it."""

    def __init__(self, url: str, headers: Mapping[str, str] | None = None) -> None:
        """Take the URL, and headers of every request (credentials); nothing connects yet."""
        self.url = url
        self._headers = {"User-Agent": "AideMemoire", **(headers or {})}
        self._pool: urllib3.PoolManager | None = None
        self._process = 0

    def post(self, body: Body, headers: Mapping[str, str], bounds: QueryBounds) -> HttpReply:
        """Send a request to the URL; errors as `send`."""
        return self.send("POST", self.url, body, headers, bounds)

    def send(
        self, method: str, url: str, body: Body, headers: Mapping[str, str], bounds: QueryBounds
    ) -> HttpReply:
        """Send a request to any URL of the server, and read the complete response.

        EngineLost if there is none, or one that ends too early, or one of 502, 503, 504;
        `QueryBounds.too_late` when the time is over, SizeLimit at once when the body exceeds the
        bounds: the connection is then closed, which tells the server to stop.
        """
        try:
            response = self._open(method, url, body, headers, bounds)
        except HTTPTimeout as error:
            raise self._late(bounds, error) from error
        except (HTTPError, OSError) as error:
            raise EngineLost(f"{self.url} does not answer ({_reason(error)})") from error
        complete = False
        try:
            reply = self._read(response, bounds)
            complete = True
            return reply
        finally:
            # A connection with an unread rest is of no use, and its server should see it close.
            if complete:
                response.release_conn()
            else:
                response.close()

    def close(self) -> None:
        """Close the connections of this process that are not in use."""
        if self._pool is not None and self._process == os.getpid():
            self._pool.clear()

    def _open(
        self, method: str, url: str, body: Body, headers: Mapping[str, str], bounds: QueryBounds
    ) -> urllib3.BaseHTTPResponse:
        seconds = bounds.seconds_left()
        return self._connections().request(
            method,
            url,
            body=body,
            # Without Accept-Encoding: what is bounded are the bytes that are held.
            headers={**self._headers, **headers},
            timeout=urllib3.Timeout(connect=min(CONNECT_SECONDS, seconds), read=seconds),
            retries=False,
            redirect=False,
            preload_content=False,
            decode_content=False,
        )

    def _connections(self) -> urllib3.PoolManager:
        # A connection that a fork inherited would be written to by two processes.
        if self._pool is None or self._process != os.getpid():
            options = [*HTTPConnection.default_socket_options, *_KEEPALIVE]
            self._pool = urllib3.PoolManager(maxsize=_POOLED, socket_options=options)
            self._process = os.getpid()
        return self._pool

    def _read(self, response: urllib3.BaseHTTPResponse, bounds: QueryBounds) -> HttpReply:
        if response.status in _LOST_STATUSES:
            words = _LOST_STATUSES[response.status]
            raise EngineLost(f"{self.url} answers HTTP {response.status} ({words})")
        if response.status == _OK and not _states_length(response.headers):
            # Whether it is complete nobody could tell; headers that break off look so as well.
            raise EngineLost(f"{self.url} does not state the length of its answer")
        body = bytearray()
        try:
            # By read1: what a server sends byte by byte must not outlast the time.
            while piece := response.read1(_PIECE):
                body += piece
                if len(body) > bounds.max_bytes:
                    raise SizeLimit(bounds.max_bytes)
                bounds.seconds_left()
        except HTTPTimeout as error:
            raise self._late(bounds, error) from error
        except (HTTPError, OSError) as error:
            raise EngineLost(f"{self.url} broke off its answer ({_reason(error)})") from error
        headers = {name.lower(): value for name, value in response.headers.items()}
        return HttpReply(response.status, headers, bytes(body))

    def _late(self, bounds: QueryBounds, error: Exception) -> Exception:
        """Tell a server that cannot be reached from one that takes all the time."""
        if time.monotonic() < bounds.end:
            return EngineLost(f"{self.url} does not answer ({_reason(error)})")
        return bounds.too_late()


def _states_length(headers: Mapping[str, str]) -> bool:
    """Tell whether the end of a body can be told from its being broken off (RFC 9112, 6.3).

    >>> _states_length({"Content-Length": "5"}), _states_length({})
    (True, False)
    """
    return "Content-Length" in headers or "Transfer-Encoding" in headers


def _reason(error: BaseException) -> str:
    """Say what failed, without the errors and objects that urllib3 wraps around it.

    >>> _reason(urllib3.exceptions.ProtocolError("Connection aborted.", OSError(104, "reset")))
    '[Errno 104] reset'
    """
    while error.args and isinstance(error.args[-1], BaseException):
        error = error.args[-1]
    return str(error).rpartition(": ")[2] or type(error).__name__
