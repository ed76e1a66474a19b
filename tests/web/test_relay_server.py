"""The server for the engine's SERVICE calls, alone and in a process of the fork server."""

import json
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Quad

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.errors import EndpointFailed
from kg.federation.federation import redirect_services
from kg.store.store import Store
from kg.workers.pool import WorkerPool
from kg.workers.query_limits import Limits
from kg.workers.supervisor import Supervisor
from tests.kg.federation.endpoint import RESULTS, Endpoint, federation, running
from tests.publishing import publish


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as server:
        yield server


def send_malformed_call(address: str) -> None:
    """Send a request that the server cannot read, and wait for it to hang up."""
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname or "", parts.port or 0), timeout=30) as line:
        line.sendall(f"POST {parts.path} HTTP/1.0\r\nContent-Length: x\r\n\r\n".encode())
        line.recv(1024)


def test_a_call_that_cannot_be_served_fails_the_query(endpoint: Endpoint) -> None:
    query = f"ASK {{ FILTER EXISTS {{ SERVICE <{endpoint.iri}> {{ ?s ?p ?o }} }} }}"
    with (
        pytest.raises(EndpointFailed, match="cannot be called"),
        redirect_services(query, federation(endpoint)) as redirected,
    ):
        send_malformed_call(next(iter(redirected.endpoints)))


def test_a_query_may_read_part_of_an_endpoints_results(store: Store, endpoint: Endpoint) -> None:
    rows = b",".join([b'{"s":{"type":"uri","value":"x:s"}}'] * 500_000)
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[' + rows + b"]}}"
    endpoint.reply = (200, {"Content-Type": RESULTS}, body)
    query = f"SELECT * {{ SERVICE <{endpoint.iri}> {{ ?s ?p ?o }} }} LIMIT 1"
    result = run_query(store, QueryRequest(query, timeout=30), federation(endpoint))
    assert len(json.loads(result.body)["results"]["bindings"]) == 1


def test_a_worker_process_calls_endpoints_through_the_server(
    endpoint: Endpoint, tmp_path: Path, tiny: list[Quad]
) -> None:
    publish(tmp_path, tiny)
    services = {"SERVICE_ENDPOINTS": endpoint.iri, "SERVICE_LOCAL": endpoint.iri}
    supervisor = Supervisor("web.forkserver", {"BUILDS": tmp_path, **services})
    pool = WorkerPool(supervisor.socket, Limits())
    query = f"SELECT ?o {{ SERVICE <{endpoint.iri}> {{ ?s <x:capital> ?o }} }} ORDER BY ?o"
    rows = json.loads(pool.run(QueryRequest(query)).body)["results"]["bindings"]
    assert [row["o"]["value"] for row in rows] == ["Strelsau", "Szohôd"]
    pool.close()
    supervisor.close()
