"""QueryEngine as a person or a pipe wants them."""

import pytest
from pyoxigraph import Literal, Quad

from kg.cli.query import FORMATS, format_result, query_text
from kg.model.errors import NotFound, QueryError
from kg.model.formats import RESULTS
from kg.model.prefixes import node
from kg.store.store import Store

LABEL = node("rdfs:label")
STORE = Store.of(
    [
        Quad(node("id:norland"), LABEL, Literal("Norland", language="en")),
        Quad(node("id:norland"), LABEL, Literal("ノーランド", language="ja")),
    ]
)
ROWS = "SELECT ?thing ?name ?none WHERE { ?thing ?p ?name } ORDER BY ?name"
GRAPH = "CONSTRUCT WHERE { ?s ?p ?o }"


def test_table_is_aligned_whatever_the_script() -> None:
    assert format_result(STORE, ROWS, "table").decode().splitlines() == [
        "thing       name            none",
        "----------  --------------  ----",
        "id:norland  Norland",
        "id:norland  ノーランド @ja",
        "(2 rows)",
    ]


def test_ask_is_yes_or_no() -> None:
    assert format_result(STORE, "ASK {}", "table") == b"yes\n"
    assert format_result(STORE, "ASK { ?s ?p 1 }", "table") == b"no\n"


def test_graph_comes_as_turtle_unless_rows_were_asked_for() -> None:
    assert format_result(STORE, GRAPH, "table", strict=False).startswith(b"@prefix id:")
    with pytest.raises(QueryError, match="answers with a graph: choose one of ttl, nt, rdf"):
        format_result(STORE, GRAPH, "table")
    with pytest.raises(QueryError, match="answers with rows: choose one of table, json"):
        format_result(STORE, ROWS, "ttl")


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_works_for_its_kind(form: str) -> None:
    rows = form == "table" or form in [row.name for row in RESULTS]
    assert format_result(STORE, ROWS if rows else GRAPH, form).endswith(b"\n")


def test_query_comes_from_a_file_or_a_name(tmp_path) -> None:
    (tmp_path / "q.rq").write_text(ROWS, encoding="utf-8")
    assert query_text(str(tmp_path / "q.rq")) == ROWS
    with pytest.raises(NotFound):
        query_text(str(tmp_path / "none.rq"))
