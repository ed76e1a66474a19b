"""The edge before a small application, on a loopback port, with short deadlines."""

import contextlib
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from uvicorn.config import Config
from uvicorn.server import Server

from web.edge.asgi import Edge
from web.edge.connection_limits import EdgeLimits
from web.edge.prompt import PromptConnection
from web.serving.public_queries import AT_ONCE, NotAtOnce

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

SHORT = EdgeLimits(
    idle_seconds=0.6,
    header_seconds=0.6,
    body_seconds=0.6,
    read_seconds=1.0,
    connections=64,
    answers=40_000_000,
    answers_each=30_000_000,
)
Serve = Callable[..., contextlib.AbstractContextManager[int]]


def application(environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
    """Answer /large/N by N bytes, /slow after half a second, all else by what came.

    What begins with /quick is answered at once, and /split with a header that has a line break.
    """
    path = environ["PATH_INFO"]
    if path.startswith(("/quick", "/split")):
        headers = [("Content-Length", str(len(path)))]
        headers += [("X-A", "b\r\nX-C: d")] if path.startswith("/split") else []
        start("200 OK", headers)
        return [path.encode()]
    if AT_ONCE in environ:
        raise NotAtOnce
    if path.startswith("/slow"):
        time.sleep(0.5)
    size = int(path.rpartition("/")[2]) if path.startswith("/large/") else 0
    body = b"x" * size if size else path.encode("latin-1") + b" " + environ["wsgi.input"].read()
    start("200 OK", [("Content-Type", "text/plain"), ("Content-Length", str(len(body)))])
    return [body]


@contextlib.contextmanager
def serving(threads: int = 4, **limits: object) -> Iterator[int]:
    bounds = replace(SHORT, **limits)  # type: ignore[arg-type]
    protocol = type("Hasty", (PromptConnection,), {"limits": bounds})
    edge = Edge(application, threads, limits=bounds)
    config = Config(
        edge,
        http=protocol,
        loop="uvloop",
        ws="none",
        lifespan="on",
        log_config=None,
        proxy_headers=False,
    )
    server = Server(config)
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, args=([listener],))
        thread.start()
        while not server.started:
            time.sleep(0.01)
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@pytest.fixture
def serve() -> Serve:
    return serving


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with serving() as number:
        yield number
