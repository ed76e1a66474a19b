"""A SERVICE is sent the values that it is joined with, and the result stays what it was."""

import json
from collections import Counter
from collections.abc import Iterator

import pyoxigraph
import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.bound_values import BATCH, MOST, BoundValues, merge_results
from kg.federation.errors import EndpointFailed
from kg.federation.federation import Federation
from kg.sparql.joins.service_inputs import service_inputs
from kg.sparql.service import service_clauses
from kg.store.store import Store
from tests.kg.federation.endpoint import RESULTS, Endpoint, running
from web.relay_server import serve_relay

ITEM, COUNT, NAME = NamedNode("x:item"), NamedNode("x:count"), NamedNode("x:name")
LEADER = NamedNode("x:leader")
OTHERS = 3 * MOST


@pytest.fixture(scope="module")
def states() -> Store:
    """Return 60 states, 50 of them with an item that the endpoint describes, and 5 with two."""
    quads = []
    for n in range(60):
        state = NamedNode(f"x:state{n}")
        quads.append(Quad(state, NAME, Literal(f"state {n}")))
        items = ([n] if n < 50 else []) + ([1000 + n] if n < 5 else [])
        quads += [Quad(state, ITEM, NamedNode(f"x:i{item}")) for item in items]
    return Store.of(quads)


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    with running() as server:
        server.graph.clear()
        for n in range(OTHERS):
            server.graph.add(Quad(NamedNode(f"x:i{n}"), COUNT, Literal(n)))
            if n % 2:
                server.graph.add(Quad(NamedNode(f"x:i{n}"), LEADER, Literal(f"leader {n}")))
        yield server


JOINS = {
    "after": "?s x:item ?i . SERVICE <E> { ?i x:count ?n }",
    "before": "SERVICE <E> { ?i x:count ?n } ?s x:item ?i",
    "between": "?s x:name ?t . SERVICE <E> { ?i x:count ?n } ?s x:item ?i .",
    "two": "?s x:item ?i SERVICE <E> { ?i x:count ?n } SERVICE <E> { ?i x:leader ?l }",
    "optional": "?s x:item ?i OPTIONAL { SERVICE <E> { ?i x:leader ?l } }",
    "optional with a filter": (
        "?s x:item ?i OPTIONAL { SERVICE <E> { ?i x:leader ?l } FILTER(STRLEN(?l) > 8) }"
    ),
    "optional, then more": "?s x:name ?t OPTIONAL { SERVICE <E> { ?i x:count 1 } } ?s x:item ?i",
    "optional with its own": "?s x:name ?t OPTIONAL { ?s x:item ?i SERVICE <E> {?i x:leader ?l} }",
    "minus": "?s x:item ?i MINUS { SERVICE <E> { ?i x:leader ?l } }",
    "exists": "?s x:item ?i FILTER EXISTS { ?s x:item ?j SERVICE <E> { ?j x:leader ?l } }",
    "filter on both": "?s x:item ?i SERVICE <E> { ?i x:count ?n } FILTER(?n > 7 && ?s != x:state9)",
    "filter on ours": "?s x:item ?i SERVICE <E> { ?i x:count ?n } FILTER(STRENDS(STR(?s), '3'))",
    "filter before": "FILTER(STRENDS(STR(?s), '3')) ?s x:item ?i SERVICE <E> { ?i x:count ?n }",
    "filter there": "?s x:item ?i SERVICE <E> { ?i x:count ?n FILTER(?n < 5) }",
    "filter there on ours": "?s x:item ?i SERVICE <E> { ?i x:count ?n FILTER(BOUND(?s)) }",
    "bind": (
        "?s x:name ?t BIND(IRI(REPLACE(?t, 'state ', 'x:i')) AS ?i) SERVICE <E> { ?i x:count ?n }"
    ),
    "bind of nothing": "?s x:name ?t BIND(IRI(?none) AS ?i) SERVICE <E> { ?i x:count 7 }",
    "bind after an optional": (
        "?s x:name ?t OPTIONAL { ?s x:item ?j } BIND(?j AS ?i) SERVICE <E> { ?i x:count 7 }"
    ),
    "union": "{ ?s x:item ?i } UNION { ?s x:name ?i } SERVICE <E> { ?i x:count ?n }",
    "open union": "{ ?s x:item ?i } UNION { ?s x:name ?t } SERVICE <E> { ?i x:count 7 }",
    "in a branch": "{ ?s x:item ?i SERVICE <E> { ?i x:count ?n } } UNION { ?s x:name ?n }",
    "values": "VALUES (?i ?u) { (x:i1 1) (x:i2 UNDEF) (x:none 3) } SERVICE <E> { ?i x:count ?n }",
    "open values": "VALUES ?i { x:i1 UNDEF } SERVICE <E> { ?i x:count 7 }",
    "distinct select": "{ SELECT DISTINCT ?i { ?s x:item ?i } } SERVICE <E> { ?i x:count ?n }",
    "select of some": (
        "{ SELECT ?i { ?s x:item ?i } ORDER BY ?i LIMIT 9 } SERVICE <E> { ?i x:count ?n }"
    ),
    "aggregate there": (
        "?s x:item ?i SERVICE <E> { { SELECT ?i (COUNT(*) AS ?n) { ?i ?p ?o } GROUP BY ?i } }"
    ),
    "some there": "?s x:item ?i SERVICE <E> { { SELECT * { ?i x:count ?n } ORDER BY ?n LIMIT 4 } }",
    "hidden there": "?s x:item ?i SERVICE <E> { { SELECT ?n { ?i x:count ?n FILTER(?n < 3) } } }",
    "optional there": "?s x:item ?i SERVICE <E> { ?i x:count ?n OPTIONAL { ?i x:leader ?l } }",
    "two variables": (
        "?s x:item ?i ; x:name ?t SERVICE <E> { ?i x:count ?n OPTIONAL { ?i x:q ?t } }"
    ),
    "nothing shared": "?s x:item x:i1 . SERVICE <E> { ?i x:count 7 }",
    "no row of ours": "?s x:none ?i . SERVICE <E> { ?i x:count ?n }",
    "paths": "?s x:item/x:none* ?i SERVICE <E> { ?i x:count ?n }",
    "comments": "?s x:item ?i # SERVICE }\n SERVICE <E> { ?i x:count ?n } # {\n ?s x:name ?t # .\n",
}
# The engine sends its own pattern for these: the values do not limit it, or might change the rows.
OPEN = {
    *("minus", "optional, then more", "bind of nothing", "bind after an optional", "open union"),
    *("open values", "select of some", "aggregate there", "some there", "hidden there"),
    "nothing shared",
}


