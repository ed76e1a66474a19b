"""The beginning of an answer: what is shown is true, the count is of all, the size has a bound."""

import json

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.endpoint.excerpt import MAX_SHOWN
from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.model.errors import SizeLimit
from kg.model.prefixes import THING, node
from kg.store.store import Store

BEGUN = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#> "
# Of what reaches the web process of an answer.
LARGEST = 1_500_000


def begun(store: Store, query: str, **more: object) -> dict:
    found = run_query(store, QueryRequest(BEGUN + query, excerpt=True, **more), Federation())
    assert len(found.body) < LARGEST
    return json.loads(found.body)


def many(number: int, text: str = "") -> Store:
    label = node("rdfs:label")
    names = (Literal(f"{one}{text}") for one in range(number))
    return Store.of(Quad(NamedNode(f"{THING}{one}"), label, name) for one, name in enumerate(names))


@pytest.mark.parametrize("number", [0, 1, MAX_SHOWN, MAX_SHOWN + 1, 30 * MAX_SHOWN])
def test_the_first_are_there_and_all_are_counted(number: int) -> None:
    store = many(number)
    rows = begun(store, "SELECT * { ?s ?p ?o }")
    assert (len(rows["rows"]), rows["total"]) == (min(number, MAX_SHOWN), number)
    graph = begun(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert (graph["shown"], graph["total"], graph["cut"]) == (min(number, MAX_SHOWN), number, False)
    assert graph["turtle"].count(" rdfs:label ") == graph["shown"]


def test_cells_are_those_of_the_whole_answer(store: Store) -> None:
    query = "SELECT ?s ?p ?o ?none { ?s ?p ?o } ORDER BY ?s ?p ?o"
    whole = json.loads(run_query(store, QueryRequest(BEGUN + query), Federation()).body)
    rows = begun(store, query)["rows"]
    assert len(rows) == len(whole["results"]["bindings"])
    for row, bound in zip(rows, whole["results"]["bindings"], strict=True):
        plain = {"datatype": "http://www.w3.org/2001/XMLSchema#string"}
        cells = dict(zip("spon", row, strict=True))
        assert cells.pop("n") is None
        for name, cell in cells.items():
            expected = bound[name]
            if expected["type"] == "literal" and "xml:lang" not in expected:
                expected = plain | expected
            if expected["type"] == "bnode":
                expected = expected | {"value": f"_:{expected['value']}"}
            assert cell == expected


def test_rows_without_a_value_count() -> None:
    assert begun(many(3), "SELECT ?none { ?s ?p ?o }")["total"] == 3
    assert begun(many(3), "SELECT * { { } UNION { } }")["total"] == 2


def test_a_truth_is_a_truth() -> None:
    assert begun(many(1), "ASK { ?s ?p ?o }") == {"kind": "truth", "truth": True}
    assert begun(many(0), "ASK { ?s ?p ?o }") == {"kind": "truth", "truth": False}


def test_long_values_are_cut_with_their_full_length() -> None:
    store = many(40, " word" * 100_000)
    row = begun(store, "SELECT ?o { ?s ?p ?o }")["rows"][0][0]
    assert (len(row["value"]), row["length"] >= 500_000) == (1001, True)
    graph = begun(store, "CONSTRUCT WHERE { ?s ?p ?o }")
    assert (graph["shown"], graph["cut"], len(graph["turtle"]) < 100_000) == (40, True, True)


def test_names_too_long_to_be_shown_are_counted() -> None:
    long = f"<http://example.org/{'x' * 3000}>"
    query = f"CONSTRUCT {{ {long} {long} ?o }} {{ ?s ?p ?o }}"
    graph = begun(many(5), query)
    assert (graph["shown"], graph["total"], graph["cut"]) == (0, 5, True)
    cell = begun(many(1), f"SELECT ({long} AS ?iri) {{ ?s ?p ?o }}")["rows"][0][0]
    assert cell["length"] > len(cell["value"])


def test_very_many_columns_have_a_bound_as_well() -> None:
    names = " ".join(f"?v{n}" for n in range(2400))
    found = begun(many(2000, "'\"<&" * 500), f"SELECT {names} {{ ?v0 ?v1 ?v2 }}")
    assert len(found["columns"]) == 2400
    assert 0 < len(found["rows"]) <= MAX_SHOWN
    assert found["total"] == 2000


def test_a_result_that_is_too_large_is_refused() -> None:
    for query in ("SELECT * { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"):
        with pytest.raises(SizeLimit):
            begun(many(100), query, max_bytes=1000)


def test_it_says_why_there_is_no_row(store: Store) -> None:
    found = begun(store, "SELECT * { ?s a dip:Stat }", explain=True)
    assert found["total"] == 0
    assert "dip:State" in found["explanation"]["hints"][0]
