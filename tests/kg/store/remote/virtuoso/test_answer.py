"""Virtuoso's JSON, made the standard's."""

import json

import pytest

from kg.store.remote.errors import EngineFailed
from kg.store.remote.virtuoso.answer import cut_answer, standard_rows
from kg.store.remote.virtuoso.renamed import PREFIX

XSD = "http://www.w3.org/2001/XMLSchema#"


def mended(term: dict[str, str], booleans: tuple[str, ...] = ()) -> dict[str, str]:
    answer = {
        "head": {"link": [], "vars": ["x", "virtuoso_graph_0"]},
        "results": {"bindings": [{"x": term, "virtuoso_graph_0": term}]},
    }
    read = json.loads(standard_rows(json.dumps(answer).encode(), booleans))
    assert read["head"]["vars"] == ["x"]
    (row,) = read["results"]["bindings"]
    return row["x"]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ({"type": "bnode", "value": "nodeID://b1"}, {"type": "bnode", "value": "b1"}),
        (
            {"type": "typed-literal", "value": "1", "datatype": XSD + "boolean"},
            {"type": "typed-literal", "value": "true", "datatype": XSD + "boolean"},
        ),
        (
            {"type": "typed-literal", "value": "P1D", "datatype": PREFIX + XSD + "duration"},
            {"type": "typed-literal", "value": "P1D", "datatype": XSD + "duration"},
        ),
        (
            {"type": "uri", "value": PREFIX + XSD + "duration"},
            {"type": "uri", "value": XSD + "duration"},
        ),
        (
            {"type": "typed-literal", "value": "1", "datatype": XSD + "integer"},
            {"type": "typed-literal", "value": "1", "datatype": XSD + "integer"},
        ),
    ],
)
def test_a_term_is_as_the_standard_has_it(term, expected):
    assert mended(term) == expected


def test_a_computed_boolean_is_one():
    term = {"type": "typed-literal", "value": "0", "datatype": XSD + "integer"}
    assert mended(term, ("x",)) == {**term, "value": "false", "datatype": XSD + "boolean"}


def test_the_answer_to_an_ask_is_a_boolean():
    value = {"type": "typed-literal", "value": "1", "datatype": XSD + "integer"}
    rows = {"head": {"vars": ["__ASK_RETVAL"]}, "results": {"bindings": [{"__ASK_RETVAL": value}]}}
    assert json.loads(standard_rows(json.dumps(rows).encode())) == {"head": {}, "boolean": True}


def test_a_cut_answer_says_why():
    assert "time limit" in cut_answer({"x-sql-state": "S1TAT"})
    assert "ResultSetMaxRows" in cut_answer({"x-sparql-maxrows": "10"})
    assert cut_answer({"content-type": "x"}) == ""


TWICE = {
    "head": {"vars": ["s"]},
    "results": {"bindings": [{"s": {"type": "literal", "value": "a"}} for _ in "12"]},
}


@pytest.mark.parametrize(("keywords", "rows"), [({"SELECT"}, 2), ({"SELECT", "DISTINCT"}, 1)])
def test_distinct_rows_come_once(keywords: set[str], rows: int) -> None:
    answer = json.loads(standard_rows(json.dumps(TWICE).encode(), keywords=keywords))
    assert len(answer["results"]["bindings"]) == rows


@pytest.mark.parametrize("part", ["LIMIT", "OFFSET"])
def test_a_part_with_repeated_rows_is_no_answer(part: str) -> None:
    with pytest.raises(EngineFailed, match="without LIMIT"):
        standard_rows(json.dumps(TWICE).encode(), keywords={"DISTINCT", part})
