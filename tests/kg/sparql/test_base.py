"""Which queries depend on the address of the endpoint, and what their relative IRIs become."""

import json
from typing import Any

import pytest

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_lookup, run_query
from kg.federation.federation import Federation
from kg.model.errors import QueryError
from kg.sparql.base import needs_base
from kg.store.store import Store

BASE = "http://graph.example/sparql"
THING = "https://w3id.org/aide-memoire/id/"


def rows(store: Store, query: str, **more: Any) -> list[dict[str, Any]]:
    found = json.loads(run_query(store, QueryRequest(query, base=BASE, **more), Federation()).body)
    return list(found["results"]["bindings"])


@pytest.mark.parametrize(
    ("query", "iri"),
    [
        ("SELECT (<s> AS ?x) {}", "http://graph.example/s"),
        ("SELECT (</s> AS ?x) {}", "http://graph.example/s"),
        ("SELECT (<> AS ?x) {}", BASE),
        ("SELECT (<#s> AS ?x) {}", f"{BASE}#s"),
        ("SELECT (iri('s') AS ?x) {}", "http://graph.example/s"),
        ("SELECT (URI # a comment\n ('s') AS ?x) {}", "http://graph.example/s"),
        ("PREFIX : <> SELECT (:s AS ?x) {}", f"{BASE}s"),
        ("BASE <http://other.example/a> SELECT (<s> AS ?x) {}", "http://other.example/s"),
        ("BASE <b/> SELECT (<s> AS ?x) {}", "http://graph.example/b/s"),
    ],
)
def test_a_relative_iri_is_so_to_the_address_of_the_endpoint(
    store: Store, query: str, iri: str
) -> None:
    assert needs_base(query)
    assert rows(store, query)[0]["x"]["value"] == iri


@pytest.mark.parametrize(
    "query", ["SELECT * { ?s <urn:p> ?iri FILTER(?iri < 2 && isIRI(?s)) }", "ASK { ?a ex:uri ?b }"]
)
def test_most_queries_depend_on_no_address(query: str) -> None:
    assert not needs_base(query)


def test_without_an_address_a_relative_iri_is_an_error(store: Store) -> None:
    with pytest.raises(QueryError):
        run_query(store, QueryRequest("ASK { <s> ?p ?o }"), Federation())


def test_graphs_named_by_relative_iris_are_found(store: Store) -> None:
    base = "https://w3id.org/aide-memoire/graph/links"
    query = "SELECT * FROM <links> FROM <entities> { ?s ?p ?o }"
    both = run_query(store, QueryRequest(query, "text/csv", base=base), Federation()).body
    named = query.replace("<l", f"<{base[:-5]}l").replace("<e", f"<{base[:-5]}e")
    assert run_query(store, QueryRequest(named, "text/csv"), Federation()).body == both
    assert both.count(b"\n") > 2


def test_a_look_up_by_a_relative_iri_finds_it(store: Store) -> None:
    query = "SELECT * { <ruritania> ?p ?o }"
    found = run_lookup(store, QueryRequest(query, base=THING + "x"))
    assert found is not None
    assert json.loads(found.body)["results"]["bindings"]


def test_evidence_and_explanations_read_relative_iris_alike(store: Store) -> None:
    query = "SELECT * { <ruritania> ?p ?o }"
    question = QueryRequest(query, base=THING + "x", evidence=True, explain=True)
    found = json.loads(run_query(store, question, Federation()).body)
    assert any(row["sentences"] for row in found["evidence"]["rows"])
    nothing = QueryRequest("SELECT * { <nobody> ?p ?o }", base=THING + "x", explain=True)
    told = json.loads(run_query(store, nothing, Federation()).body)["explanation"]
    assert "nothing in the graph matches" in told["message"]
