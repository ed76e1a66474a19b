"""A connection that sends what is answered at once without a task of its own.

For a cached answer or a look-up, making a task and having uvicorn check each header takes as long
as the answer: without them a worker sends a third more of them a second.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from uvicorn.protocols.http.httptools_impl import RequestResponseCycle

from web.cache import Sent
from web.edge.connection import Connection

if TYPE_CHECKING:
    from web.edge.application import Edge


class PromptConnection(Connection):
    """A connection whose application may answer at once."""

    def _start_asgi_task(self, cycle: RequestResponseCycle, app: Edge) -> None:  # type: ignore[override]
        # Who has not read the last answer waits for the next as others do, with a deadline.
        sent = None if self.flow.write_paused else app.at_once(cycle.scope)
        head = sent and self._head(cycle, sent)
        if not sent or not head:
            super()._start_asgi_task(cycle, app)
            return
        self.transport.write(head + sent.body)
        cycle.response_started = cycle.response_complete = True
        if not cycle.keep_alive:
            self.transport.close()
        cycle.on_response()

    def _head(self, cycle: RequestResponseCycle, sent: Sent) -> bytes:
        """Return the start of an answer (RFC 9112, 4); nothing if a header has a line break."""
        lines = [f"HTTP/1.1 {sent.status}", *(f"{name}: {value}" for name, value in sent.headers)]
        if not cycle.keep_alive:
            lines.append("connection: close")
        head = "\r\n".join(lines)
        if head.count("\n") >= len(lines):
            return b""
        usual = b"".join(b"%b: %b\r\n" % field for field in self.server_state.default_headers)
        return head.encode("latin-1") + b"\r\n" + usual + b"\r\n"
