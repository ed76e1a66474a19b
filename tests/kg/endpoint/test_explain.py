import json
from typing import Any

import pytest

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.store.store import Store

NAMES = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX id: <https://w3id.org/aide-memoire/id/>
"""


def explain(store: Store, group: str) -> dict[str, Any]:
    query = f"{NAMES} SELECT * {{ {group} }}"
    found = json.loads(run_query(store, QueryRequest(query, explain=True), Federation()).body)
    explanation: dict[str, Any] = found.get("explanation", {})
    return explanation


def test_an_answer_with_rows_needs_no_explanation(store: Store) -> None:
    assert explain(store, "?s a dip:State") == {}


def test_the_first_pattern_without_a_match_is_named(store: Store) -> None:
    found = explain(store, "?s a dip:State . ?s dip:nothing ?x . ?s dip:neither ?y")
    assert (found["pattern"], found["matched"]) == ("?s dip:nothing ?x", 1)
    assert found["alone"] is False
    assert found["message"] == "nothing in the graph matches “?s dip:nothing ?x”"


def test_a_missing_language_tag_is_a_hint(store: Store) -> None:
    label = "<http://www.w3.org/2000/01/rdf-schema#label>"
    hint = 'a text needs its language tag: write "Ruritania"@en for "Ruritania"'
    assert explain(store, f"?s {label} 'Ruritania'")["hints"] == [hint]
    assert explain(store, f"?s {label} 'Nowhere'")["hints"] == []


def test_a_pattern_that_matches_only_by_itself_is_named(store: Store) -> None:
    found = explain(store, "?s a dip:State . ?s dip:host ?x")
    assert (found["pattern"], found["alone"]) == ("?s dip:host ?x", True)
    assert "not together with the pattern before it" in found["message"]


def test_a_similar_term_is_suggested(store: Store) -> None:
    (hint,) = explain(store, "?s a dip:Stat")["hints"]
    assert hint.startswith("there is no term dip:Stat; did you mean dip:State")


@pytest.mark.parametrize(
    "group",
    [
        "?s a dip:State FILTER(1 = 2)",
        "?s a dip:State MINUS { ?s a dip:State }",
        "?s a dip:State VALUES ?s { id:nobody }",
    ],
)
def test_what_takes_all_rows_away_is_told_from_what_does_not_match(
    store: Store, group: str
) -> None:
    found = explain(store, group)
    assert (found["pattern"], found["matched"]) == (None, 1)
    assert "FILTER, MINUS, VALUES" in found["message"]


def test_optional_parts_are_not_to_blame(store: Store) -> None:
    group = "OPTIONAL { ?s dip:nothing ?x } ?s a dip:State FILTER(1 = 2)"
    assert explain(store, group)["matched"] == 1


def test_patterns_under_graph_are_matched_there(store: Store) -> None:
    assert explain(store, "GRAPH <x:no> { ?s ?p ?o }")["matched"] == 0


def test_a_query_that_cannot_be_read_has_no_explanation(store: Store) -> None:
    found = explain(store, "?s ?p <<( ?a ?b ?c )>> FILTER(1 = 2)")
    assert "cannot be established" in found["message"]
