"""What a query may take of other endpoints together, and that none learns of the relay."""

import hashlib
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.errors import EndpointFailed, ServiceLimit
from kg.federation.federation import Federation, redirect_services
from kg.federation.relay import AT_ONCE, BYTES, CALLS
from kg.model.errors import QueryError, QueryRefused
from kg.store.locks import claim_slot
from kg.store.store import Store
from tests.kg.federation.endpoint import RESULTS, Endpoint, federation
from web.relay_server import serve_relay

STATES = "?state <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> ?kind ."
CAPITAL = "?state <x:capital> ?capital"


def asked(store: Store, endpoint: Endpoint, query: str, evidence: bool = False) -> list[str]:
    """Ask with OK for the endpoint; return what it was sent."""
    calling = federation(endpoint)
    text = query.replace("<OK", f"<{endpoint.iri}")
    run_query(store, QueryRequest(text, timeout=30, evidence=evidence), calling)
    return [sent for _, sent in endpoint.asked]


@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {STATES} FILTER EXISTS {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
        f"SELECT * {{ {STATES} LATERAL {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
        f"SELECT * {{ SERVICE <OK> {{ {CAPITAL} }} {STATES} SERVICE <OK> {{ {CAPITAL} }} }}",
    ],
)
def test_the_same_call_is_made_once(store: Store, endpoint: Endpoint, query: str) -> None:
    assert asked(store, endpoint, query) == [f"SELECT * WHERE {{ {CAPITAL} . }}"]


def test_a_call_that_failed_is_not_made_again(store: Store, endpoint: Endpoint) -> None:
    endpoint.reply = (500, {}, b"")
    query = f"SELECT * {{ {STATES} LATERAL {{ SERVICE SILENT <OK> {{ {CAPITAL} }} }} }}"
    assert len(asked(store, endpoint, query)) == 1


# The engine called the endpoint itself, once for each row, at whatever address its name had.
@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_evidence_calls_through_the_relay(store: Store, endpoint: Endpoint, silent: str) -> None:
    query = f"SELECT * {{ ?state ?p ?o . SERVICE {silent} <OK> {{ {CAPITAL} }} }}"
    assert len(asked(store, endpoint, query, evidence=True)) == 1


def test_evidence_names_the_endpoint_and_not_the_relay(store: Store, endpoint: Endpoint) -> None:
    calling = federation(endpoint)
    query = f"SELECT * {{ ?state ?p ?o . SERVICE <{endpoint.iri}> {{ {CAPITAL} }} }}"
    body = run_query(store, QueryRequest(query, evidence=True), calling).body
    evidence = json.loads(body)["evidence"]
    assert any(row["sentences"] for row in evidence["rows"])
    assert evidence["unestablished"] == [
        {"pattern": f"SERVICE <{endpoint.iri}>", "reason": "it is matched elsewhere"}
    ]


