"""Queries as Virtuoso is sent them; `tests/engines` shows that it answers them as it should."""

import pytest

from kg.model.errors import QueryError
from kg.store.remote.virtuoso.request import virtuoso_query

OURS = "urn:default"


def sent(query: str, default: tuple[str, ...] = (), named: tuple[str, ...] = ()) -> str:
    return virtuoso_query(query, (default, named), OURS, ("urn:hidden",))


def test_the_default_graph_is_named():
    query = "SELECT * { ?s ?p ?o }"
    assert sent(query) == f"define input:default-graph-uri <urn:default> {query}"


def test_each_graph_that_the_query_names_is_named_once():
    query = "PREFIX g: <urn:> ASK { GRAPH g:a { ?s ?p ?o } GRAPH <urn:a> { ?o ?p ?s } }"
    assert sent(query) == (
        "define input:default-graph-uri <urn:default> define input:named-graph-uri <urn:a> " + query
    )


def test_a_graph_by_variable_is_kept_from_hidden_ones_and_names_stand_in_filters():
    assert sent("ASK { GRAPH <urn:a> { ?s ?p ?o } GRAPH ?g { ?o ?p ?s } }") == (
        "define input:default-graph-uri <urn:default> "
        "ASK { GRAPH ?virtuoso_graph_0 { FILTER(?virtuoso_graph_0 = <urn:a>)  ?s ?p ?o } "
        "GRAPH ?g { FILTER(?g NOT IN (<urn:default>, <urn:hidden>))  ?o ?p ?s } }"
    )


def test_the_stand_in_for_the_default_graph_and_hidden_graphs_cannot_be_named():
    assert "named-graph" not in sent("ASK { GRAPH <urn:default> { } GRAPH <urn:hidden> { } }")


def test_a_stated_dataset_takes_the_place_of_the_build_s():
    assert sent("ASK { }", ("urn:a",), ("urn:b",)) == (
        "define input:default-graph-uri <urn:a> define input:named-graph-uri <urn:b> ASK { }"
    )


def test_from_alone_leaves_no_named_graph():
    assert "named-graph-uri <urn:x-aide-memoire:no-graph>" in sent("ASK FROM <urn:a> { }")


def test_several_default_graphs_are_refused():
    with pytest.raises(QueryError, match="cannot merge several default graphs"):
        sent("SELECT * FROM <urn:a> FROM <urn:b> { ?s ?p ?o }")


def test_words_of_strings_and_comments_stay():
    query = "ASK { ?s ?p 'GRAPH <urn:a> {' } # GRAPH ?g {"
    assert sent(query).endswith(query)
    assert "named-graph" not in sent(query)


@pytest.mark.parametrize(
    ("query", "written"),
    [
        ("?o <= 5", "COALESCE(?o) <= 5"),
        ("((?o)) <= 5", "((COALESCE(?o))) <= 5"),
        ("5 >= ((?o))", "5 >= ((COALESCE(?o)))"),
        ("?s >= ?o && ?o <= 5", "?s >= COALESCE(?o) && COALESCE(?o) <= 5"),
        ("BOUND(?o) <= true", "BOUND(?o) <= true"),
        ("<urn:f>(?o) <= 5", "<urn:f>(?o) <= 5"),
        ("STRLEN(STR(?o)) <= 5", "STRLEN(STR(?o)) <= 5"),
        ("STRLEN((?o)) <= 5", "STRLEN((?o)) <= 5"),
        ("?o < 5 || ?o > 7 || ?o >= 6", "?o < 5 || ?o > 7 || ?o >= 6"),
        ("'?o <= 5' <= 'x'", "'?o <= 5' <= 'x'"),
    ],
)
def test_no_variable_alone_has_an_upper_bound(query: str, written: str):
    assert sent(f"ASK {{ ?s ?p ?o FILTER({query}) }}").endswith(f"FILTER({written}) }}")
