"""Oxigraph's own server, started for a test on a free port of the loopback interface."""

import socket
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, serialize

from kg.store.remote.addresses import EngineSettings
from kg.store.remote.blank_nodes import skolemised_quads
from kg.store.remote.dialects import Dialect
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.opening import open_endpoint

BINARY = Path(sys.executable).with_name("oxigraph")
_SECONDS = 20


@contextmanager
def oxigraph_server() -> Iterator[str]:
    """Start a server with nothing in it, in memory; yield the address of its queries."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    command = [str(BINARY), "serve", "--bind", f"127.0.0.1:{port}"]
    with subprocess.Popen(command, stderr=subprocess.DEVNULL) as process:
        try:
            _wait(port)
            yield f"http://127.0.0.1:{port}/query"
        finally:
            process.kill()


def _wait(port: int) -> None:
    end = time.monotonic() + _SECONDS
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            return
        except OSError:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


def endpoint_at(url: str) -> tuple[Endpoint, Dialect]:
    """Return the endpoint at an address, with the dialect that it says itself."""
    settings = EngineSettings().at(url)
    return open_endpoint(settings.addresses[0], settings)


def engine_with(url: str, quads: Iterable[Quad]) -> RemoteEngine:
    """Load quads into a server, in addition to what it has; return the engine that asks it."""
    endpoint, dialect = endpoint_at(url)
    body = serialize(skolemised_quads(quads), format=RdfFormat.N_QUADS)
    headers = {"Content-Type": "application/n-quads"}
    response = endpoint.send("POST", endpoint.addresses.graphs, body or b"", headers)
    assert response.status < 300, response.body
    return RemoteEngine(endpoint, dialect)
