"""Questions, datasets, formats and limits give the same on each engine.

`differences.toml` has queries that an engine answers otherwise, with the cause. A test asks each
of them, so that the list stays true.
"""

import json
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from kg.model.errors import KGError, QueryError, SizeLimit, TimeLimit
from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_queries
from kg.store.remote.query_bounds import bounded
from kg.store.store import Store
from tests.engines.conftest import EMBEDDED, REMOTE, VIRTUOSO, Sites, Stores

HERE = Path(__file__).parent
QUESTIONS = {question.name: question.text for question in named_queries(tree_texts())}
LISTED = tomllib.loads((HERE / "differences.toml").read_text(encoding="utf-8"))
DIFFERENCES = LISTED["difference"]
HEAD = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX graph: <https://w3id.org/aide-memoire/graph/>
PREFIX id: <https://w3id.org/aide-memoire/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""
ALIKE = (
    "ASK { id:japan a dip:State }",
    "ASK { id:japan a dip:Nothing }",
    "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT * { GRAPH graph:links { ?s a ?class } }",
    "SELECT (COUNT(*) AS ?n) { GRAPH graph:nothing { ?s ?p ?o } }",
    "SELECT (COUNT(*) AS ?n) FROM graph:entities { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM graph:entities { GRAPH ?g { ?s ?p ?o } }",
    "SELECT ?g (COUNT(*) AS ?n) FROM NAMED graph:links { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g",
    "SELECT (COUNT(*) AS ?n) FROM NAMED graph:links { ?s ?p ?o }",
    "SELECT (COUNT(*) AS ?n) FROM graph:entities FROM graph:inferred { ?s ?p ?o }",
    "SELECT ?type { dip:Meeting rdfs:subClassOf* ?type }",
    "SELECT ?type { GRAPH graph:ontology { dip:Meeting rdfs:subClassOf* ?type } }",
    "SELECT * { VALUES (?a ?b) { (1 UNDEF) (UNDEF 2) } }",
    "SELECT * { ?s dip:date ?d MINUS { ?s a dip:Meeting } }",
    "SELECT * { ?s dip:date ?d FILTER NOT EXISTS { ?s a dip:Meeting } }",
    "SELECT ?s (COUNT(?c) AS ?n) { ?s a ?c } GROUP BY ?s HAVING (COUNT(?c) > 5)",
    "SELECT (EXISTS { id:japan a dip:State } AS ?is) (BOUND(?x) AS ?not) (1 < 2 AS ?less) { }",
    "SELECT ?s { ?s dip:earliest ?day FILTER(?day <= '2018-04-24'^^xsd:date) }",
    "SELECT ?s { ?s dip:earliest ?day BIND('2018-04-24'^^xsd:date AS ?end) FILTER(?end >= ?day) }",
    "SELECT ?s { ?s dip:earliest ?d } GROUP BY ?s HAVING (MIN(?d) <= '2018-04-24'^^xsd:date)",
    "SELECT ?s { ?s dip:displayOrder ?n FILTER(((?n)) <= 20) }",
    "SELECT ?c ?flag { ?c dip:principalClass ?flag }",
    "SELECT ?c { ?c dip:principalClass true }",
    "SELECT ?s ?wkt { ?s <http://www.opengis.net/ont/geosparql#asWKT> ?wkt }",
    "SELECT (GROUP_CONCAT(DISTINCT ?v) AS ?all) { VALUES ?v { 'a' 'a' } }",
    "SELECT ?l (LANG(?l) AS ?t) (STR(?l) AS ?s) (UCASE(?l) AS ?u) { id:japan rdfs:label ?l }",
    "CONSTRUCT { ?s rdfs:label ?l } { ?s a dip:State ; rdfs:label ?l }",
    "CONSTRUCT { ?s dip:flag ?flag } { ?s dip:principalClass ?flag }",
    "DESCRIBE id:kuril-islands-dispute",
    "DESCRIBE dip:Event",
)


def comparable(store: Store, query: str) -> Any:
    """Return an answer so that answers can be compared: rows and triples in no order."""
    media_type, body = store.execute(
        query, lambda graph: "application/n-triples" if graph else _JSON
    )
    if media_type != _JSON:
        return Counter(line for line in body.decode().splitlines() if "_:" not in line)
    answer = json.loads(body)
    if "boolean" in answer:
        return answer["boolean"]
    return Counter(json.dumps(row, sort_keys=True) for row in answer["results"]["bindings"])


_JSON = "application/sparql-results+json"


def asked(sites: Sites, engine: str, query: str, **fields: str) -> dict[str, Any]:
    """Return what the endpoint answers in JSON."""
    path = "/sparql?query=" + quote(query) + "".join(f"&{n}={v}" for n, v in fields.items())
    return json.loads(sites(engine).test_client().get(path, headers={"Accept": _JSON}).data)


