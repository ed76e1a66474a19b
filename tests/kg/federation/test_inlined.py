"""SERVICE for an engine elsewhere: the same rows as by calls, and no address sent to it."""

import json
from contextlib import nullcontext
from pathlib import Path

import pyoxigraph
import pytest

from kg.federation.errors import EndpointFailed, ServiceLimit
from kg.federation.federation import redirect_services, with_service_results
from kg.federation.inlined import ROWS
from kg.model.errors import QueryError
from kg.store.store import Store
from tests.kg.federation.endpoint import RESULTS, Endpoint, federation

CAPITAL = "?state <x:capital> ?capital"
STATES = "?state a ?kind ."
OPTIONAL_LABEL = "OPTIONAL { ?state <x:label> ?label }"
QUERIES = [
    f"SELECT * {{ {STATES} SERVICE <OK> {{ {CAPITAL} }} }}",
    f"SELECT * {{ {STATES} OPTIONAL {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
    f"SELECT * {{ {STATES} SERVICE <OK> {{ {CAPITAL} {OPTIONAL_LABEL} }} }}",
    f"SELECT * {{ {STATES} FILTER EXISTS {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
    f"SELECT * {{ {STATES} MINUS {{ SERVICE <OK> {{ {CAPITAL} }} }} }}",
    f"SELECT ?kind (COUNT(*) AS ?n) {{ {STATES} SERVICE <OK> {{ {CAPITAL} }} }} GROUP BY ?kind",
    f"SELECT * {{ SERVICE <OK> {{ SELECT * {{ {CAPITAL} }} ORDER BY ?capital LIMIT 1 }} }}",
    f"SELECT * {{ SERVICE <OK> {{ {CAPITAL} }} {{}} UNION {{ SERVICE <OK> {{ ?a ?b ?c }} }} }}",
    "PREFIX x: <x:> PREFIX y: <y:> SELECT * { SERVICE <OK> { ?state x:capital ?c } }",
    "BASE <x:> # a comment\nSELECT * { SERVICE <OK> { ?state <x:capital> ?c } }",
    "SELECT * { SERVICE <OK> { <x:nobody> <x:has> <x:this> } }",
    "ASK { SERVICE <OK> { ?state <x:capital> 'Strelsau' } }",
]


def rows(store: Store, endpoint: Endpoint, query: str, *, inline: bool) -> tuple[str, object]:
    """Return the text that the engine is asked, and the sorted rows of its answer."""

    def run(text: str) -> bytes:
        return store.execute(text, lambda _: RESULTS)[1]

    text = query.replace("<OK>", f"<{endpoint.iri}>")
    to_run = text, federation(endpoint), 30, run
    calls = nullcontext(with_service_results(*to_run)) if inline else redirect_services(*to_run)
    with calls as redirected:
        answer = json.loads(run(redirected.text))
    if "results" not in answer:
        return redirected.text, answer["boolean"]
    bindings = answer["results"]["bindings"]
    return redirected.text, sorted(json.dumps(row, sort_keys=True) for row in bindings)


@pytest.mark.parametrize("query", QUERIES)
def test_results_in_place_of_a_call_give_the_same_rows(
    store: Store, endpoint: Endpoint, query: str
) -> None:
    _, by_call = rows(store, endpoint, query, inline=False)
    text, inlined = rows(store, endpoint, query, inline=True)
    assert inlined == by_call
    assert "SERVICE" not in text
    assert "127.0.0.1" not in text


def test_values_that_are_joined_are_sent_along(store: Store, endpoint: Endpoint) -> None:
    named = "VALUES ?state { id:ruritania }"
    query = f"SELECT * {{ {named} SERVICE <OK> {{ {CAPITAL} BIND(id:x AS ?x) }} }}"
    prefix = "PREFIX id: <https://w3id.org/aide-memoire/id/>"
    rows(store, endpoint, f"{prefix} {query}", inline=True)
    ((_, asked),) = endpoint.asked
    assert asked.strip().startswith(prefix)
    assert "VALUES (?state) { (<https://w3id.org/aide-memoire/id/ruritania>) }" in asked


def test_lines_stay_where_they_were_for_messages_of_the_engine(
    store: Store, endpoint: Endpoint
) -> None:
    query = f"SELECT * {{ SERVICE <OK> {{\n {CAPITAL}\n}}\n BIND(1 AS ?one) }}"
    text, _ = rows(store, endpoint, query, inline=True)
    assert text.splitlines()[3] == " BIND(1 AS ?one) }"


def test_a_call_that_fails_ends_the_query_unless_it_is_silent(
    store: Store, endpoint: Endpoint
) -> None:
    endpoint.reply = (500, {}, b"")
    with pytest.raises(EndpointFailed, match="HTTP 500"):
        rows(store, endpoint, QUERIES[0], inline=True)
    silent = "SELECT * { VALUES ?a { 1 } SERVICE SILENT <OK> { ?state <x:capital> ?c } }"
    _, remaining = rows(store, endpoint, silent, inline=True)
    assert len(list(remaining)) == 1  # type: ignore[call-overload]


def test_more_rows_than_a_query_can_carry_are_refused(store: Store, endpoint: Endpoint) -> None:
    row = b'{"s":{"type":"literal","value":"a"}}'
    body = b'{"head":{"vars":["s"]},"results":{"bindings":[' + b",".join([row] * (ROWS + 1))
    endpoint.reply = (200, {"Content-Type": RESULTS}, body + b"]}}")
    with pytest.raises(ServiceLimit, match=f"more than {ROWS} rows"):
        rows(store, endpoint, "SELECT * { SERVICE <OK> { ?s ?p ?o } }", inline=True)


def test_blank_nodes_of_others_are_none_of_ours(tmp_path: Path, endpoint: Endpoint) -> None:
    endpoint.graph = pyoxigraph.Store(str(tmp_path))
    endpoint.graph.update("INSERT DATA { _:b <x:capital> 'Strelsau' }")
    text, _ = rows(
        Store.of(()), endpoint, f"SELECT * {{ SERVICE <OK> {{ {CAPITAL} }} }}", inline=True
    )
    assert ".well-known/genid/service-" in text


@pytest.mark.parametrize("end", ["", " }", " ( ?a ) }", " ?x { ?a ?b ?c } }", " { ?a ?b "])
def test_nobody_is_called_for_what_is_no_sparql(endpoint: Endpoint, end: str) -> None:
    query = f"SELECT * {{ SERVICE SILENT <{endpoint.iri}>{end}"
    with pytest.raises(QueryError, match="line 1"):
        with_service_results(query, federation(endpoint), 30)
    assert endpoint.asked == []


def test_the_base_of_a_request_goes_along(endpoint: Endpoint) -> None:
    query = f"SELECT * {{ SERVICE <{endpoint.iri}> {{ ?state <capital> ?capital }} }}"
    with_service_results(query, federation(endpoint), 30, base="https://example.org/")
    ((_, asked),) = endpoint.asked
    assert asked.strip().startswith("BASE <https://example.org/> SELECT")
