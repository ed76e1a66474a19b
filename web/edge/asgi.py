"""A complete request: its environment, its answer, and the sending of it (ASGI 3).

https://asgi.readthedocs.io/en/latest/specs/www.html
"""

from __future__ import annotations

import asyncio
import io
from collections.abc import Callable
from functools import partial
from http import HTTPStatus
from typing import TYPE_CHECKING

from web.edge.connection import CONNECTION, Connection
from web.edge.connection_limits import EdgeLimits
from web.edge.problem import problem_response
from web.edge.reserve import Reserve, ReserveFull
from web.edge.sweeper import close_overdue
from web.edge.threads import FairThreads, QueueFull
from web.edge.wsgi import behind_proxies, environment, respond, respond_at_once
from web.request.bounds import BODY
from web.serving.cached_response import CachedResponse
from web.serving.public_queries import client_of

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment
    from uvicorn._types import ASGIReceiveCallable, ASGISendCallable, HTTPScope, Scope


# Keys of ASGI's `state`: the environment of a request that was tried at once, and a response.
_ENVIRONMENT, RESPONSE = "environment", "response"
# A request has a body if it has one of these (RFC 9112, 6.3).
_OF_BODIES = {b"content-length", b"transfer-encoding"}


class Refused(Exception):  # noqa: N818 - the name says what happened
    """A request that is not passed on."""

    def __init__(self, status: HTTPStatus, detail: str) -> None:
        """Record the status and the reason."""
        super().__init__(detail)
        self.response = problem_response(status, detail)


class Edge:
    """An ASGI application that has a WSGI application answer."""

    def __init__(
        self,
        wsgi: WSGIApplication,
        threads: int,
        proxies: int = 0,
        limits: EdgeLimits | None = None,
    ) -> None:
        """Take the application, and how many threads queries take at most.

        The addresses of clients come from so many trusted `proxies` in front. With AT_ONCE in its
        environment the application must take no longer than a look-up, or raise NotAtOnce.
        """
        self._wsgi = wsgi
        self._proxies = proxies
        bounds = limits or EdgeLimits()
        self._threads: FairThreads[CachedResponse] = FairThreads(
            threads + bounds.page_threads, bounds.waiting, bounds.waiting_each
        )
        self.small = bounds.small_answer
        self._bodies = Reserve(bounds.bodies, bounds.bodies_each)
        self._responses = Reserve(bounds.answers, bounds.answers_each, bounds.small_answer)

    def at_once(self, scope: HTTPScope) -> CachedResponse | None:
        """Return the response to a request without a body, if it is there at once."""
        if scope["method"] != "GET" or any(name in _OF_BODIES for name, _ in scope["headers"]):
            return None
        environ = self._environment(scope)
        response = respond_at_once(self._wsgi, environ)
        if response is None:
            scope["state"][_ENVIRONMENT] = environ
        return response

    def in_thread(self, scope: HTTPScope, done: Callable[[CachedResponse], object]) -> bool:
        """Have a request answered in a thread that was not `at_once`; tell whether it was tried.

        `done` is called with the response, in the event loop.
        """
        environ = scope["state"].pop(_ENVIRONMENT, None)
        if environ is None:
            return False
        self._start(environ, done)
        return True

    def _environment(self, scope: HTTPScope) -> WSGIEnvironment:
        environ = environment(scope)
        behind_proxies(environ, self._proxies)
        return environ

    def _start(self, environ: WSGIEnvironment, done: Callable[[CachedResponse], object]) -> None:
        try:
            self._threads.start(_client(environ), partial(respond, self._wsgi, environ), done)
        except QueueFull:
            detail = "too many requests wait to be answered; try again in 5 s"
            done(problem_response(HTTPStatus.SERVICE_UNAVAILABLE, detail))

    async def __call__(
        self, scope: Scope, receive: ASGIReceiveCallable, send: ASGISendCallable
    ) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self._live(receive, send)
            return
        connection: Connection = scope["state"][CONNECTION]
        environ = self._environment(scope)
        try:
            response = await self._respond(scope, receive, environ)
            with self._responses.hold(_client(environ), len(response.body)):
                await _send(connection, send, response)
                return
        except Refused as refusal:
            response = refusal.response
        except ReserveFull:
            detail = "too many large answers are being sent; read those, or try again in 5 s"
            response = problem_response(HTTPStatus.SERVICE_UNAVAILABLE, detail)
        await _send(connection, send, response)

    # https://asgi.readthedocs.io/en/latest/specs/lifespan.html
    async def _live(self, receive: ASGIReceiveCallable, send: ASGISendCallable) -> None:
        await receive()
        sweeper = asyncio.create_task(close_overdue())
        await send({"type": "lifespan.startup.complete"})
        await receive()
        sweeper.cancel()
        self._threads.close()
        await send({"type": "lifespan.shutdown.complete"})

    async def _respond(
        self, scope: HTTPScope, receive: ASGIReceiveCallable, environ: WSGIEnvironment
    ) -> CachedResponse:
        if RESPONSE in scope["state"]:
            # Not to be held by a connection that waits for the next request.
            return scope["state"].pop(RESPONSE)  # type: ignore[no-any-return]
        size = _announced(scope)
        try:
            with self._bodies.hold(_client(environ), size):
                if size:
                    environ["wsgi.input"] = io.BytesIO(await _read(receive))
                response = respond_at_once(self._wsgi, environ)
                return response or await self._respond_in_thread(environ)
        except ReserveFull:
            detail = "too many requests with bodies are being read; try again in 5 s"
            raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, detail) from None

    async def _respond_in_thread(self, environ: WSGIEnvironment) -> CachedResponse:
        future: asyncio.Future[CachedResponse] = asyncio.get_running_loop().create_future()
        self._start(environ, partial(_settle, future))
        return await future


