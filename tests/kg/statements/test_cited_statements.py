import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.errors import NotFound
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import GRAPH, SOURCE, TERM, THING, node
from kg.statements.cited_statements import CitedStatement, cited_statements
from kg.store.store import Store

GAZETTE = SOURCE + "gazette-1894"


def said(one: CitedStatement) -> tuple[str, str, str, str]:
    place = one.sentence.iri.removeprefix(SOURCE)
    return (one.subject.text, one.property.text, one.value.text, place)


def test_a_statement_is_said_once_by_each_sentence_in_reading_order(store: Store) -> None:
    found = [said(one)[1:] for one in cited_statements(store, "strelsau-meeting").statements]
    assert sorted(found[:3]) == [
        ("date", "May 1894", "gazette-1894/p1s1"),
        ("host", "Ruritania", "gazette-1894/p1s1"),
        ("participant", "Sylvania", "gazette-1894/p1s1"),
    ]
    assert found[3:] == [("participant", "Sylvania", "gazette-1894/p1s2")]


def test_a_statement_has_the_same_mark_from_both_its_ends(store: Store) -> None:
    def host(slug: str) -> set[tuple[str, str]]:
        found = cited_statements(store, slug).statements
        wanted = ("meeting at Strelsau", "host", "Ruritania")
        return {(one.sentence.iri, one.fingerprint) for one in found if said(one)[:3] == wanted}

    assert len(host("ruritania")) == 1
    assert host("ruritania") == host("strelsau-meeting")


def test_marks_tell_statements_apart(corpus: Store) -> None:
    found = cited_statements(corpus, "norland").statements
    assert len({(one.sentence.iri, one.fingerprint) for one in found}) == len(found) > 40


def test_what_is_claimed_or_inferred_is_not_said(store: Store) -> None:
    assert cited_statements(store, "river-flood").statements == ()


def test_the_newest_source_comes_first(tiny: list[Quad]) -> None:
    later, line = NamedNode(SOURCE + "courier"), NamedNode(SOURCE + "courier/p1s1")
    records = NamedNode(GRAPH + "sources")
    more = [
        Quad(later, node("rdf:type"), NamedNode(TERM + "Source"), records),
        Quad(later, node("dcterms:issued"), Literal("1893"), records),
        Quad(later, node("dcterms:modified"), Literal("1895-02"), records),
        Quad(line, node("rdf:type"), NamedNode(TERM + "Sentence"), records),
        Quad(line, node("dcterms:isPartOf"), later, records),
        Quad(line, NamedNode(TERM + "locator"), Literal("p1s1"), records),
        Quad(
            NamedNode(THING + "zenda-meeting"),
            NamedNode(TERM + "participant"),
            NamedNode(THING + "sylvania"),
            line,
        ),
    ]
    found = cited_statements(
        Store.of(with_default_graph([*tiny, *more])), "zenda-meeting"
    ).statements
    assert [one.source.iri for one in found] == [later.value, GAZETTE, GAZETTE]
    assert found[0].source.newest == "1895-02"


def test_it_says_when_there_is_more_than_it_reads(tiny: list[Quad]) -> None:
    ruritania, line = NamedNode(THING + "ruritania"), NamedNode(GAZETTE + "/p1s1")
    many = [
        Quad(NamedNode(f"{THING}guest-{n}"), NamedNode(TERM + "host"), ruritania, line)
        for n in range(1600)
    ]
    assert cited_statements(Store.of(with_default_graph([*tiny, *many])), "ruritania").incomplete
    assert not cited_statements(Store.of(with_default_graph(tiny)), "ruritania").incomplete


def test_an_unknown_thing_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        cited_statements(store, "ruritnia")
    assert failure.value.similar[0] == "ruritania"
