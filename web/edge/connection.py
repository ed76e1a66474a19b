"""One connection: HTTP/1.1 as uvicorn speaks it, with deadlines and bounds.

uvicorn reads and writes without holding a thread, but waits for ever: for a first byte, for the
rest of a request, for a client to read. Here each wait has a deadline, `web.edge.sweeper`
enforces it, and a request is refused as soon as it is larger than any of ours.
"""

from __future__ import annotations

import asyncio
from http import HTTPStatus
from math import inf
from typing import TYPE_CHECKING, Any

from httptools import HttpParserError, HttpParserUpgrade, HttpRequestParser
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.server import ServerState

from web.edge.connection_limits import EdgeLimits, allow_files
from web.edge.problem import problem_response
from web.edge.sweeper import OPEN, close_idle
from web.edge.transport import Corked
from web.request.bounds import ADDRESS, BODY, FIELDS, HEADER_SECTION

if TYPE_CHECKING:
    from uvicorn._types import ASGI3Application

# The key of ASGI's `state` under which the application finds the connection.
CONNECTION = "connection"
# Beyond as many fields the parser's reading itself is stopped.
_LAST_SECONDS, _FIELDS = 2.0, 2 * FIELDS


class Connection(HttpToolsProtocol):
    """A connection whose client must send and read in time.

    A request must be complete by `read_by`, and what is being sent read by `sent_by`, both by the
    loop's clock; `inf` while there is nothing to wait for.
    """

    limits = EdgeLimits()

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        """Start as uvicorn does."""
        super().__init__(config, server_state, app_state, _loop)
        self.read_by = self.sent_by = inf
        self._in_message = self._in_headers = False
        self._header_size = self._body_left = 0
        self._refused = False
        self._answering: RequestResponseCycle | None = None

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Expect a request; close others if there are too many connections."""
        self.corked = Corked(transport)
        super().connection_made(self.corked)  # type: ignore[arg-type]
        self.read_by = self._idle_by()
        OPEN.add(self)
        if len(OPEN) > allow_files(self.limits.connections):
            close_idle()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        OPEN.discard(self)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read a piece of a request, unless its headers are too large."""
        if self._refused:
            # Read on, so that the client reads why before it learns that nobody listens.
            return
        self._unset_keepalive_if_required()
        try:
            self._feed(data)
        except HttpParserError:
            self.let_go()
            self.send_400_response("This is not HTTP/1.1.")
        if self._in_headers:
            # Of a header that has not ended, the parser tells nothing.
            self._header_size += len(data)
            self._check_headers()

    def _feed(self, data: bytes) -> None:
        """Parse HTTP/1.1, whatever other protocol a client would rather speak (RFC 9110, 7.8).

        The parser ends a request that offers to change the protocol before its body, and stops.
        """
        while data and not self._over:
            if self._body_left:
                body, data = data[: self._body_left], data[self._body_left :]
                self._body_left -= len(body)
                self.on_body(body)
                if not self._body_left:
                    self._complete()
                continue
            try:
                self.parser.feed_data(data)
                return
            except HttpParserUpgrade as upgrade:
                data = data[upgrade.args[0] :]
                self.parser = HttpRequestParser(self)
                self.parser.set_dangerous_leniencies(lenient_data_after_close=True)

    def on_message_begin(self) -> None:
        """Start the clock for the headers."""
        super().on_message_begin()
        self.scope["state"][CONNECTION] = self
        self._in_message = self._in_headers = True
        self._header_size = 0
        self.read_by = self.loop.time() + self.limits.header_seconds

    def on_url(self, url: bytes) -> None:
        """Read a piece of the address."""
        self._header_size += len(url)
        # Of which `web.request.bounds` does not count the question mark.
        if self._header_size > ADDRESS + 1:
            self.refuse(HTTPStatus.REQUEST_URI_TOO_LONG, f"an address has at most {ADDRESS} bytes")
        elif self._check_headers():
            super().on_url(url)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Read a header field."""
        self._header_size += len(name) + len(value)
        if self._check_headers():
            super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Have the request answered, unless too many wait in this connection."""
        self._in_headers = False
        if self._over:
            return
        if len(self.pipeline) >= self.limits.pipelined:
            self.drop()
            return
        self.read_by = self.loop.time() + self.limits.body_seconds
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        """Read a piece of the body."""
        if not self._over:
            super().on_body(body)

    def on_message_complete(self) -> None:
        """Have what has been read as the request, unless its body is still to come."""
        if self.parser.should_upgrade():
            self._body_left = min(int(dict(self.headers).get(b"content-length", b"0")), BODY)
        if not self._body_left:
            self._complete()

    def _complete(self) -> None:
        """Stop the clock: what comes now is ours to do."""
        self._in_message = False
        # Of what was refused before it was read, nothing more is to be done.
        self.read_by = self._idle_by() if self.idle else inf
        if not self._over:
            super().on_message_complete()

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: ASGI3Application) -> None:
        self._answering = cycle
        super()._start_asgi_task(cycle, app)

    def on_response_complete(self) -> None:
        """Expect another request."""
        self.sent_by = inf
        super().on_response_complete()
        if self.idle and not self._in_message:
            self.read_by = self._idle_by()

    def _idle_by(self) -> float:
        return self.loop.time() + self.limits.idle_seconds

    def expect_reading(self) -> None:
        """Expect the client to read what is sent next, or what is still to be sent before it."""
        self.sent_by = self.loop.time() + self.limits.read_seconds

    @property
    def _over(self) -> bool:
        """Tell whether no request is answered here any more."""
        return self._refused or self.transport.is_closing()

    @property
    def idle(self) -> bool:
        """Tell whether no request is being answered."""
        return self.cycle is None or self.cycle.response_complete

    def end_if_late(self, now: float) -> None:
        """End the connection if one of its deadlines has passed."""
        if self.sent_by < now:
            self.drop()
        elif self.read_by < now and not self._waits_for_us():
            self._end_reading()

    def _waits_for_us(self) -> bool:
        """Tell whether the next request is not read since one before it is being answered."""
        return self.flow.read_paused or (self._in_headers and not self.idle)

    def _end_reading(self) -> None:
        answered = self._in_message and not self._in_headers and self.idle
        if self._over:
            self.drop()
        elif self._in_message and not answered:
            self.refuse(HTTPStatus.REQUEST_TIMEOUT, "the request did not arrive in time")
        else:
            self.transport.close()
            self.read_by = self.loop.time() + _LAST_SECONDS

    def refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer a request that is not complete with a problem, and close."""
        if not (self.idle or self._in_headers or not self.cycle.response_started):
            self.drop()
            return
        answer = problem_response(status, detail)
        fields = [("Connection", "close"), *answer.headers]
        head = "".join(f"{name}: {value}\r\n" for name, value in fields)
        self.transport.write(f"HTTP/1.1 {answer.status}\r\n{head}\r\n".encode() + answer.body)
        # A full close could reset the connection before the client has read (RFC 9112, 9.6).
        self.transport.write_eof()
        self._refused = True
        self.let_go()
        self.read_by = self.loop.time() + _LAST_SECONDS

    def drop(self) -> None:
        """Close without sending what is still to be sent."""
        self.let_go()
        self.transport.abort()

    def let_go(self) -> None:
        """Tell what answers requests of this connection that nobody reads it any more."""
        for cycle in (self._answering, self.cycle, *(waiting for waiting, _ in self.pipeline)):
            if cycle is not None and not cycle.response_complete:
                cycle.disconnected = True
                cycle.message_event.set()

    def _check_headers(self) -> bool:
        if self._over:
            return False
        # That the headers alone are within their bound is for `web.serving.bounds_check` to see.
        if self._header_size <= ADDRESS + HEADER_SECTION and len(self.headers) < _FIELDS:
            return True
        self.refuse(
            HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE,
            f"there are at most {FIELDS} header fields, of {HEADER_SECTION} bytes together",
        )
        return False
