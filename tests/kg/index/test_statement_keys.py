from pathlib import Path

from pyoxigraph import Literal, NamedNode, Quad

from kg.index.reader import index
from kg.index.statement_keys import is_citable, statement_key
from kg.model.prefixes import SOURCE, TERM, THING, node
from kg.store.builds import Builds
from kg.store.store import Store
from tests.publishing import publish

MEETING, HOST = NamedNode(THING + "strelsau-meeting"), node("dip:host")


def test_a_key_leads_to_subject_and_property(store: Store) -> None:
    key = statement_key(MEETING, HOST, NamedNode(THING + "ruritania"))
    assert index(store).keyed_statement(key) == (MEETING.value, HOST.value)
    assert index(store).keyed_statement("0" * 16) is None


def test_every_statement_about_a_thing_has_a_key_of_its_own(corpus: Store) -> None:
    apart = {f"https://w3id.org/aide-memoire/graph/{name}" for name in ("ontology", "sources")}
    triples = {
        quad.triple
        for quad in corpus.quads()
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value not in apart
        if quad.subject.value.startswith((THING, SOURCE))  # type: ignore[union-attr]
    }
    keys = {statement_key(*triple): triple for triple in triples}
    assert len(keys) == len(triples) > 500
    assert all(map(is_citable, triples))
    for key, triple in keys.items():
        assert index(corpus).keyed_statement(key) == (
            triple.subject.value,  # type: ignore[union-attr]
            triple.predicate.value,
        )


def test_values_that_differ_in_language_or_datatype_have_other_keys() -> None:
    values = [
        Literal("1"),
        Literal("1", language="en"),
        Literal("1", datatype=node("xsd:integer")),
        NamedNode("https://example.org/1"),
    ]
    assert len({statement_key(MEETING, HOST, value) for value in values}) == 4


def test_what_says_how_the_data_is_made_has_no_key(store: Store) -> None:
    label = node("rdfs:label")
    triple = (NamedNode(TERM + "State"), label, Literal("state", language="en"))
    assert index(store).keyed_statement(statement_key(*triple)) is None
    place = (NamedNode(SOURCE + "gazette-1894/p1s1"), node("dip:locator"), Literal("p1s1"))
    assert index(store).keyed_statement(statement_key(*place)) is None


def test_what_is_on_record_of_a_source_has_a_key(store: Store) -> None:
    written = (
        NamedNode(SOURCE + "gazette-1894"),
        node("dcterms:creator"),
        NamedNode(THING + "rassendyll"),
    )
    assert index(store).keyed_statement(statement_key(*written)) is not None


def test_keys_of_outside_data_are_not_written(tmp_path: Path, tiny: list[Quad]) -> None:
    other = NamedNode("https://example.org/a")
    outside = Quad(other, HOST, Literal("x"), NamedNode("https://example.org/graph"))
    publish(tmp_path, [*tiny, outside])
    store = Builds(tmp_path).open()
    assert index(store).keyed_statement(statement_key(*outside.triple)) is None
    key = statement_key(MEETING, HOST, NamedNode(THING + "ruritania"))
    assert index(store).keyed_statement(key) is not None
