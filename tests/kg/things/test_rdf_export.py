import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple

from kg.index.statement_keys import statement_key
from kg.model.errors import NotFound
from kg.model.prefixes import BASE, CLAIM, GRAPH, SOURCE, STATEMENT, TERM, THING, node
from kg.store.store import Store
from kg.things.rdf_export import (
    export_claim_content,
    export_graph,
    export_sentence,
    export_source,
    export_thing,
)

TRIG, TURTLE = "application/trig", "text/turtle"
GAZETTE = SOURCE + "gazette-1894"


def subjects(data: object) -> set[str]:
    return {str(statement.subject).strip("<>") for statement in data}  # type: ignore[attr-defined]


def graphs(data: object) -> list[str]:
    return [str(quad.graph_name).strip("<>") for quad in data]  # type: ignore[attr-defined]


def test_a_things_data_holds_both_directions_and_no_claim_content(store: Store) -> None:
    found = subjects(export_thing(store, "sylvania", TURTLE))
    assert BASE + "id/strelsau-meeting" in found
    assert BASE + "id/river-flood" not in found


def test_a_things_data_holds_its_parts_and_the_names_of_its_neighbours(store: Store) -> None:
    found = export_thing(store, "ruritania", TURTLE)
    assert THING + "ruritania#point" in subjects(found)
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    named = {t.subject.value for t in found if t.predicate == label}  # type: ignore[union-attr]
    assert {THING + "sylvania", TERM + "State"} <= named


def test_quads_stand_in_their_graphs_with_the_records_of_the_sentences(store: Store) -> None:
    found = export_thing(store, "strelsau-meeting", TRIG)
    assert {GAZETTE + "/p1s1", GRAPH + "sources", GRAPH + "entities"} <= set(graphs(found))
    assert not any(name.startswith(CLAIM) for name in graphs(found))
    assert GAZETTE + "/p1s1#selector" in subjects(found)


def test_quads_come_graph_by_graph(store: Store) -> None:
    names = [str(quad.graph_name) for quad in export_thing(store, "ruritania", TRIG)]  # type: ignore[union-attr]
    assert names == sorted(names)


def test_a_claims_quads_hold_what_it_says_and_its_triples_do_not(store: Store) -> None:
    said = Triple(
        NamedNode(THING + "river-flood"),
        NamedNode(TERM + "responsibleParty"),
        NamedNode(THING + "sylvania"),
    )
    found = export_thing(store, "dam-claim", TRIG)
    assert Quad(*said, NamedNode(CLAIM + "dam-claim/content")) in found
    assert said not in export_thing(store, "dam-claim", TURTLE)
    assert list(export_claim_content(store, "dam-claim", TURTLE)) == [said]


def test_a_sentences_data_holds_its_selector(store: Store) -> None:
    found = subjects(export_sentence(store, GAZETTE + "/p1s1", TURTLE))
    assert {GAZETTE + "/p1s1", GAZETTE + "/p1s1#selector"} <= found


def test_a_sources_data_holds_all_its_sentences(store: Store) -> None:
    found = subjects(export_source(store, GAZETTE, TURTLE))
    assert {GAZETTE, GAZETTE + "/p1s1", GAZETTE + "/cap1", GAZETTE + "/p1s1#selector"} <= found


def test_what_is_not_there_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        export_graph(store, GRAPH + "nothing", TURTLE)
    with pytest.raises(NotFound):
        export_claim_content(store, "ruritania", TURTLE)


def test_quads_stand_in_the_default_graph_too_as_in_the_whole_build(store: Store) -> None:
    whole = set(store.quads())
    for data in (
        export_thing(store, "ruritania", TRIG),
        export_source(store, GAZETTE, TRIG),
        export_sentence(store, GAZETTE + "/p1s1", TRIG),
        export_graph(store, GRAPH + "entities", TRIG),
    ):
        named = {quad.triple for quad in data if quad.graph_name != DefaultGraph()}  # type: ignore[union-attr]
        default = {quad.triple for quad in data if quad.graph_name == DefaultGraph()}  # type: ignore[union-attr]
        assert named == default
        assert set(data) <= whole


def test_what_only_a_claim_says_is_not_in_the_default_graph(store: Store) -> None:
    found = export_thing(store, "dam-claim", TRIG)
    default = {quad.triple for quad in found if quad.graph_name == DefaultGraph()}  # type: ignore[union-attr]
    content = {quad.triple for quad in export_claim_content(store, "dam-claim", TRIG)}  # type: ignore[union-attr]
    assert content
    assert default
    assert not content & default


def test_triples_come_with_the_sentences_that_state_them(store: Store) -> None:
    found = set(export_thing(store, "strelsau-meeting", TURTLE))
    cited = [
        (quad.triple, quad.graph_name)  # type: ignore[union-attr]
        for quad in export_thing(store, "strelsau-meeting", TRIG)
        if str(quad.graph_name).startswith(f"<{SOURCE}")  # type: ignore[union-attr]
    ]
    assert cited
    for triple, sentence in cited:
        key = statement_key(triple.subject, triple.predicate, triple.object)
        statement = NamedNode(STATEMENT + key)
        assert Triple(statement, node("prov:wasDerivedFrom"), sentence) in found
        assert Triple(statement, node("rdf:subject"), triple.subject) in found
        assert Triple(statement, node("rdf:predicate"), triple.predicate) in found
        assert Triple(statement, node("rdf:object"), triple.object) in found
        assert triple in found
