"""The HTTP server on loopback that takes the engine's SERVICE calls of one query."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

from kg.federation.errors import EndpointFailed
from kg.federation.relay import ServiceRelay

# Memory of the listening thread's stack. The default of 8 MB would count against the memory that
# a worker process may use for its query.
_STACK_BYTES = 1 << 20
_POLL_SECONDS = 0.01


@contextmanager
def serve_relay(relay: ServiceRelay) -> Iterator[str]:
    """Serve a relay on a free loopback port; yield the URL that its paths are added to."""
    server = _RelayServer(relay)
    size = threading.stack_size(_STACK_BYTES)
    try:
        threading.Thread(target=server.serve_forever, args=(_POLL_SECONDS,), daemon=True).start()
    finally:
        threading.stack_size(size)
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()


class _RelayServer(ThreadingHTTPServer):
    # The engine may hang up early, and the worker process may end at any time: no call is awaited.
    daemon_threads = True
    block_on_close = False

    def __init__(self, relay: ServiceRelay) -> None:
        super().__init__(("127.0.0.1", 0), cast("Callable[..., _RelayHandler]", _RelayHandler))
        self.relay = relay

    def handle_error(self, *_: object) -> None:
        """Fail the query if a call cannot be served, for want of a thread for example.

        The engine hangs up on results of which it has read enough: that is no failure.
        """
        error = sys.exception()
        if not isinstance(error, ConnectionError):
            self.relay.failure = EndpointFailed(f"SERVICE cannot be called ({error or 'failed'})")


class _RelayHandler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        """Pass the engine's query to the relay, and its results back."""
        query = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        results = cast("_RelayServer", self.server).relay.respond(self.path, query)
        if results is None:
            self.send_error(HTTPStatus.BAD_GATEWAY)
            return
        media, body = results
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", media)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Log nothing: the client receives the error."""
