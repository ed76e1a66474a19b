"""What the seven tools answer of the corpus: rows, their kinds, their sentences."""

from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kg.agents.tool_answer import sent_size
from kg.agents.tools.calls import TOOLS, answer_call
from kg.agents.tools.declarations import tool_declarations
from kg.model.errors import KGError, NotFound, QueryError, QueryRefused
from kg.store.store import Store
from tests.kg.agents.conftest import Call, session_of

PREFIXES = (
    "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
    "PREFIX id: <https://w3id.org/aide-memoire/id/>\n"
)
EXPULSIONS = f"{PREFIXES}SELECT ?event ?state {{ ?event a dip:Expulsion ; dip:agent ?state }}"
CLAIMS = f"{PREFIXES}SELECT * {{ ?claim dip:content ?g . GRAPH ?g {{ ?s ?p ?o }} }}"
CALLS: list[tuple[str, dict[str, Any]]] = [
    ("search", {"text": "belport"}),
    ("describe", {"thing": "id:norland"}),
    ("shape", {"class": "Expulsion"}),
    ("examples", {"about": "who expelled diplomats"}),
    ("query", {"query": EXPULSIONS}),
    ("query", {"query": CLAIMS}),
    ("query", {"query": f"{PREFIXES}CONSTRUCT WHERE {{ ?s dip:agent ?o }}"}),
    ("query", {"query": f"{PREFIXES}ASK {{ id:norland a dip:State }}"}),
    ("evidence", {"subject": "id:belport-attack", "property": "dip:date"}),
    ("explain_empty", {"query": f"{PREFIXES}SELECT * {{ ?e dip:agent id:norland ; dip:no ?x }}"}),
]