def _settle(future: asyncio.Future[CachedResponse], response: CachedResponse) -> None:
    # The task that waited may have been cancelled.
    if not future.done():
        future.set_result(response)


def _client(environ: WSGIEnvironment) -> str:
    return client_of(environ["REMOTE_ADDR"])


def _announced(scope: HTTPScope) -> int:
    """Return the size of the body that a request announces, 0 if it has none.

    Refused if it is too large, or comes in chunks: then nobody could tell before it has been read.
    """
    headers = dict(scope["headers"])
    if b"transfer-encoding" in headers:
        detail = "say how long the body is: send a Content-Length"
        raise Refused(HTTPStatus.LENGTH_REQUIRED, detail)
    # httptools has refused a length that is no number.
    size = int(headers.get(b"content-length", b"0"))
    if size > BODY:
        detail = f"the body has {size:,} bytes; at most {BODY:,} bytes are read here"
        raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail)
    return size


async def _read(receive: ASGIReceiveCallable) -> bytes:
    """Read a body; the connection's deadline bounds how long that may take."""
    body = bytearray()
    while True:
        message = await receive()
        if message["type"] != "http.request":
            raise Refused(HTTPStatus.BAD_REQUEST, "the body ended before it was whole")
        body += message.get("body", b"")
        if not message.get("more_body"):
            return bytes(body)


async def _send(connection: Connection, send: ASGISendCallable, response: CachedResponse) -> None:
    """Send an answer in pieces, each of which the client must read in time."""
    if _gone(connection):
        return
    headers = [(name.encode("latin-1"), text.encode("latin-1")) for name, text in response.headers]
    connection.expect_reading()
    connection.corked.hold()
    await send(
        {"type": "http.response.start", "status": int(response.status[:3]), "headers": headers}
    )
    size = len(response.body)
    body = memoryview(response.body)
    # An empty body is a message too, which ends the response.
    for start in range(0, max(size, 1), connection.limits.piece):
        if _gone(connection):
            return
        end = start + connection.limits.piece
        connection.expect_reading()
        # A view is not copied. ASGI's type says bytes; uvicorn takes any buffer.
        piece = {"type": "http.response.body", "body": body[start:end], "more_body": end < size}
        await send(piece)  # type: ignore[arg-type]
        connection.corked.release()


def _gone(connection: Connection) -> bool:
    """Tell whether the client has gone, and have uvicorn know it."""
    if connection.transport.is_closing():
        connection.let_go()
        return True
    return False
