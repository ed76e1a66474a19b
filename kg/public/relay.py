"""Carries a query from the engine to another endpoint, at an address that was checked."""

from __future__ import annotations

import secrets
import socket
import ssl
import threading
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import cast
from urllib.parse import urlsplit

from kg.public.addresses import special

LARGEST = 50_000_000
_RESULTS = "application/sparql-results+json, application/sparql-results+xml"
_OK, _BAD_GATEWAY = 200, 502


class RelayFailed(Exception):  # noqa: N818 - the name says what happened
    """The endpoint was not asked, or did not answer as it should."""


class Relay:
    """A server on loopback that asks endpoints; each has a path that nobody could guess."""

    def __init__(self, local: frozenset[str], seconds: float) -> None:
        """Take the endpoints that may be at any address, and how long one may take."""
        self.failure = ""
        self._local = local
        self._end = time.monotonic() + seconds
        self._paths: dict[str, str] = {}
        self._server = _Server(self)

    def __enter__(self) -> Relay:
        """Start to listen."""
        size = threading.stack_size(1 << 20)
        try:
            threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True).start()
        finally:
            threading.stack_size(size)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop to listen."""
        self._server.shutdown()
        self._server.server_close()

    def address(self, endpoint: str) -> str:
        """Return where the engine is to send what is meant for an endpoint."""
        path = f"/{secrets.token_hex(8)}"
        self._paths[path] = endpoint
        return self._base + path

    @property
    def addresses(self) -> frozenset[str]:
        """Return all that the engine may be sent to."""
        return frozenset(self._base + path for path in self._paths)

    @property
    def _base(self) -> str:
        return f"http://127.0.0.1:{self._server.server_port}"

    def ask(self, path: str, query: bytes) -> tuple[str, bytes]:
        """Ask the endpoint behind a path; RelayFailed if there is no answer to give."""
        endpoint = self._paths.get(path)
        if endpoint is None:
            raise RelayFailed("this path is none of ours")
        try:
            return self._ask(endpoint, query)
        except RelayFailed as error:
            self.failure = f"SERVICE <{endpoint}>: {error}"
            raise

    def _ask(self, endpoint: str, query: bytes) -> tuple[str, bytes]:
        parts = urlsplit(endpoint)
        host, secure = parts.hostname or "", parts.scheme == "https"
        port = parts.port or (443 if secure else 80)
        address = _address(host, port, anywhere=endpoint in self._local)
        left = max(0.1, self._end - time.monotonic())
        kind = _Secure if secure else _Plain
        line = kind(host, port, left, address)
        target = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
        headers = {"Content-Type": "application/sparql-query", "Accept": _RESULTS}
        try:
            line.request("POST", target, query, headers)
            answer = line.getresponse()
            if answer.status != _OK:
                raise RelayFailed(f"it answers HTTP {answer.status}, and only 200 is taken")
            body = answer.read(LARGEST + 1)
            media = answer.getheader("Content-Type", "")
            if answer.length and len(body) <= LARGEST:
                raise RelayFailed("its answer ends before it is whole")
        except (OSError, HTTPException) as error:
            raise RelayFailed(f"it does not answer ({error or type(error).__name__})") from error
        finally:
            line.close()
        if len(body) > LARGEST:
            raise RelayFailed(f"its answer is larger than {LARGEST // 1_000_000} MB")
        if not media.startswith("application/sparql-results+"):
            raise RelayFailed(f"its answer is {media or 'of no type'}, not SPARQL results")
        return media, body


def _address(host: str, port: int, *, anywhere: bool) -> str:
    """Return an address to connect to; RelayFailed if any that the name has is not public."""
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise RelayFailed("its name is not known") from error
    addresses = [str(entry[4][0]) for entry in found]
    for address in addresses:
        block = None if anywhere else special(address)
        if block:
            raise RelayFailed(
                f"it is at {address}, which is not a public address ({block.purpose}, {block.rfc})"
            )
    return addresses[0]


class _Plain(HTTPConnection):
    """HTTP to a host at an address that is given, not looked up again."""

    def __init__(self, host: str, port: int, seconds: float, address: str) -> None:
        super().__init__(host, port, timeout=seconds)
        self._at = (address, port)

    def connect(self) -> None:
        """Connect to the address."""
        self.sock = socket.create_connection(self._at, self.timeout)


class _Secure(HTTPSConnection):
    """HTTPS to a host at an address that is given; the certificate must be the host's."""

    def __init__(self, host: str, port: int, seconds: float, address: str) -> None:
        self._tls = ssl.create_default_context()
        super().__init__(host, port, timeout=seconds, context=self._tls)
        self._at = (address, port)

    def connect(self) -> None:
        """Connect to the address, and check who answers."""
        line = socket.create_connection(self._at, self.timeout)
        self.sock = self._tls.wrap_socket(line, server_hostname=self.host)


class _Server(ThreadingHTTPServer):
    """The relay's ear."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, relay: Relay) -> None:
        super().__init__(("127.0.0.1", 0), cast("Callable[..., _Handler]", _Handler))
        self.relay = relay


class _Handler(BaseHTTPRequestHandler):
    """Takes what the engine sends."""

    def do_POST(self) -> None:
        """Ask the endpoint."""
        query = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        relay = cast("_Server", self.server).relay
        try:
            media, body = relay.ask(self.path, query)
        except RelayFailed as error:
            self.send_error(_BAD_GATEWAY, explain=str(error))
            return
        self.send_response(_OK)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the querier is told."""
