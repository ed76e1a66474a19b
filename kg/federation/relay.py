"""Carries what the engine asks of another endpoint, each call once and all within limits."""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import cast

from kg.endpoint.guard import NESTED, QueryRefused
from kg.federation.allowance import Allowance, CallFailed, OutOfTime, ServiceLimit
from kg.federation.call import call_endpoint
from kg.federation.turns import take
from kg.model.errors import EndpointFailed, KGError

# What one query may take of all endpoints together: different calls, bytes that they send, and of
# the time for the query, so that some is left to say which endpoint was slow.
CALLS = 20
BYTES = 50_000_000
SHARE = 0.9
# And how many queries of this server may call one endpoint at once; others wait for their turn.
AT_ONCE = 4
_WAIT_SECONDS = 0.02

_JSON = "application/sparql-results+json"
# The engine goes on after a failure if the call is SILENT, but not where results break off.
_BROKEN_OFF = b'{"head":{"vars":[]},"results":{"bindings":['
_OK, _BAD_GATEWAY = 200, 502

Results = tuple[str, bytes]


@dataclass(frozen=True)
class ServiceCall:
    """A SERVICE of the query: which endpoint it calls, and whether it may fail unheard."""

    endpoint: str
    silent: bool


class ServiceRelay:
    """A server on loopback that calls endpoints; each site has a path that nobody could guess.

    `failure` is what the whole query fails of, whatever the engine makes of it: it takes a failed
    call in EXISTS for a match, and in MINUS for none.
    """

    def __init__(
        self, text: str, local: frozenset[str], seconds: float, turns: Path | None = None
    ) -> None:
        """Take a query, the endpoints that may be at any address, and how long it may take.

        Relays of several processes take turns by locks in the folder `turns`, if there is one.
        """
        self.failure: KGError | None = None
        self._text = text
        self._local = local
        self._turns = turns
        self._allowance = Allowance(seconds * SHARE, BYTES)
        self._sites: dict[str, ServiceCall] = {}
        self._answers: dict[tuple[str, bytes], Results | CallFailed] = {}
        self._one_at_a_time = threading.Lock()
        self._server = _Server(self)

    def __enter__(self) -> ServiceRelay:
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

    def address(self, site: ServiceCall) -> str:
        """Return where the engine is to send what is meant for the endpoint of a site."""
        path = f"/{secrets.token_hex(8)}"
        self._sites[path] = site
        return f"http://127.0.0.1:{self._server.server_port}{path}"

    def results(self, path: str, query: bytes) -> Results | None:
        """Return what the endpoint of a site answers, which may be broken off; None if nothing."""
        site = self._sites.get(path)
        if site is None or self.failure:
            return _JSON, _BROKEN_OFF
        try:
            return self._results(site, self._without_our_base(query))
        except KGError as error:
            self.failure = error
        except CallFailed as error:
            if site.silent and not isinstance(error, OutOfTime):
                return None
            self.failure = _failure(site, error)
        except Exception as error:  # noqa: BLE001 - the engine may take any failure for a match
            self.failure = _failure(site, error)
        return _JSON, _BROKEN_OFF

    def _without_our_base(self, query: bytes) -> bytes:
        """Leave out the base that relative IRIs have here, if it is not one that the query names.

        The engine writes it before a call in which all IRIs are absolute already.
        """
        line, _, rest = query.partition(b"\n")
        ours = line.startswith(b"BASE <") and line[5:] not in self._text.encode()
        return rest if ours else query

    def _results(self, site: ServiceCall, query: bytes) -> Results:
        # Backs the reading of `kg.endpoint.guard`: our addresses leave in no call, however nested.
        if any(path.encode() in query for path in self._sites):
            raise QueryRefused(NESTED)
        key = site.endpoint, query
        with self._one_at_a_time:
            if key not in self._answers:
                if len(self._answers) >= CALLS:
                    raise ServiceLimit(CALLS, "calls")
                self._answers[key] = self._called(*key)
        answer = self._answers[key]
        if isinstance(answer, CallFailed):
            raise answer
        return answer

    def _called(self, endpoint: str, query: bytes) -> Results | CallFailed:
        try:
            with self._turn(endpoint):
                return call_endpoint(
                    endpoint, query, self._allowance, anywhere=endpoint in self._local
                )
        except CallFailed as failed:
            return failed

    @contextmanager
    def _turn(self, endpoint: str) -> Iterator[None]:
        """Wait until fewer than `AT_ONCE` other processes call an endpoint, then be one of them."""
        if self._turns is None:
            yield
            return
        name = hashlib.sha256(endpoint.encode()).hexdigest()[:16]
        while (taken := take(self._turns, name, range(AT_ONCE))) is None:
            if self._allowance.over:
                raise OutOfTime(f"{AT_ONCE} other queries call it, the most at once; try later")
            time.sleep(_WAIT_SECONDS)
        try:
            yield
        finally:
            os.close(taken[1])


def _failure(site: ServiceCall, error: Exception) -> EndpointFailed:
    return EndpointFailed(f"SERVICE <{site.endpoint}>: {str(error) or type(error).__name__}")


class _Server(ThreadingHTTPServer):
    """The relay's ear."""

    daemon_threads = True
    block_on_close = False

    def __init__(self, relay: ServiceRelay) -> None:
        super().__init__(("127.0.0.1", 0), cast("Callable[..., _Handler]", _Handler))
        self.relay = relay

    def handle_error(self, *_: object) -> None:
        """Have the query fail if a call cannot be taken, for want of a thread maybe.

        The engine hangs up on results of which it has read enough: that is no failure.
        """
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self.relay.failure = EndpointFailed(f"SERVICE cannot be called ({error or 'failed'})")


class _Handler(BaseHTTPRequestHandler):
    """Takes what the engine sends."""

    def do_POST(self) -> None:
        """Ask the endpoint."""
        query = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        results = cast("_Server", self.server).relay.results(self.path, query)
        if results is None:
            self.send_error(_BAD_GATEWAY)
            return
        media, body = results
        self.send_response(_OK)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing: the querier is told."""