def test_evidence_is_not_asked_of_an_address_that_is_not_public(
    store: Store, endpoint: Endpoint
) -> None:
    query = f"SELECT * {{ ?state ?p ?o . SERVICE SILENT <{endpoint.iri}> {{ {CAPITAL} }} }}"
    public = Federation(frozenset({endpoint.iri}), serve=serve_relay)
    run_query(store, QueryRequest(query, evidence=True), public)
    assert endpoint.asked == []


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_calls_of_one_query_are_bounded(store: Store, endpoint: Endpoint, silent: str) -> None:
    def calls(count: int) -> str:
        each = (f"{{ SERVICE {silent} <OK> {{ ?s <x:p{n}> ?o }} }}" for n in range(count))
        return f"SELECT * {{ {' UNION '.join(each)} }}"

    assert len(asked(store, endpoint, calls(CALLS))) == CALLS
    endpoint.asked.clear()
    with pytest.raises(ServiceLimit, match=f"more than {CALLS} calls.* into one SERVICE"):
        asked(store, endpoint, calls(CALLS + 1))
    assert len(endpoint.asked) == CALLS


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_bytes_of_one_query_are_bounded(store: Store, endpoint: Endpoint, silent: str) -> None:
    rows = b'{"head":{"vars":["o"]},"results":{"bindings":[]}}'
    endpoint.reply = (200, {"Content-Type": RESULTS}, rows + b" " * (BYTES * 6 // 10))
    one, two = (f"SERVICE {silent} <OK> {{ ?s <x:{n}> ?o }}" for n in "ab")
    assert len(asked(store, endpoint, f"SELECT * {{ {one} }}")) == 1
    with pytest.raises(ServiceLimit, match="more than 50 MB"):
        asked(store, endpoint, f"SELECT * {{ {{ {one} }} UNION {{ {two} }} }}")


FAILING = {
    "status": (500, {}, b""),
    "no results": (200, {"Content-Type": RESULTS}, b"no"),
    "cut": (200, {"Content-Type": RESULTS}, b'{"head":{"vars":["s"]},"results":{"bindings":['),
}


# The engine takes a failed call for a match in EXISTS, and for none in MINUS.
@pytest.mark.parametrize("failure", FAILING)
@pytest.mark.parametrize(
    "query",
    [
        f"SELECT * {{ {STATES} FILTER EXISTS {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
        f"SELECT * {{ {STATES} FILTER NOT EXISTS {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
        f"SELECT * {{ {STATES} MINUS {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
        f"SELECT (EXISTS {{ SERVICE <OK> {{ {CAPITAL} }} }} AS ?there) {{ {STATES} }}",
        f"ASK {{ {STATES} SERVICE <OK> {{ {CAPITAL} }} }}",
    ],
)
def test_an_endpoint_that_fails_fails_the_query(
    store: Store, endpoint: Endpoint, query: str, failure: str
) -> None:
    endpoint.reply = FAILING[failure]
    with pytest.raises(EndpointFailed, match=re.escape(endpoint.iri)):
        asked(store, endpoint, query)


NESTED = {
    "plain": "SERVICE <OK> { ?s ?p ?o . SERVICE <OK> { ?s ?q ?r } }",
    "silent": "SERVICE SILENT <OK> { ?s ?p ?o . SERVICE SILENT <OK> { ?s ?q ?r } }",
    "subquery": "SERVICE <OK> { { SELECT ?s { SERVICE <OK> { ?s ?q ?r } } } }",
    "exists": "SERVICE <OK> { ?s ?p ?o FILTER EXISTS { SERVICE <OK> { ?s ?q ?r } } }",
    "third": "SERVICE <OK> { ?s ?p ?o } SERVICE <OK> { { } SERVICE <OK> { ?s ?q ?r } }",
    "after a brace in a string": "SERVICE <OK> { ?s ?p '}' . SERVICE <OK> { ?s ?q ?r } }",
    "after a brace in a comment": "SERVICE <OK> { ?s ?p ?o . # }\n SERVICE <OK> { ?s ?q ?r } }",
    "after signs like an IRI": "SERVICE <OK> { ?s ?p ?o FILTER(?s<?p)OPTIONAL{FILTER(?o>1)}"
    " SERVICE <OK> { ?s ?q ?r } }",
}


@pytest.mark.parametrize("way", NESTED)
def test_a_service_within_a_service_is_refused(store: Store, endpoint: Endpoint, way: str) -> None:
    with pytest.raises(QueryRefused, match="end the first SERVICE before the second"):
        asked(store, endpoint, f"SELECT * {{ {NESTED[way]} }}")
    assert endpoint.asked == []


@pytest.mark.parametrize("way", [*NESTED, "a brace in a string in what looks like an IRI"])
def test_what_the_guard_overlooks_the_relay_does_not_send(endpoint: Endpoint, way: str) -> None:
    odd = """SERVICE <OK> { ?s ?p ?o FILTER(?s<"}"||?o>1) SERVICE <OK> { ?s ?q ?r } }"""
    query = f"SELECT * {{ {NESTED.get(way, odd)} }}".replace("<OK", f"<{endpoint.iri}")
    with (
        pytest.raises(QueryRefused, match="SERVICE within a SERVICE"),
        redirect_services(query, federation(endpoint)) as sent,
    ):
        Store.of(()).execute(sent.text, lambda _: RESULTS)
    assert not any("?q" in text for _, text in endpoint.asked)


LEAKS = {
    "plain": "SERVICE <OK> { ?s ?p ?o }",
    "string": "SERVICE <OK> { ?s ?p 'SERVICE <OK>', '''SERVICE <OK> {}''' }",
    "string outside": "SERVICE <OK> { ?s ?p ?o } FILTER(?o != 'SERVICE <OK>')",
    "IRI": "SERVICE <OK> { ?s ?p <OK> }",
    "comment": "SERVICE <OK> { # SERVICE <OK>\n ?s ?p ?o }",
    "subquery": "{ SELECT * { SERVICE <OK> { { SELECT ?s { ?s ?p 'SERVICE <OK>' } } } } }",
    "two": "SERVICE <OK> { ?s ?p ?o } SERVICE SILENT <OK> { ?s ?q 'SERVICE <OK>' }",
    "values": "VALUES ?o { 'SERVICE <OK>' <OK> } SERVICE <OK> { ?s ?p ?o }",
    "bind": "BIND('SERVICE <OK>' AS ?o) SERVICE <OK> { ?s ?p ?o }",
    "property list": "SERVICE <OK> { ?s ?p [ ?q 'SERVICE <OK>' ] }",
    "no space": "SERVICE<OK>{?s ?p 'SERVICE<OK>'}",
}
PROLOGUES = ["", "BASE <http://base.example/> ", "BASE <OK> ", "PREFIX ok: <OK> "]


@pytest.mark.parametrize("prologue", PROLOGUES)
@pytest.mark.parametrize("way", LEAKS)
def test_an_endpoint_learns_nothing_of_the_relay(
    store: Store, endpoint: Endpoint, way: str, prologue: str
) -> None:
    sent = asked(store, endpoint, f"{prologue}SELECT * {{ {LEAKS[way]} }}")
    heard = " ".join([*sent, json.dumps(endpoint.headers)])
    ports = set(re.findall(r"127\.0\.0\.1:(\d+)", heard))
    assert sent
    assert ports == {str(endpoint.server_port)}
    assert not re.search(r"\b[0-9a-f]{16}\b", heard)
    assert {name.title() for name in endpoint.headers[0]} == {
        *("Host", "Accept", "Accept-Encoding", "Content-Type", "Content-Length", "User-Agent")
    }


def test_a_string_that_looks_like_a_call_stays_as_it_is(store: Store, endpoint: Endpoint) -> None:
    calling = federation(endpoint)
    text = f"SERVICE <{endpoint.iri}>"
    query = f"SELECT ?said {{ {text} {{ {CAPITAL} }} BIND('{text}' AS ?said) }}"
    rows = json.loads(run_query(store, QueryRequest(query), calling).body)["results"]["bindings"]
    assert {row["said"]["value"] for row in rows} == {text}


@pytest.mark.parametrize("base", ["", "BASE <http://base.example/> "])
def test_the_base_of_this_endpoint_is_not_sent(endpoint: Endpoint, base: str) -> None:
    query = f"{base}SELECT * {{ SERVICE <{endpoint.iri}> {{ ?s ?p ?o }} }}"
    with redirect_services(query, federation(endpoint)) as sent:
        list(pyoxigraph.Store().query(sent.text, base_iri="http://here.example/sparql"))
    ((_, text),) = endpoint.asked
    assert "here.example" not in text
    assert text.startswith("BASE <http://base.example/>" if base else "SELECT")


def test_a_query_near_the_largest_is_not_refused_for_what_the_relay_adds(
    store: Store, endpoint: Endpoint
) -> None:
    service = f"SERVICE <{endpoint.iri}> {{ {CAPITAL} }}"
    start = f"SELECT * {{ {service} }}"
    assert len(asked(store, endpoint, start + " " * (16 * 1024 - len(start)))) == 1


def test_a_limit_survives_pickling() -> None:
    error = ServiceLimit(CALLS, "calls")
    kind, arguments = error.__reduce__()
    again = kind(*arguments)
    assert isinstance(again, QueryError)
    assert (str(again), again.unit, again.limit) == (str(error), "calls", CALLS)


def test_queries_of_all_processes_call_one_endpoint_by_turns(
    store: Store, endpoint: Endpoint, tmp_path: Path
) -> None:
    calling = replace(federation(endpoint), slots=tmp_path)
    question = QueryRequest(
        f"SELECT * {{ SERVICE SILENT <{endpoint.iri}> {{ {CAPITAL} }} }}", timeout=1
    )
    name = hashlib.sha256(endpoint.iri.encode()).hexdigest()[:16]
    taken = [claim_slot(tmp_path, name, range(AT_ONCE)) for _ in range(AT_ONCE)]
    with pytest.raises(EndpointFailed, match=f"{AT_ONCE} other queries call it"):
        run_query(store, question, calling)
    assert endpoint.asked == []
    first = taken[0]
    assert first
    os.close(first[1])
    for _ in range(2):
        run_query(store, question._replace(timeout=30), calling)
    assert len(endpoint.asked) == 2
    for other in taken[1:]:
        assert other
        os.close(other[1])
