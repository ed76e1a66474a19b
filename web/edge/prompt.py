"""A connection that has requests answered without a task for each.

For a small answer, making a task and having uvicorn check each header takes longer than a cached
answer or a look-up does: without them a worker sends a third more of these a second.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from web.edge.asgi import RESPONSE
from web.edge.connection import Connection
from web.serving.cached_response import CachedResponse

if TYPE_CHECKING:
    from web.edge.asgi import Edge


class PromptConnection(Connection):
    """A connection that answers requests without a body as soon as it can."""

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Edge) -> None:  # type: ignore[override]
        self._answering = cycle
        response = app.at_once(cycle.scope)
        if response:
            self._send(cycle, app, response)
        elif not app.in_thread(cycle.scope, partial(self._send, cycle, app)):
            super()._start_asgi_task(cycle, app)

    def _send(self, cycle: RequestResponseCycle, app: Edge, response: CachedResponse) -> None:
        """Send an answer; in a task, which minds the deadlines, if it may take a while."""
        if cycle.disconnected or self.transport.is_closing():
            return
        head = b"" if self.flow.write_paused else self._head(cycle, response)
        if not head or len(response.body) > app.small:
            cycle.scope["state"][RESPONSE] = response
            super()._start_asgi_task(cycle, app)
            return
        self.transport.write(head + response.body)
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def _head(self, cycle: RequestResponseCycle, response: CachedResponse) -> bytes:
        """Return the start of an answer (RFC 9112, 4).

        Nothing if it is for uvicorn to write: a header has a line break, or none says the length.
        """
        lines = [
            f"HTTP/1.1 {response.status}",
            *(f"{name}: {value}" for name, value in response.headers),
        ]
        if not cycle.keep_alive:
            lines.append("connection: close")
        head = "\r\n".join(lines)
        # 304 has no body, and needs no length (RFC 9112, 6.3).
        has_length = "\r\ncontent-length: " in head.lower() or response.status.startswith("304")
        if not has_length or head.count("\n") >= len(lines):
            return b""
        usual = b"".join(b"%b: %b\r\n" % field for field in self.server_state.default_headers)
        return head.encode("latin-1") + b"\r\n" + usual + b"\r\n"
