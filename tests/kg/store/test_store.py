"""The store's answers, to our own questions and to other people's."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.errors import QueryError
from kg.store.store import Store

A, B, P, G = (NamedNode(f"https://example.org/{name}") for name in "abpg")
STORE = Store.of([Quad(A, P, B), Quad(A, P, Literal("x")), Quad(B, P, A, G)])


def accept(is_graph: bool) -> str:
    return "application/n-triples" if is_graph else "text/csv"


def test_select_binds_terms_and_leaves_out_the_unbound() -> None:
    rows = STORE.select("SELECT ?s ?o ?none WHERE { ?s ?p ?o OPTIONAL { ?o ?q ?none } }", o=B)
    assert rows == [{"s": A, "o": B}]


def test_term_cannot_change_the_question() -> None:
    text = Literal("x' } INSERT { ?s ?p")
    assert STORE.select("SELECT ?s ?o WHERE { ?s ?p ?o }", o=text) == []


def test_ask_and_construct() -> None:
    assert STORE.ask("ASK { ?s ?p ?o }", s=A)
    assert not STORE.ask("ASK { ?s ?p ?o }", s=B)
    assert len(STORE.construct("CONSTRUCT { ?s a ?s } WHERE { ?s ?p ?o }")) == 1


def test_graph_is_its_triples() -> None:
    assert [triple.subject for triple in STORE.graph(G)] == [B]
    assert STORE.graph(A) == []


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (STORE.select, "this is not a SELECT query"),
        (STORE.ask, "this is not an ASK query"),
    ],
)
def test_wrong_kind_of_query_is_said(call, message: str) -> None:
    with pytest.raises(QueryError, match=message):
        call("CONSTRUCT WHERE { ?s ?p ?o }")
    with pytest.raises(QueryError, match="neither a CONSTRUCT nor a DESCRIBE"):
        STORE.construct("ASK {}")


@pytest.mark.parametrize(
    ("query", "body"),
    [
        ("SELECT ?o WHERE { ?s ?p ?o FILTER(isIRI(?o)) }", b"o\r\nhttps://example.org/b\r\n"),
        ("ASK {}", b"true"),
        ("CONSTRUCT { ?s ?p 1 } WHERE { ?s ?p ?o }", None),
    ],
)
def test_execute_writes_what_is_accepted(query: str, body: bytes | None) -> None:
    media_type, written = STORE.execute(query, accept)
    assert media_type == accept(body is None)
    assert written == body or written.count(b"\n") == 1


@pytest.mark.parametrize(
    ("default", "named", "count"),
    [((), (), b"2"), ((G.value,), (), b"1"), ((), (G.value,), b"0")],
)
def test_dataset_of_the_protocol_is_used(default, named, count: bytes) -> None:
    query = "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }"
    assert STORE.execute(query, accept, default, named)[1].split() == [b"n", count]


@pytest.mark.parametrize(
    ("query", "message", "line", "column"),
    [
        ("SELECT ?s WHERE {\n ?s no:thing ?o }", "the prefix no: is not declared", 2, 13),
        ("SELECT ?x WHERE { ?s ?p ?o } GROUP BY ?s", "variable that is unbound", 1, 41),
        ("INSERT DATA { <urn:a> <urn:b> <urn:c> }", "not SPARQL here: “INSERT”", 1, 1),
        ("", "the query is empty", 0, 0),
        ("# only this\n", "the query is empty", 0, 0),
        ("SELEC *", "this is not SPARQL here: “SELEC”; did you mean SELECT?", 1, 1),
        ("nonsense", "“nonsense”; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE", 1, 1),
        ("Who is it?", "“Who”; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE", 1, 1),
        ("SELECT ?s COUNT(?o) { ?s ?p ?o }", "“COUNT”; what SELECT computes gets a name", 1, 11),
        ("SELECT ?s\nWERE { ?s ?p ?o }", "not SPARQL here: “WERE”", 2, 1),
        ("SELECT ?s { ?s ?p ?o . FILTR(?o) }", "not SPARQL here: “FILTR”", 1, 24),
        ("SELECT ?s { ?s a State }", "not SPARQL here: “State”", 1, 18),
        ("SELECT ?s { ?s ?p ?o } ORDER ?s", "BY is expected here", 1, 30),
        ("SELECT * { ?s ?p ?o }}", "“}”, or what stands before it, does not fit", 1, 22),
        ("SELECT * { ?s ?p 'x }", "the query ends too early", 1, 22),
        ("SELECT * { ?s ?p ?o FILTER(?o > ) }", "does not fit before the end", 1, 36),
        ("ASK {\n ?s a 1\n ?s ?p 2 }", "“?s”; a full stop or semicolon may be missing", 3, 2),
        ("ASK { ?s a 1 . LIMIT 3 }", "this is not SPARQL here: “LIMIT”", 1, 16),
        ("SELECT ?s, ?o { ?s ?p ?o }", "SELECT names its variables without commas", 1, 8),
        ("SELECT COUNT(?s) { ?s ?p ?o }", "(COUNT(?thing) AS ?number)", 1, 8),
        ("SELECT (COUNT(?s)) { ?s ?p ?o }", "(COUNT(?thing) AS ?number)", 1, 15),
        (
            "SELECT * { ?s a dip:State }",
            "dip: is not declared; add PREFIX dip: <https://w3id.org/aide-memoire/ontology#>",
            1,
            26,
        ),
    ],
)
def test_malformed_query_says_what_and_where(
    query: str, message: str, line: int, column: int
) -> None:
    with pytest.raises(QueryError) as error:
        STORE.execute(query, accept)
    assert message in error.value.message
    assert (error.value.line, error.value.column) == (line, column)


def test_graph_name_that_is_no_iri_is_said() -> None:
    with pytest.raises(QueryError):
        STORE.execute("ASK {}", accept, ["not an iri"])


def test_unknown_media_type_is_said() -> None:
    with pytest.raises(QueryError, match="cannot be written as image/png"):
        STORE.execute("ASK {}", lambda _: "image/png")
