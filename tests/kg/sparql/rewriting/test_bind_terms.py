"""Terms in the text of a query: the embedded engine's own binding is the oracle."""

from collections import Counter

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad, RdfFormat, parse

from kg.model.errors import QueryError
from kg.model.prefixes import prefixes
from kg.sparql.named_queries import QUERIES
from kg.sparql.rewriting.bind_terms import bind_terms
from kg.store.store import Store, Term
from tests.publishing import with_description

A, B = NamedNode("https://example.org/a"), NamedNode("https://example.org/b")
PATHS = sorted(path for part in ("pages", "reconciliation") for path in (QUERIES / part).iterdir())
_LIMIT = 400
# A vote, a list, a search without a match and an added file, which the corpus does not have.
MORE = """
id:ballot dip:castIn id:vote ; dip:voter id:norland ; dip:choice dip:inFavour .
id:listing dip:onList id:list ; dip:designates id:norland .
graph:links {
  id:mapping owl:annotatedTarget sssom:NoTermFound ; owl:annotatedSource id:norland ;
    sssom:object_source <x:dataset> ; rdfs:comment "nothing matches" .
}
<http://example.org/added> { id:norland rdfs:comment "a country" }
"""


def rows(store: Store, query: str, **terms: Term) -> Counter[frozenset[tuple[str, str]]]:
    found = store.select(query, **terms)
    return Counter(frozenset((name, str(term)) for name, term in row.items()) for row in found)


@pytest.fixture(scope="module")
def described(corpus: Store) -> Store:
    """Return the corpus, what else the queries of pages ask for, and the description of both."""
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes().items())
    more = parse(head + MORE, format=RdfFormat.TRIG)
    return Store.of(with_description([*corpus.quads(), *more]))


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_every_query_of_a_page_has_the_rows_of_bound_terms(described: Store, path) -> None:
    query = path.read_text(encoding="utf-8")
    first = described.select(query)[0]
    terms = {
        name: term
        for name, term in first.items()
        if not isinstance(term, BlankNode) and f"AS ?{name})" not in query
    }
    compared = 0
    for name, term in terms.items():
        expected = rows(described, query, **{name: term})
        if expected.total() < _LIMIT:
            assert rows(described, bind_terms(query, {name: term})) == expected
            compared += 1
    assert compared or not terms


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?n { ?s ?p ?o { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } }",
        "SELECT ?s ?n { { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s } }",
        "SELECT ?s ?n { SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s }",
        "SELECT ?s ?o { { SELECT * { ?s ?p ?o } } }",
        "SELECT * { ?s ?p ?o }",
        "SELECT DISTINCT * { ?s ?p ?o FILTER(BOUND(?s)) }",
        "SELECT ?s (COUNT(?s) AS ?n) { ?s ?p ?o } GROUP BY ?s HAVING (?s != <x:y>) ORDER BY ?s",
        "SELECT ?s ?o { ?s ?p ?o OPTIONAL { ?o ?p ?s } FILTER NOT EXISTS { ?s <x:p> ?o } }",
        "SELECT ?s ?o { ?s ?p ?o } VALUES ?s { <https://example.org/a> <x:other> }",
        "SELECT ?s ?o { VALUES ?s { <https://example.org/a> <x:other> } ?s ?p ?o }",
        "SELECT ?s ?o { BIND(<https://example.org/a> AS ?s) ?s ?p ?o }",
        "SELECT ?s ?o { { ?s ?p ?o } UNION { ?o ?p ?s } MINUS { ?s ?p 'x' } }",
        "SELECT ?s { ?s ?p [ ?q ?s ] ; ?q ?o . FILTER('?s' != STR(?s)) # ?s\n }",
    ],
)
def test_shapes_of_queries(tiny_graph: Store, query: str) -> None:
    expected = rows(tiny_graph, query, s=A)
    assert rows(tiny_graph, bind_terms(query, {"s": A})) == expected
    assert expected or "MINUS" in query


@pytest.fixture(scope="module")
def tiny_graph() -> Store:
    knows = NamedNode("https://example.org/knows")
    pairs = [(A, B), (B, A), (A, A), (B, Literal("x")), (A, Literal("y"))]
    return Store.of(Quad(s, knows, o, DefaultGraph()) for s, o in pairs)


def test_graphs_and_truths(tiny_graph: Store) -> None:
    ask = bind_terms("ASK { ?s ?p ?o }", {"s": A, "o": B})
    assert tiny_graph.ask(ask)
    assert not tiny_graph.ask(bind_terms("ASK { ?s ?p ?o }", {"s": B, "o": B}))
    query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
    assert tiny_graph.construct(bind_terms(query, {"s": A})) == tiny_graph.construct(query, s=A)
    short = bind_terms("CONSTRUCT WHERE { ?s ?p ?o }", {"s": A})
    assert len(tiny_graph.construct(short)) == 3


def test_a_literal_is_no_subject(tiny_graph: Store) -> None:
    query = "SELECT ?s ?o { ?x ?y ?z OPTIONAL { ?s ?p ?o } }"
    bound = bind_terms(query, {"s": Literal("x")})
    assert rows(tiny_graph, bound) == rows(tiny_graph, query, s=Literal("x"))
    assert tiny_graph.select(bind_terms("SELECT ?s { ?s ?p ?o }", {"s": Literal("x")})) == []


def test_a_term_is_no_text() -> None:
    hostile = Literal("x' } INSERT \"?s\\")
    bound = bind_terms("SELECT ?o { ?s ?p ?o FILTER(?o = ?s) }", {"o": hostile})
    assert bound.count(str(hostile)) == 3


def test_what_a_query_computes_is_not_bound() -> None:
    with pytest.raises(QueryError, match=r"\?n is computed"):
        bind_terms("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", {"n": Literal(1)})