def text(join: str, endpoint: Endpoint) -> str:
    return f"PREFIX x: <x:> SELECT * {{ {JOINS[join]} }}".replace("<E>", f"<{endpoint.iri}>")


def rows(store: Store, endpoint: Endpoint, query: str) -> Counter[str]:
    named = frozenset({endpoint.iri})
    result = run_query(store, QueryRequest(query), Federation(named, named, serve_relay))
    bindings = json.loads(result.body)["results"]["bindings"]
    return Counter(json.dumps(row, sort_keys=True) for row in bindings)


def rows_without_values(store: Store, query: str) -> Counter[str]:
    """Return what the engine itself makes of a query, calling the endpoint as it does."""
    engine = pyoxigraph.Store()
    engine.bulk_extend(store.quads())
    body = engine.query(query).serialize(format=pyoxigraph.QueryResultsFormat.JSON)
    bindings = json.loads(body or b"")["results"]["bindings"]
    return Counter(json.dumps(row, sort_keys=True) for row in bindings)


@pytest.mark.parametrize("join", JOINS)
def test_the_rows_are_those_without_values(states: Store, endpoint: Endpoint, join: str) -> None:
    query = text(join, endpoint)
    found = rows(states, endpoint, query)
    sent = [query for _, query in endpoint.asked]
    assert found == rows_without_values(states, query)
    assert bool(found) == (join not in {"no row of ours", "filter there on ours"})
    limited = ["VALUES (" in query for query in sent]
    assert all(limited) != (join in OPEN) or not sent
    assert len(sent) <= 2


def test_sixty_states_are_one_call_and_bring_only_their_rows(
    states: Store, endpoint: Endpoint
) -> None:
    found = rows(states, endpoint, text("after", endpoint))
    ((_, sent),) = endpoint.asked
    # 55 pairs of a state and an item; each item is a row of the endpoint's.
    assert sent.count("(<x:i") == found.total() == 55


def test_many_values_are_sent_in_batches(endpoint: Endpoint) -> None:
    number = 2 * BATCH + 1
    many = Store.of([Quad(NamedNode(f"x:s{n}"), ITEM, NamedNode(f"x:i{n}")) for n in range(number)])
    assert rows(many, endpoint, text("after", endpoint)).total() == number
    assert [sent.count("(<x:i") for _, sent in endpoint.asked] == [BATCH, BATCH, 1]


