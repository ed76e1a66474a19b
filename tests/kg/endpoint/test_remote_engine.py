"""Queries of the public over an engine behind HTTP: the same answers, limits and rules."""

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from pyoxigraph import Quad

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.model.errors import QueryRefused, SizeLimit, TimeLimit
from kg.store.remote.addresses import Addresses, EngineSettings
from kg.store.remote.errors import EngineUnavailable
from kg.store.remote.marker import BuildMarker
from kg.store.remote.opening import open_replicas
from kg.store.store import Store
from tests.kg.federation.endpoint import federation, running
from tests.oxigraph_server import endpoint_at, engine_with, oxigraph_server
from tests.publishing import with_inferred
from web import create_app

pytestmark = pytest.mark.server

NUMBER, OTHER = "aaaaaaaaaaaa", "bbbbbbbbbbbb"
NOBODY = Federation()
NAMES = (
    "SELECT ?s ?name { ?s <http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name ?s"
)
PRODUCT = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"


@pytest.fixture(scope="module")
def urls(tiny: list[Quad]) -> Iterator[tuple[str, str]]:
    """Run two servers: one of the build, one of another."""
    with oxigraph_server() as right, oxigraph_server() as wrong:
        quads = with_inferred(tiny)
        engine_with(right, quads)
        for url, number in ((right, NUMBER), (wrong, OTHER)):
            endpoint, _ = endpoint_at(url)
            endpoint.update(BuildMarker(number, len(quads)).update())
            endpoint.close()
        yield right, wrong


@pytest.fixture(scope="module")
def remote(urls: tuple[str, str]) -> Store:
    """Return a store over both, and over a third that nobody runs."""
    addresses = tuple(map(Addresses, (*urls, "http://127.0.0.1:1/query")))
    return Store(NUMBER, open_replicas(EngineSettings(addresses), NUMBER))


@pytest.fixture(scope="module")
def here(tiny: list[Quad]) -> Store:
    return Store.of(with_inferred(tiny), NUMBER)


@pytest.mark.parametrize("media_type", ["application/sparql-results+json", "text/csv"])
@pytest.mark.parametrize("evidence", [False, True])
def test_rows_and_their_evidence_are_the_same(
    here: Store, remote: Store, media_type: str, evidence: bool
) -> None:
    evidence = evidence and media_type.endswith("json")
    request = QueryRequest(NAMES, rows_type=media_type, evidence=evidence)
    assert run_query(remote, request, NOBODY) == run_query(here, request, NOBODY)


def test_an_explanation_is_the_same(here: Store, remote: Store) -> None:
    request = QueryRequest("SELECT * { ?s <x:none> ?o }", explain=True)
    assert run_query(remote, request, NOBODY) == run_query(here, request, NOBODY)


def test_no_more_bytes_are_read_than_may_be_sent(remote: Store) -> None:
    with pytest.raises(SizeLimit):
        run_query(remote, QueryRequest(PRODUCT, max_bytes=100_000, timeout=20), NOBODY)


def test_the_connection_is_dropped_at_the_time_limit(remote: Store) -> None:
    query = PRODUCT.replace("*", "(COUNT(*) AS ?n)")
    with pytest.raises(TimeLimit):
        run_query(remote, QueryRequest(query, timeout=0.4), NOBODY)


def test_service_is_called_here_and_its_results_joined_there(here: Store, remote: Store) -> None:
    with running() as endpoint:
        calling = federation(endpoint)
        query = f"""SELECT ?state ?capital {{
  ?state a ?class . SERVICE <{endpoint.iri}> {{ ?state <x:capital> ?capital }}
}} ORDER BY ?state ?class"""
        result = run_query(remote, QueryRequest(query), calling)
        assert result == run_query(here, QueryRequest(query), calling)
        assert json.loads(result.body)["results"]["bindings"]
        with pytest.raises(QueryRefused):
            run_query(remote, QueryRequest(query), NOBODY)


def test_health_names_the_engines_that_are_not_used(remote: Store, urls: tuple[str, str]) -> None:
    client = create_app({"SAVED": "0"}, store=remote).test_client()
    response = client.get("/healthz")
    report = response.get_json()
    assert (response.status_code, report["status"]) == (200, "degraded")
    right, wrong, nobody = report["engines"]
    assert right == {"store": 1, "used": True}
    assert wrong["reason"] == f"store 2 holds build {OTHER}, not {NUMBER}"
    assert "refused" in nobody["reason"]
    # Their addresses are for the log.
    assert "127.0.0.1" not in response.get_data(as_text=True)


def test_without_an_engine_of_the_build_pages_say_that_they_come_back(
    urls: tuple[str, str],
) -> None:
    engine = open_replicas(EngineSettings((Addresses(urls[1]),)), NUMBER)
    client = create_app({"SAVED": "0"}, store=Store(NUMBER, engine)).test_client()
    assert client.get("/healthz").status_code == 503
    for path, accept in (("/page/ruritania", "text/html"), ("/sparql?query=ASK%7B%7D", "*/*")):
        response = client.get(path, headers={"Accept": accept})
        assert response.status_code == 503
        assert int(response.headers["Retry-After"]) > 0
        assert urlsplit(urls[1]).netloc not in response.get_data(as_text=True)


def test_with_no_engine_at_all_there_is_no_dialect_to_speak() -> None:
    with pytest.raises(EngineUnavailable, match="no SPARQL engine of KG_STORE answers"):
        open_replicas(EngineSettings((Addresses("http://127.0.0.1:1/query"),)), NUMBER)
