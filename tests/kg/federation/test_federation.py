"""Joins with another endpoint over a real socket, and what is refused of it."""

import json
import socket

import pytest

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.errors import EndpointFailed, ServiceLimit
from kg.federation.federation import Federation
from kg.federation.relay import BYTES
from kg.model.errors import KGError, QueryError
from kg.store.store import Store
from tests.kg.federation.endpoint import RESULTS, Endpoint, Reply, running
from web.relay_server import serve_relay


def ask(
    store: Store, endpoint: str, silent: str = "", seconds: float = 30, local: bool = True
) -> list[str]:
    query = f"""
    PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
    SELECT ?capital {{
      ?state a dip:State .
      SERVICE {silent} <{endpoint}> {{ ?state <x:capital> ?capital }}
    }} ORDER BY ?capital
    """
    named = {"SERVICE_ENDPOINTS": endpoint, "SERVICE_LOCAL": endpoint if local else ""}
    found = run_query(
        store, QueryRequest(query, timeout=seconds), Federation.of(named, serve_relay)
    )
    rows = json.loads(found.body)["results"]["bindings"]
    return [row["capital"]["value"] if "capital" in row else "" for row in rows]


def test_rows_are_joined_with_those_of_an_endpoint(store: Store, endpoint: Endpoint) -> None:
    assert ask(store, endpoint.iri) == ["Strelsau"]
    ((path, query),) = endpoint.asked
    assert path == "/sparql?x=1"
    assert "<x:capital>" in query


def test_an_endpoint_on_this_machine_is_not_asked(store: Store, endpoint: Endpoint) -> None:
    with pytest.raises(QueryError, match=r"127\.0\.0\.1, which is not a public address"):
        ask(store, endpoint.iri, local=False)
    assert endpoint.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(store: Store, endpoint: Endpoint, status: int) -> None:
    with running() as other:
        endpoint.reply = (status, {"Location": other.iri}, b"")
        with pytest.raises(QueryError, match=f"HTTP {status}"):
            ask(store, endpoint.iri)
        assert (len(endpoint.asked), other.asked) == (1, [])


@pytest.mark.parametrize(
    ("reply", "message"),
    [
        ((500, {}, b"no"), "HTTP 500"),
        ((200, {"Content-Type": "text/html"}, b"<p>"), "text/html, not SPARQL results"),
        ((200, {"Content-Type": RESULTS}, b" " * (BYTES + 1)), "more than 50 MB"),
        ((200, {"Content-Type": RESULTS, "Content-Length": "99"}, b"{"), "before it is complete"),
    ],
)
def test_an_invalid_response_is_an_error_that_names_the_endpoint(
    store: Store, endpoint: Endpoint, reply: Reply, message: str
) -> None:
    endpoint.reply = reply
    with pytest.raises(QueryError, match=message) as error:
        ask(store, endpoint.iri)
    assert endpoint.iri in str(error.value) or isinstance(error.value, ServiceLimit)


def test_silent_goes_on_without_results(store: Store, endpoint: Endpoint) -> None:
    endpoint.reply = (500, {}, b"")
    assert ask(store, endpoint.iri, "SILENT") == ["", ""]


def test_a_call_of_a_tarpit_ends_in_time(store: Store) -> None:
    with socket.create_server(("127.0.0.1", 0)) as pit:
        iri = f"http://127.0.0.1:{pit.getsockname()[1]}/"
        with pytest.raises(EndpointFailed, match="does not answer"):
            ask(store, iri, seconds=0.3)


@pytest.mark.parametrize(
    "iri", ["ftp://a.org/", "http://", "a.org", "http://u@a.org/", "http://a.org/#x", "http://a:0/"]
)
def test_an_invalid_endpoint_is_refused_by_name(iri: str) -> None:
    with pytest.raises(KGError, match="KG_SERVICE_ENDPOINTS"):
        Federation.of({"SERVICE_ENDPOINTS": iri}, serve_relay)


def test_a_local_endpoint_must_be_an_endpoint() -> None:
    with pytest.raises(KGError, match="KG_SERVICE_LOCAL"):
        Federation.of({"SERVICE_LOCAL": "http://a.org/"}, serve_relay)


def test_endpoints_without_a_server_for_their_calls_are_refused() -> None:
    with pytest.raises(KGError, match="need a server"):
        Federation(frozenset({"http://a.org/"}))
