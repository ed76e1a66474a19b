from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.model.prefixes import GRAPH, TERM, THING
from kg.statements.edges_around import EDGES_PER_PROPERTY, MOST_PROPERTIES, edges_around
from kg.store.store import Store

RURITANIA, HOST = NamedNode(THING + "ruritania"), NamedNode(TERM + "host")
ADDED, DESCRIPTION = "https://example.org/more", GRAPH + "description"


def hosting(number: int, graph: str = ADDED, *, outwards: bool = False) -> list[Quad]:
    things = [NamedNode(f"{THING}meeting-{n}") for n in range(number)]
    ends = [(RURITANIA, thing) if outwards else (thing, RURITANIA) for thing in things]
    where = (NamedNode(graph), DefaultGraph())
    return [Quad(start, HOST, end, name) for start, end in ends for name in where]


def test_all_is_read_of_a_thing_with_few_statements(tiny: list[Quad]) -> None:
    found = edges_around(Store.of([*tiny, *hosting(200)]), RURITANIA)[1]
    hosted = [edge for edge in found.edges if edge.graphs == {ADDED}]
    assert (len(hosted), dict(found.totals)) == (200, {})


def test_of_a_thing_with_many_some_of_each_property_are_read_and_the_rest_counted(
    tiny: list[Quad],
) -> None:
    few = edges_around(Store.of(tiny), RURITANIA)[1]
    store = Store.of([*tiny, *hosting(2000)])
    _, found = edges_around(store, RURITANIA)
    hosts = sum(edge.predicate == HOST.value for edge in few.edges)
    assert dict(found.totals) == {HOST.value: 2000 + hosts}
    assert (
        EDGES_PER_PROPERTY
        <= sum(edge.predicate == HOST.value for edge in found.edges)
        < 2 * EDGES_PER_PROPERTY
    )
    others = {edge for edge in few.edges if edge.predicate != HOST.value}
    assert others <= set(found.edges)


def test_the_same_holds_of_what_starts_from_a_thing(tiny: list[Quad]) -> None:
    store = Store.of([*tiny, *hosting(2000, outwards=True)])
    out, back = edges_around(store, RURITANIA)
    assert dict(out.totals) == {HOST.value: 2000}
    assert not back.totals


def test_who_wants_the_whole_gets_it(tiny: list[Quad]) -> None:
    store = Store.of([*tiny, *hosting(500)])
    found = edges_around(store, RURITANIA, complete_up_to=1000)[1]
    assert len([edge for edge in found.edges if edge.graphs == {ADDED}]) == 500
    assert not found.totals


def test_what_the_graph_records_of_itself_is_no_statement_about_a_thing(tiny: list[Quad]) -> None:
    store = Store.of([*tiny, *hosting(20, DESCRIPTION)])
    found = edges_around(store, RURITANIA)[1].edges
    assert set(found) == set(edges_around(Store.of(tiny), RURITANIA)[1].edges)


def test_literals_do_not_hinder_where_both_sides_have_many(tiny: list[Quad]) -> None:
    note = NamedNode("http://www.w3.org/2004/02/skos/core#note")
    notes = [
        Quad(RURITANIA, note, value, name)
        for number in range(400)
        for value in (Literal(f"note {number}"), Triple(RURITANIA, note, Literal(number)))
        for name in (NamedNode(ADDED), DefaultGraph())
    ]
    out, back = edges_around(Store.of([*tiny, *notes, *hosting(400)]), RURITANIA)
    assert (out.totals[note.value], back.totals[HOST.value] > 400) == (800, True)
    assert sum(edge.predicate == note.value for edge in out.edges) == EDGES_PER_PROPERTY


def test_of_very_many_properties_some_are_read_ours_first(tiny: list[Quad]) -> None:
    names = [NamedNode(f"https://example.org/p{number}") for number in range(MOST_PROPERTIES + 100)]
    graphs = (NamedNode(ADDED), DefaultGraph())
    many = [Quad(RURITANIA, name, HOST, graph) for name in names for graph in graphs]
    out, back = edges_around(Store.of([*tiny, *many]), RURITANIA)
    found = {edge.predicate for edge in out.edges}
    assert len(found) == MOST_PROPERTIES
    assert {TERM + "neighbourOf", TERM + "population"} <= found
    other = {q.predicate.value for q in [*tiny, *many] if q.subject == RURITANIA} - found
    assert out.unread >= len(other) > 100
    assert back.unread == 0
