import pytest
from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import TERM, THING
from kg.sparql.named_queries import page_query
from kg.store.store import Store
from kg.terms.literals import text
from kg.things.entity import read_entity


def test_an_office_held_has_the_days_and_sentences_of_its_tenure(built: Store) -> None:
    entity = read_entity(built, "shinzo-abe")
    offices = [g for g in entity.key_facts if g.property == TERM + "holdsPosition"]
    held = [one for group in offices for one in group.statements]
    panel = next(panel for panel in entity.panels if panel.query_name == "tenures")
    assert [one.value.text for one in held] == ["Prime Minister of Japan"]
    assert held[0].days == "26 December 2012 – 16 September 2020"
    assert held[0].provenance == ()
    assert {n for row in panel.rows for n in row.footnotes} & set(held[0].footnotes)


def test_no_person_has_an_office_without_a_sentence_that_its_tenure_has(corpus: Store) -> None:
    persons = index(corpus).members(ThingFilter((("class", TERM + "Person"),)), limit=500)
    entities = [read_entity(corpus, iri.removeprefix(THING)) for iri in persons]
    held = [
        one
        for entity in entities
        for group in entity.key_facts
        if group.property == TERM + "holdsPosition"
        for one in group.statements
    ]
    assert held
    assert all(one.footnotes or one.provenance != ("inferred",) for one in held)
    assert any(one.days for one in held)


@pytest.mark.parametrize("kind", ["State", "Person", "Event", "Instrument", "Place", "Claim"])
def test_the_query_of_key_facts_returns_the_facts_shown(built: Store, kind: str) -> None:
    members = ThingFilter((("class", TERM + kind),))
    for iri in index(built).members(members, "degree", 12):
        groups = read_entity(built, iri.removeprefix(THING)).key_facts
        rows = built.select(page_query("key-facts-of"), thing=NamedNode(iri))
        asked = {(text(row["property"]), text(row["value"])) for row in rows}
        shown = {(g.property, s.value.iri or s.value.raw) for g in groups for s in g.statements}
        assert shown <= asked, iri
        # A group lists six statements, and counts all.
        assert len(asked) == sum(group.total for group in groups), iri
