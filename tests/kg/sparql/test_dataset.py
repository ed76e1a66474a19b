import json
from collections.abc import Sequence

import pytest
from pyoxigraph import RdfFormat, parse

from kg.model.errors import QueryError
from kg.sparql.dataset import graphs_in
from kg.store.store import Store

DATA = """
<x:a> <x:p> <x:b> <x:g1> .
<x:a> <x:p> <x:b> <x:g2> .
<x:c> <x:p> _:n <x:g2> .
<x:d> <x:p> _:n <x:g1> .
<x:e> <x:p> <x:b> <x:g3> .
<x:f> <x:p> <x:b> .
"""
COUNT = "SELECT (COUNT(*) AS ?n) %s { %s }"


@pytest.fixture(scope="module")
def quads() -> Store:
    return Store.of(parse(DATA, format=RdfFormat.N_QUADS))


def count(store: Store, query: str, default: Sequence[str] = (), named: Sequence[str] = ()) -> int:
    _, body = store.execute(query, lambda _: "application/sparql-results+json", default, named)
    return int(json.loads(body)["results"]["bindings"][0]["n"]["value"])


@pytest.mark.parametrize(
    ("clauses", "pattern", "expected"),
    [
        ("", "?s ?p ?o", 1),
        ("FROM <x:g1>", "?s ?p ?o", 2),
        ("FROM <x:g1> FROM <x:g2>", "?s ?p ?o", 3),
        ("FROM <x:g1> FROM <x:g1>", "?s ?p ?o", 2),
        ("FROM <x:g1> FROM <x:g2>", "?s ?p ?o . ?t ?p ?o", 5),
        ("FROM <x:g1> FROM <x:g2>", "<x:c> ?p ?n . <x:d> ?p ?n", 1),
        ("FROM <x:g1> FROM <x:g2>", "GRAPH ?g { ?s ?p ?o }", 0),
        ("FROM <x:g1> FROM <x:g2> FROM NAMED <x:g3>", "GRAPH ?g { ?s ?p ?o }", 1),
        ("FROM <x:g1> FROM <x:g2> FROM NAMED <x:g3>", "?s ?p ?o", 3),
        ("FROM <x:g1> FROM <x:none>", "?s ?p ?o", 2),
        ("# FROM <x:g3>\nFROM <x:g1>\n# FROM <x:g2>\n", "?s ?p ?o", 2),
        ("FROM <x:g1>", "?s ?p ?o FILTER(STR(?s) != 'FROM <x:g2>')", 2),
        ("", "?s <x:p> ?from FILTER(?from != <x:FROM>)", 1),
    ],
)
def test_a_triple_counts_once(quads: Store, clauses: str, pattern: str, expected: int) -> None:
    assert count(quads, COUNT % (clauses, pattern)) == expected


def test_graphs_may_be_named_by_prefix_and_base(quads: Store) -> None:
    query = "BASE <x:> PREFIX g: <x:g> " + COUNT % ("FROM g:1 FROM g:2", "?s ?p ?o")
    assert count(quads, query) == 3


def test_the_request_counts_more_than_the_query(quads: Store) -> None:
    query = COUNT % ("FROM <x:g1> FROM <x:g3>", "?s ?p ?o")
    assert count(quads, query, ["x:g1", "x:g2"]) == 3
    assert count(quads, query, ["x:g3"]) == 1
    assert count(quads, query, ["x:g1", "x:g2"], ["x:g3"]) == 3
    assert count(quads, COUNT % ("", "GRAPH ?g { ?s ?p ?o }"), [], ["x:g3"]) == 1


@pytest.mark.parametrize("form", ["CONSTRUCT { ?s ?p ?o } %s WHERE", "CONSTRUCT %s WHERE"])
def test_graphs_are_made_from_the_merge(quads: Store, form: str) -> None:
    query = form % "FROM <x:g1> FROM <x:g2>" + " { ?s ?p ?o }"
    assert len(quads.construct(query)) == 3


def test_yes_and_descriptions_come_from_the_merge(quads: Store) -> None:
    graphs = "FROM <x:g1> FROM <x:g2>"
    assert quads.ask(f"ASK {graphs} {{ <x:c> ?p ?n . <x:d> ?p ?n }}")
    assert len(quads.construct(f"DESCRIBE <x:a> {graphs}")) == 1


@pytest.mark.parametrize(
    "query",
    ["BASE FROM <x:a> FROM <x:b>", "PREFIX FROM", "FROM FROM FROM", "BASE <http://[> FROM <a>"],
)
def test_what_is_no_query_is_left_to_the_engine(quads: Store, query: str) -> None:
    with pytest.raises(QueryError):
        count(quads, query)


def test_a_base_that_grows_too_long_is_refused() -> None:
    for many in ("BASE <a/>" * 30, f"BASE <{'a/' * 1000}>"):
        with pytest.raises(QueryError, match="more than 1,000 characters"):
            graphs_in(f"BASE <http://a.example/> {many} ASK FROM <b> {{}}")
    assert graphs_in("BASE <http://a.example/> BASE <b/> ASK FROM <c> {}")[0] == [
        "http://a.example/b/c"
    ]