def of_kind(answer: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [row for row in answer["rows"] if row["kind"] == kind]


def test_every_tool_is_declared_and_its_schemas_are_valid() -> None:
    assert set(tool_declarations()) == set(TOOLS) == {name for name, _ in CALLS}
    for declared in tool_declarations().values():
        Draft202012Validator.check_schema(declared.input_schema)
        Draft202012Validator.check_schema(declared.output_schema)


@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_an_answer_is_as_declared_and_cites_only_sentences_that_it_places(
    call: Call, name: str, arguments: dict[str, Any]
) -> None:
    answer = call(name, **arguments)
    declared = tool_declarations()[name]
    assert list(Draft202012Validator(declared.input_schema).iter_errors(arguments)) == []
    assert list(Draft202012Validator(declared.output_schema).iter_errors(answer)) == []
    cited = {iri for row in answer["rows"] for iri in row["sentences"]}
    assert cited <= {sentence["id"] for sentence in answer["sentences"]}


@pytest.mark.parametrize(("name", "arguments"), CALLS)
@pytest.mark.parametrize("most", [6_000, 12_000])
def test_an_answer_is_cut_at_whole_rows_and_goes_on_from_there(
    call: Call, name: str, arguments: dict[str, Any], most: int
) -> None:
    complete = call(name, **arguments)["rows"]
    rows, cursor = [], {}
    for _ in range(len(complete) + 1):
        part = call(name, **arguments, **cursor, max_bytes=most)
        assert sent_size(part) <= most
        rows += part["rows"]
        if not part["next"]:
            break
        cursor = {"cursor": part["next"]}
    assert rows[: len(complete)] == complete


def test_a_cursor_of_another_build_is_an_error(corpus: Store, tiny: list[Any]) -> None:
    other = session_of(Store.of(tiny, "other"))
    cursor = answer_call(session_of(corpus), "describe", {"thing": "norland", "max_bytes": 3000})
    with pytest.raises(QueryError, match="build test, and build other is here now"):
        answer_call(other, "describe", {"thing": "norland", "cursor": cursor["next"]})


def test_search_names_what_it_finds_and_where_it_is_stated(call: Call) -> None:
    answer = call("search", text="Belport", **{"class": "Event"})
    first = answer["rows"][0]
    assert first["id"] == "id:belport-attack"
    assert first["sentences"]
    assert call("search", text="Belprot")["spelt_similarly"]


def test_describe_keeps_claims_apart_and_says_who_claims(call: Call) -> None:
    answer = call("describe", thing="id:belport-attack")
    claims = of_kind(answer, "claimed")
    assert claims
    assert all(row["said_by"] and row["sentences"] and row["says"] for row in claims)
    assert call("describe", thing="id:belport-attack", only="claims")["rows"] == claims
    assert not of_kind(call("describe", thing="id:belport-attack", only="statements"), "claimed")
    dated = call("describe", thing="id:belport-attack", property="dip:date")["rows"]
    assert [row["statement"].split()[1] for row in dated] == ["dip:date"]


def test_describe_says_where_sources_differ(call: Call) -> None:
    rows = call("describe", thing="id:ferry-talks-2018")["rows"]
    (disputed,) = [row for row in rows if "disagreement" in row]
    assert disputed["disagreement"] == "id:disagreement-ferry-talks-2018-date"
    (row,) = call("evidence", key=disputed["key"])["rows"]
    assert row["others"][0]["sentences"]


def test_rows_of_claims_are_never_facts(call: Call) -> None:
    answer = call("query", query=CLAIMS)
    assert {row["kind"] for row in answer["rows"]} == {"claimed"}
    assert all(row["claims"][0]["said_by"] and row["sentences"] for row in answer["rows"])
    built = call("query", query=CLAIMS.replace("SELECT *", "CONSTRUCT { ?s ?p ?o }"))
    assert {row["kind"] for row in built["rows"]} == {"claimed"}
    assert all(row["claims"] and row["sentences"] for row in built["rows"])


def test_facts_cite_their_sentences(call: Call) -> None:
    answer = call("query", query=EXPULSIONS)
    assert answer["rows"]
    assert {row["kind"] for row in answer["rows"]} == {"stated", "inferred"}
    assert all(row["sentences"] for row in answer["rows"])
    constructed = call(
        "query", query=f"{PREFIXES}CONSTRUCT {{ ?e a id:x }} {{ ?e a dip:Expulsion }}"
    )
    assert {row["kind"] for row in constructed["rows"]} == {"unknown"}


def test_what_no_sentence_can_be_named_for_is_said(call: Call) -> None:
    answer = call("query", query=f"{PREFIXES}SELECT (COUNT(*) AS ?n) {{ ?e a dip:Expulsion }}")
    assert answer["rows"][0]["kind"] == "unknown"
    assert "aggregate" in answer["note"]


@pytest.mark.parametrize(
    ("query", "error"),
    [
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", QueryRefused),
        ("DELETE WHERE { ?s ?p ?o }", QueryRefused),
        ("SELECT * { ?s ?p", QueryError),
        ("SELECT * {}" + " " * 20_000, QueryRefused),
    ],
)
def test_queries_pass_the_guard_of_the_endpoint(
    call: Call, query: str, error: type[KGError]
) -> None:
    with pytest.raises(error):
        call("query", query=query)


def test_an_empty_answer_is_explained_with_what_comes_closest(call: Call) -> None:
    nothing = f"{PREFIXES}SELECT * {{ ?e dip:agent ?state . ?state dip:memberOff ?group }}"
    assert "explain_empty" in call("query", query=nothing)["note"]
    answer = call("explain_empty", query=nothing)
    assert (answer["empty"], answer["matched"], answer["alone"]) == (True, 1, False)
    assert "dip:memberOf" in answer["hints"][0]
    (closest,) = answer["rows"]
    assert set(closest["cells"]) == {"e", "state"}
    assert closest["sentences"]
    assert not call("explain_empty", query=EXPULSIONS)["empty"]
    with pytest.raises(QueryError, match="only a SELECT"):
        call("explain_empty", query="ASK {}")


def test_the_shape_of_a_class_says_what_the_class_is(call: Call) -> None:
    answer = call("shape", **{"class": "Expulsion"})
    # Without its description a store counts no properties: `tests/clients/test_mcp.py` has a build.
    assert (answer["class"], answer["above"]) == ("dip:Expulsion", ["dip:Measure"])
    assert answer["members"] > 0


def test_a_sentence_says_what_it_states(call: Call) -> None:
    cited = call("describe", thing="id:belport-attack")["sentences"][0]["id"]
    answer = call("evidence", sentence=cited)
    assert all(row["sentences"] == [cited] for row in answer["rows"])
    with pytest.raises(NotFound):
        call("evidence", sentence="id:none")
    with pytest.raises(QueryError, match="name a statement"):
        call("evidence", subject="id:norland")


def test_evidence_of_a_value_alone(call: Call) -> None:
    rows = call("evidence", subject="id:norland", property="dip:memberOf", value="id:five-powers")
    assert [row["statement"] for row in rows["rows"]] == ["id:norland dip:memberOf id:five-powers"]
    assert call("evidence", subject="id:norland", property="memberOf", value="x")["rows"] == []


def test_examples_are_the_nearest_questions(call: Call) -> None:
    rows = call("examples", about="who expelled diplomats after the attack")["rows"]
    assert "xpel" in rows[0]["question"]
    assert rows[0]["query"].startswith("# ")
