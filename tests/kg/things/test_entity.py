import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model.errors import NotFound
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import THING, node
from kg.store.store import Store
from kg.terms.vocabulary import LABEL
from kg.things.entity import Entity, read_entity
from kg.things.statement_groups import StatementGroup


@pytest.fixture
def ruritania(store: Store) -> Entity:
    return read_entity(store, "ruritania")


@pytest.fixture
def meeting(store: Store) -> Entity:
    return read_entity(store, "strelsau-meeting")


def named(groups: tuple[StatementGroup, ...], label: str) -> StatementGroup:
    return next(group for group in groups if group.label == label)


def test_names_a_thing_in_english_and_lists_its_other_names(ruritania: Entity) -> None:
    assert ruritania.thing.text == "Ruritania"
    assert [(n.text, n.language) for n in ruritania.names] == [
        ("ルリタニア", "ja"),
        ("Руритания", "ru"),
        ("Kingdom of Ruritania", "en"),
    ]
    assert ruritania.description == "Kingdom in the hills."


def test_a_former_slug_is_not_among_what_is_related(tiny: list[Quad]) -> None:
    former, now = (NamedNode(THING + name) for name in ("zenda", "ruritania"))
    link = node("dcterms:isReplacedBy")
    merged = [Quad(former, link, now, graph) for graph in (DefaultGraph(), ENTITIES)]
    related = read_entity(Store.of([*tiny, *merged]), "ruritania").incoming
    assert related
    assert former.value not in {s.subject.iri for group in related for s in group.statements}


def test_shows_the_most_specific_classes_only(ruritania: Entity) -> None:
    assert [c.text for c in ruritania.classes] == ["state"]


def test_puts_properties_in_the_order_of_display(meeting: Entity) -> None:
    assert [g.label for g in meeting.outgoing] == ["host", "participant", "date"]


def test_a_statement_of_two_sentences_has_two_footnotes(meeting: Entity) -> None:
    (sylvania,) = named(meeting.outgoing, "participant").statements
    assert [meeting.cited_sentences[n - 1].locator for n in sylvania.footnotes] == ["p1s1", "p1s2"]
    assert sylvania.provenance == ()


def test_background_is_marked_and_has_no_footnote(ruritania: Entity) -> None:
    (population,) = named(ruritania.outgoing, "population").statements
    assert (population.value.text, population.footnotes, population.provenance) == (
        "120,000",
        (),
        ("background",),
    )


def test_dates_and_points_read_well(meeting: Entity, ruritania: Entity) -> None:
    assert named(meeting.outgoing, "date").statements[0].value.text == "May 1894"
    assert named(ruritania.outgoing, "has geometry").statements[0].value.text == "49.25° N, 14.5° E"


def test_incoming_statements_stand_under_their_inverse_label(ruritania: Entity) -> None:
    hosts = named(ruritania.incoming, "host of").statements
    assert "meeting at Strelsau" in [s.subject.text for s in hosts]


def test_things_come_by_day_then_by_name_and_those_without_a_day_last(ruritania: Entity) -> None:
    hosts = named(ruritania.incoming, "host of").statements
    assert [s.subject.text for s in hosts] == [
        "meeting at Zenda",
        "meeting at Strelsau",
        "Abbey meeting",
    ]


def test_what_did_not_simply_occur_is_marked_wherever_it_is_named(
    ruritania: Entity, store: Store
) -> None:
    marks = {
        s.subject.text: s.subject.status for s in named(ruritania.incoming, "host of").statements
    }
    assert marks == {"meeting at Zenda": "planned", "meeting at Strelsau": "", "Abbey meeting": ""}
    assert read_entity(store, "zenda-meeting").thing.status == "planned"


def test_inferred_statements_that_repeat_a_stated_one_are_left_out(ruritania: Entity) -> None:
    (flood,) = named(ruritania.incoming, "takes part in").statements
    assert (flood.subject.text, flood.provenance) == ("flood of the border river", ("inferred",))


def test_inferred_bookkeeping_is_apart(meeting: Entity) -> None:
    assert [s.property.text for s in meeting.inferred] == ["earliest", "status"]
    assert {"earliest", "status"}.isdisjoint(g.label for g in meeting.outgoing)


def test_outside_links_are_apart(ruritania: Entity) -> None:
    assert [(link.dataset_name, link.identifier) for link in ruritania.outside_links] == [
        ("Wikidata", "Q1191384")
    ]


def test_a_claim_shows_what_is_claimed_and_by_whom(store: Store) -> None:
    claim = read_entity(store, "dam-claim")
    assert [(s.subject.text, s.value.text) for s in claim.content] == [
        ("flood of the border river", "Sylvania")
    ]
    assert claim.claim is not None
    assert [c.text for c in claim.claim.claimants] == ["Ruritania"]


def test_what_is_claimed_is_never_stated(store: Store) -> None:
    sylvania = read_entity(store, "sylvania")
    assert "is “responsible party” of" not in [g.label for g in sylvania.incoming]
    assert [c.claim.text for c in sylvania.claims] == ["claim that Sylvania caused the flood"]


def test_a_claim_listed_as_about_a_thing_is_not_listed_twice(store: Store) -> None:
    assert "subject of" not in [g.label for g in read_entity(store, "sylvania").incoming]


def test_a_claim_inside_a_claim_names_the_outer_one(store: Store, ruritania: Entity) -> None:
    rumour = next(c for c in ruritania.claims if c.claim.text == "rumour of a dam")
    assert [outer.text for outer in rumour.reported_in] == ["claim that there is a rumour of a dam"]
    own = read_entity(store, "dam-rumour").claim
    assert own is not None
    assert own.reported_in == rumour.reported_in


def test_an_unknown_slug_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        read_entity(store, "ruritannia")
    assert failure.value.similar == ("ruritania",)


def test_a_name_without_a_letter_names_nothing(tiny: list[Quad]) -> None:
    blank = [Quad(NamedNode(THING + "new-thing"), NamedNode(LABEL), Literal(" "), DefaultGraph())]
    assert read_entity(Store.of([*tiny, *blank]), "new-thing").thing.text == "new thing"


def test_a_thing_of_very_many_classes_is_said_to_be_of_others_too(corpus: Store) -> None:
    kinds = ("Meeting", "Visit", "Ceremony", "Summit", "Announcement", "Annexation")
    where = DefaultGraph()
    more = [
        Quad(NamedNode(THING + "much"), node("rdf:type"), node(f"dip:{kind}"), where)
        for kind in kinds
    ]
    found = read_entity(Store.of([*corpus.quads(), *more]), "much")
    assert "".join(piece.text for piece in found.lead) == (
        "Annexation, announcement, ceremony and others."
    )