def pairs(answer: dict[str, Any]) -> Counter[str]:
    """Return each row with its evidence, in no order."""
    rows = zip(answer["results"]["bindings"], answer["evidence"]["rows"], strict=True)
    return Counter(json.dumps([row, _in_order(evidence)], sort_keys=True) for row, evidence in rows)


def _in_order(evidence: dict[str, Any]) -> dict[str, list[str]]:
    texts = {name: [json.dumps(one, sort_keys=True) for one in evidence[name]] for name in evidence}
    return {name: sorted(each) for name, each in texts.items()}


@pytest.mark.parametrize("engine", REMOTE)
@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_the_same_rows(name: str, engine: str, stores: Stores) -> None:
    expected = comparable(stores(EMBEDDED), QUESTIONS[name])
    assert comparable(stores(engine), QUESTIONS[name]) == expected


# Evidence takes a request for each row: for answers of a few rows, that is enough to see.
FEW_ROWS = 12


@pytest.mark.parametrize("engine", REMOTE)
def test_each_row_has_the_same_evidence(engine: str, sites: Sites, stores: Stores) -> None:
    compared, different = 0, []
    for name, query in QUESTIONS.items():
        if len(stores(EMBEDDED).select(query)) <= FEW_ROWS:
            expected = asked(sites, EMBEDDED, query, evidence="true")
            answer = asked(sites, engine, query, evidence="true")
            compared += 1
            if pairs(answer) != pairs(expected):
                different.append(name)
    assert compared > 20
    assert different == []


@pytest.mark.parametrize("engine", REMOTE)
@pytest.mark.parametrize("query", ALIKE)
def test_a_query_has_the_same_answer(query: str, engine: str, stores: Stores) -> None:
    assert comparable(stores(engine), HEAD + query) == comparable(stores(EMBEDDED), HEAD + query)


@pytest.mark.parametrize("engine", REMOTE)
def test_an_empty_answer_has_the_same_explanation(engine: str, sites: Sites) -> None:
    for query in ("SELECT * { id:japan dip:speaker ?x }", "SELECT * { ?x rdfs:label 'Japan' }"):
        fields = {"explain-empty": "true"}
        expected = asked(sites, EMBEDDED, HEAD + query, **fields)["explanation"]
        assert expected["message"]
        assert asked(sites, engine, HEAD + query, **fields)["explanation"] == expected


@pytest.mark.parametrize("engine", REMOTE)
@pytest.mark.parametrize("format_", ["json", "xml", "csv", "tsv"])
def test_rows_come_in_every_format(format_: str, engine: str, sites: Sites) -> None:
    query = (
        HEAD + "SELECT ?c ?n (1 = 1 AS ?b) { ?c dip:displayOrder ?n } ORDER BY ?n STR(?c) LIMIT 9"
    )
    path = f"/sparql?query={quote(query)}&format={format_}"
    bodies = [sites(name).test_client().get(path).data for name in (EMBEDDED, engine)]
    assert len(bodies[0]) > 100
    assert bodies[0] == bodies[1]


@pytest.mark.parametrize("engine", REMOTE)
def test_calls_to_other_endpoints_are_refused_alike(engine: str, sites: Sites) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/sparql> { ?s ?p ?o } }"
    expected, answer = (asked(sites, name, query) for name in (EMBEDDED, engine))
    assert expected["status"] >= 400
    assert (answer["status"], answer["detail"]) == (expected["status"], expected["detail"])


@pytest.mark.parametrize("engine", REMOTE)
def test_an_answer_too_large_is_an_error(engine: str, stores: Stores) -> None:
    with bounded(60, 1000), pytest.raises(SizeLimit):
        stores(engine).select("SELECT * { ?s ?p ?o } LIMIT 1000")


@pytest.mark.parametrize("engine", REMOTE)
def test_a_query_that_takes_too_long_is_an_error_and_the_next_is_answered(
    engine: str, stores: Stores
) -> None:
    # Some seconds' work: Oxigraph goes on to its end, beside all tests that follow.
    parts = (f"{{ SELECT ?{name} {{ ?s ?p ?{name} }} LIMIT 5000 }}" for name in ("a", "b"))
    slow = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(parts)} FILTER(STR(?a) < STR(?b)) }}"
    with bounded(0.2, 100_000), pytest.raises(TimeLimit):
        stores(engine).select(slow)
    assert stores(engine).ask("ASK { ?s ?p ?o }")


@pytest.mark.parametrize("case", DIFFERENCES, ids=lambda case: case["what"])
def test_a_listed_difference_is_one(case: dict[str, str], stores: Stores) -> None:
    """A query that an engine answers as the embedded one does is no longer to be listed."""
    query, store = HEAD + case["query"], stores(case.get("engine", VIRTUOSO))
    expected = comparable(stores(EMBEDDED), query)
    assert case["cause"]
    if "error" in case:
        with pytest.raises((QueryError, KGError), match=case["error"]):
            comparable(store, query)
    else:
        assert comparable(store, query) != expected
