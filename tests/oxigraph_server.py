"""Oxigraph's own server for a test, and quads put into it as the site's own code sends them."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from pyoxigraph import Quad, RdfFormat, serialize

from kg.store.remote.addresses import EngineSettings
from kg.store.remote.blank_nodes import skolemised_quads
from kg.store.remote.dialects import Dialect
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.opening import open_endpoint
from tests.engines.processes import oxigraph


@contextmanager
def oxigraph_server() -> Iterator[str]:
    """Start a server with nothing in it, in memory; yield the address of its queries."""
    with TemporaryDirectory() as folder, oxigraph(Path(folder), in_memory=True) as url:
        yield url


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