def test_too_many_values_are_not_sent(endpoint: Endpoint) -> None:
    number = MOST + 1
    many = Store.of([Quad(NamedNode(f"x:s{n}"), ITEM, NamedNode(f"x:i{n}")) for n in range(number)])
    assert rows(many, endpoint, text("after", endpoint)).total() == number
    assert ["VALUES" in sent for _, sent in endpoint.asked] == [False]


def test_without_rows_of_ours_nothing_is_asked(states: Store, endpoint: Endpoint) -> None:
    assert not rows(states, endpoint, text("no row of ours", endpoint))
    assert endpoint.asked == []


def test_a_batch_that_fails_fails_the_query(endpoint: Endpoint) -> None:
    many = Store.of(
        [Quad(NamedNode(f"x:s{n}"), ITEM, NamedNode(f"x:i{n}")) for n in range(BATCH + 1)]
    )
    endpoint.reply = (503, {}, b"")
    with pytest.raises(EndpointFailed, match="HTTP 503"):
        rows(many, endpoint, text("after", endpoint))
    silent = text("after", endpoint).replace("SERVICE", "SERVICE SILENT")
    assert rows(many, endpoint, silent).total() == BATCH + 1


def test_the_values_are_those_of_the_dataset_that_the_query_names(endpoint: Endpoint) -> None:
    graph = NamedNode("x:g")
    store = Store.of(
        [
            Quad(NamedNode("x:s1"), ITEM, NamedNode("x:i1"), graph),
            Quad(NamedNode("x:s2"), ITEM, NamedNode("x:i2")),
        ]
    )
    query = text("after", endpoint).replace("{", "FROM <x:g> {", 1)
    assert rows(store, endpoint, query).total() == 1
    assert "x:i2" not in endpoint.asked[0][1]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { GRAPH ?g { ?s <x:p> ?i . SERVICE <x:e> { ?i <x:q> ?o } } }",
        "SELECT * { ?s <x:p> ?j . SERVICE <x:e> { ?i <x:q> ?o } }",
        "SELECT * { { SERVICE <x:f> { ?s <x:p> ?i } } SERVICE <x:e> { ?i <x:q> ?o } }",
        "SELECT * { ?i <x:service> ?s ; x:service ?t SERVICE <x:e> { ?i <x:q> ?o } }",
        "SELECT * { OPTIONAL { ?s <x:p> ?i } SERVICE <x:e> { ?i <x:q> ?o } }",
        "SELECT * { ?s <x:p> ?t BIND(BNODE() AS ?i) SERVICE <x:e> { ?i <x:q> ?o } }",
    ],
)
def test_what_cannot_be_established_is_not_sent(query: str) -> None:
    clause = service_clauses(query)[-1]
    inputs = service_inputs(query, clause)
    # A property of that name is no call; the text of an IRI is not looked into.
    assert inputs is None or "<x:p>" not in inputs.query


def test_a_query_of_another_form_stays_as_it_is() -> None:
    values = BoundValues(("a",), ((Literal("x"),),))
    query = b"SELECT ?b WHERE { ?a ?b ?c }"
    assert values.restrict(query) == [query]
    with_base = b"BASE <x:b>\nSELECT * WHERE { ?a ?b ?c }"
    assert values.restrict(with_base) == [with_base + b'\nVALUES (?a) { ("x") }']


def test_results_in_two_formats_are_one() -> None:
    xml = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head><variable name="b"/></head>'
        b'<results><result><binding name="b"><literal>two</literal></binding></result></results>'
        b"</sparql>"
    )
    rows_json = (
        b'{"head":{"vars":["a"]},"results":{"bindings":[{"a":{"type":"uri","value":"x:1"}}]}}'
    )
    merged = merge_results([(RESULTS, rows_json), ("application/sparql-results+xml", xml)])
    assert json.loads(merged[1]) == {
        "head": {"vars": ["a", "b"]},
        "results": {
            "bindings": [
                {"a": {"type": "uri", "value": "x:1"}},
                {"b": {"type": "literal", "value": "two"}},
            ]
        },
    }
    assert merge_results([])[1] == b'{"head": {"vars": []}, "results": {"bindings": []}}'


@pytest.mark.parametrize("join", JOINS)
def test_a_query_that_is_cut_off_is_read_too(join: str) -> None:
    query = f"SELECT * {{ {JOINS[join]} }}"
    for end in range(len(query)):
        for clause in service_clauses(query[:end]):
            service_inputs(query[:end], clause)
