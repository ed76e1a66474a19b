"""A store over Oxigraph's server answers as one that holds the same graph itself."""

from collections.abc import Iterator

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from kg.model.errors import QueryError
from kg.store.dump import dump_graphs
from kg.store.remote.addresses import Addresses
from kg.store.remote.authentication import Authentication
from kg.store.remote.dialects import STANDARD
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.errors import EngineUnavailable
from kg.store.remote.marker import BuildMarker, read_marker, removal
from kg.store.remote.opening import build_at
from kg.store.store import Store
from tests.oxigraph_server import endpoint_at, engine_with, oxigraph_server

pytestmark = pytest.mark.server

A, B, P, G, H = (NamedNode(f"https://example.org/{name}") for name in "abpgh")
BLANK = BlankNode("b1")
QUADS = [
    Quad(A, P, B),
    Quad(A, P, Literal('x\n"y" \\ é', language="en")),
    Quad(B, P, A, G),
    Quad(A, P, B, G),
    Quad(A, P, B, H),
    Quad(A, P, BLANK),
    Quad(BLANK, P, Literal(1)),
    Quad(BLANK, P, Literal(1), H),
]


@pytest.fixture(scope="module")
def url() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


@pytest.fixture(scope="module")
def both(url: str) -> Iterator[tuple[Store, Store]]:
    engine = engine_with(url, QUADS)
    endpoint, _ = endpoint_at(url)
    endpoint.update(BuildMarker("0123456789ab", len(QUADS), ("x:added",)).update())
    yield Store.of(QUADS), Store("test", engine)
    endpoint.close()


def unordered(quads: list) -> set[str]:
    assert len(set(map(str, quads))) == len(quads)
    return set(map(str, quads))


def test_quads_are_the_same_for_one_and_for_many(both: tuple[Store, Store]) -> None:
    here, there = both
    nodes = [A, BLANK, B, NamedNode("x:none")]
    for outwards in (True, False):
        for graph in (None, G):
            expected = here.quads_around_each(nodes, outwards, graph=graph)
            found = there.quads_around_each(nodes, outwards, graph=graph)
            assert [*map(unordered, found)] == [*map(unordered, expected)]
    assert unordered(there.quads()) == unordered(here.quads()) == unordered(QUADS)
    pairs = [(A, B), (Literal("x"), B), (B, A), (BLANK, Literal(1))]
    assert [*map(unordered, there.between_each(pairs))] == [
        *map(unordered, here.between_each(pairs))
    ]


def test_objects_subjects_and_graphs_are_the_same(both: tuple[Store, Store]) -> None:
    here, there = both
    assert {*there.objects(A, P, 9)} == {*here.objects(A, P, 9)}
    assert len(there.objects(A, P, 2)) == 2
    assert there.subjects_of_each([(P, B), (P, Literal(1))], 5) == [[A], [BLANK]]
    assert there.graphs() == here.graphs() == [G, H]
    assert there.graph(G) == here.graph(G)
    assert (there.count(G, 9), there.count(G, 1), there.count(A, 9)) == (2, 1, 0)
    triples = [Triple(A, P, B), Triple(B, P, A), Triple(B, P, B)]
    assert [{*names} for names in there.graphs_containing_each(triples)] == [{G, H}, {G}, set()]


