import json
from typing import Any

import pytest

from kg.endpoint.evidence import MAX_ROWS
from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.model.errors import QueryError
from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_queries, named_query
from kg.store.store import Store

NAMES = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX id: <https://w3id.org/aide-memoire/id/>
PREFIX jr: <https://w3id.org/aide-memoire/source/norland-vostria-2018/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
"""
BASE = "https://w3id.org/aide-memoire/"


def ask(store: Store, query: str, **more: Any) -> dict[str, Any]:
    found = run_query(store, QueryRequest(query, evidence=True, **more), Federation())
    result: dict[str, Any] = json.loads(found.body)
    return result


def cited(store: Store, query: str, inferred: bool = False) -> list[set[str]]:
    """Return the locators of each row's sentences."""
    text = query if "PREFIX" in query else NAMES + query
    rows = ask(store, text)["evidence"]["rows"]
    return [
        {s["citation"].rpartition("/")[2] for s in row["sentences"] if s["inferred"] is inferred}
        for row in rows
    ]


def holding(store: Store, pattern: str) -> set[str]:
    """Return the locators of the sentences whose graphs hold a pattern."""
    rows = store.select(f"{NAMES} SELECT ?g {{ GRAPH ?g {{ {pattern} }} ?g a dip:Sentence }}")
    return {str(row["g"].value).rpartition("/")[2] for row in rows}


def test_a_row_cites_the_sentences_whose_graphs_hold_what_matched(corpus: Store) -> None:
    pattern = "?attack dip:weapon ?what"
    expected = holding(corpus, pattern)
    assert expected
    rows = ask(corpus, f"{NAMES} SELECT ?attack ?what {{ {pattern} }}")
    (first, *_) = rows["evidence"]["rows"]
    assert {s["citation"].rpartition("/")[2] for s in first["sentences"]} <= expected
    sentence = first["sentences"][0]
    assert sentence["source"] == f"{BASE}source/norland-vostria-2018"
    assert sentence["title"].startswith("Norland Between")
    locator = f"p{sentence['paragraph']}s{sentence['sentence']}"
    assert sentence["citation"].endswith(locator)


def test_each_row_has_its_own(corpus: Store) -> None:
    query = "SELECT ?state ?measure { ?measure a dip:Expulsion ; dip:agent ?state }"
    found = cited(corpus, query)
    rows = ask(corpus, NAMES + query)["results"]["bindings"]
    for row, sentences in zip(rows, found, strict=True):
        pattern = f"<{row['measure']['value']}> dip:agent <{row['state']['value']}>"
        assert holding(corpus, pattern) <= sentences


def test_what_is_not_asked_for_by_name_is_cited_too(corpus: Store) -> None:
    hidden = cited(corpus, "SELECT ?m { ?m dip:agent [ rdfs:label 'Norland'@en ] }")
    named = cited(corpus, "SELECT ?m { ?m dip:agent id:norland }")
    assert hidden == named
    assert any(named)


def test_an_optional_part_not_taken_cites_nothing(corpus: Store) -> None:
    start = "SELECT * { ?m dip:target ?t "
    with_part = cited(corpus, start + "OPTIONAL { ?m dip:noSuchProperty ?x } }")
    assert with_part == cited(corpus, start + "}")


def test_a_filter_narrows_what_is_cited(corpus: Store) -> None:
    everything = "{ ?m dip:agent ?a FILTER(?a IN (id:norland, id:federal-states)) }"
    one = "{ ?m dip:agent ?a FILTER(?a = id:norland) }"
    narrow = cited(corpus, f"SELECT DISTINCT (1 AS ?n) {one}")
    wide = cited(corpus, f"SELECT DISTINCT (1 AS ?n) {everything}")
    assert narrow[0] < wide[0]


def test_what_was_inferred_cites_what_it_follows_from(corpus: Store) -> None:
    assert cited(corpus, "SELECT * { id:vostria dip:allyOf ?ally }") == [set(), set()]
    found = cited(corpus, "SELECT ?ally { id:vostria dip:allyOf ?ally }", inferred=True)
    assert sorted(map(sorted, found)) == [["p6s3"], ["p7s2"]]


@pytest.mark.parametrize(
    "pattern",
    [
        "?event a dip:Meeting ; dip:earliest ?day",
        "?event a dip:Meeting ; dip:assertionStatus dip:occurred",
    ],
)
def test_what_a_rule_counts_or_supposes_cites_what_it_follows_from(
    corpus: Store, pattern: str
) -> None:
    answer = ask(corpus, f"{NAMES} SELECT * {{ {pattern} }}")
    rows = answer["evidence"]["rows"]
    assert rows
    for row in rows:
        assert row["sentences"]
        assert row["unestablished"] == []


def test_background_is_named_as_such(corpus: Store) -> None:
    answer = ask(corpus, NAMES + "SELECT ?n { id:norland rdfs:label ?n FILTER(LANG(?n) = 'ja') }")
    (row,) = answer["evidence"]["rows"]
    assert row == {
        "sentences": [],
        "background": [f"{BASE}graph/entities"],
        "unestablished": [],
    }


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("SELECT ?t { ?a dip:target/rdfs:label ?t }", "property path"),
        ("SELECT (COUNT(*) AS ?n) { ?a dip:agent ?b }", "many matches"),
        ("SELECT * { { SELECT ?a { ?a dip:agent ?b } LIMIT 1 } }", "made apart"),
    ],
)
def test_what_cannot_be_established_is_named(corpus: Store, query: str, reason: str) -> None:
    others = ask(corpus, NAMES + query)["evidence"]["unestablished"]
    assert any(reason in other["reason"] for other in others)


def test_another_dataset_is_named_as_not_established(corpus: Store) -> None:
    found = ask(corpus, "SELECT * { ?s ?p ?o } LIMIT 1", default_graphs=(f"{BASE}graph/links",))
    assert "another" in found["evidence"]["unestablished"][0]["reason"]


@pytest.mark.parametrize("name", [q.name for q in named_queries(tree_texts())])
def test_nothing_is_silently_missing(built: Store, name: str) -> None:
    text = named_query(tree_texts(), name)
    # The more sources, the more rows; a query that has a LIMIT keeps to it.
    limited = text if "\nLIMIT " in text else f"{text}\nLIMIT {MAX_ROWS}"
    found = ask(built, limited)
    rows = found["evidence"]["rows"]
    assert len(rows) == len(found["results"]["bindings"])
    for row in rows:
        assert any(row.values()) or found["evidence"]["unestablished"]


def test_evidence_is_never_given_for_a_part(corpus: Store) -> None:
    with pytest.raises(QueryError, match="LIMIT"):
        ask(corpus, f"SELECT * {{ ?s ?p ?o }} LIMIT {MAX_ROWS + 1}")


def test_a_yes_or_no_has_no_rows_to_cite_for(corpus: Store) -> None:
    with pytest.raises(QueryError, match="SELECT"):
        ask(corpus, "ASK { ?s ?p ?o }")


@pytest.mark.parametrize("media", ["text/csv", "application/sparql-results+xml"])
def test_only_json_takes_evidence(corpus: Store, media: str) -> None:
    with pytest.raises(QueryError, match="JSON"):
        ask(corpus, "SELECT * { ?s ?p ?o } LIMIT 1", rows_type=media)