def test_nothing_asked_is_no_request() -> None:
    nowhere = Endpoint(Addresses("http://127.0.0.1:9/sparql"), Authentication())
    assert Store("", RemoteEngine(nowhere, STANDARD)).quads_around_each([], True) == []


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s ?o",
        "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?g",
        "SELECT ?g { GRAPH ?g {} } ORDER BY ?g",
        "SELECT ?g ?o { ?s ?p ?o OPTIONAL { GRAPH ?g { ?o ?p ?s } } } ORDER BY ?o ?g",
        "SELECT (COUNT(*) AS ?n) FROM <https://example.org/g> { ?s ?p ?o }",
        "SELECT (COUNT(*) AS ?n) FROM <g> FROM <h> FROM <g> { ?s ?p ?o }",
        "SELECT ?g FROM NAMED <https://example.org/h> { GRAPH ?g { ?s <p> <b> } }",
        "ASK { <a> <p> <b> }",
        "CONSTRUCT { ?o ?p ?s } WHERE { ?s ?p ?o FILTER(isIRI(?o) && ?o != ?s) }",
        "SELECT (COUNT(*) AS ?n) { ?s ?p ?o FILTER(isBlank(?o) && !isIRI(?o)) }",
        "DESCRIBE <a>",
    ],
)
def test_queries_of_the_public_have_the_same_bytes(both: tuple[Store, Store], query: str) -> None:
    answers = [
        store.execute(
            query,
            lambda graph: "application/n-triples" if graph else "text/csv",
            base="https://example.org/x",
        )
        for store in both
    ]
    here, there = ((kind, sorted(body.splitlines())) for kind, body in answers)
    assert there == here
    assert answers[0][1]


def test_a_request_names_its_dataset(both: tuple[Store, Store]) -> None:
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    for default, named in (([G.value], []), ([G.value, H.value], []), ([], [G.value])):
        here, there = (
            store.execute(query, lambda _: "text/csv", default, named)[1] for store in both
        )
        assert there == here


def test_terms_bind_variables(both: tuple[Store, Store]) -> None:
    for store in both:
        assert store.select("SELECT ?s ?o { ?s ?p ?o }", s=BLANK) == [{"s": BLANK, "o": Literal(1)}]
        assert store.ask("ASK { ?s ?p ?o }", s=A, o=B)
        assert store.construct("CONSTRUCT { ?s ?s ?s } WHERE { ?s ?p ?o }", s=A) == [
            Triple(A, A, A)
        ]


def test_a_dump_is_the_same_file(both: tuple[Store, Store]) -> None:
    here, there = both
    assert dump_graphs(there, "nq") == dump_graphs(here, "nq")
    assert dump_graphs(there, "nt", G.value) == dump_graphs(here, "nt", G.value)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda store: store.select("ASK {}"), "this is not a SELECT query"),
        (lambda store: store.ask("SELECT * {}"), "this is not an ASK query"),
        (lambda store: store.construct("ASK {}"), "neither a CONSTRUCT nor a DESCRIBE"),
        (lambda store: store.select("SELECT ?s { ?s ?p }"), "line 1"),
    ],
)
def test_what_is_wrong_with_a_query_is_said_as_here(
    both: tuple[Store, Store], call, message: str
) -> None:
    for store in both:
        with pytest.raises(QueryError, match=message) as caught:
            call(store)
        assert "\n" not in str(caught.value)


def test_the_marker_says_which_build_an_engine_holds(url: str, both: tuple[Store, Store]) -> None:
    marker = BuildMarker("0123456789ab", len(QUADS), ("x:added",))
    engine = RemoteEngine(*endpoint_at(url))
    assert build_at(engine) == marker
    with oxigraph_server() as empty:
        assert build_at(RemoteEngine(*endpoint_at(empty))) is None
        endpoint, _ = endpoint_at(empty)
        endpoint.update(marker.update())
        endpoint.update(removal())
        assert build_at(RemoteEngine(endpoint, STANDARD)) is None
        endpoint.close()
    assert read_marker(lambda _: [{"p": A, "o": B}]) is None


def test_an_engine_that_is_gone_is_said_in_one_line() -> None:
    nowhere = Endpoint(Addresses("http://127.0.0.1:9/sparql"), Authentication("me", "secret"))
    with pytest.raises(EngineUnavailable, match="refused") as caught:
        Store("", RemoteEngine(nowhere, STANDARD)).ask("ASK {}")
    assert "\n" not in str(caught.value)
    assert "secret" not in str(caught.value)
