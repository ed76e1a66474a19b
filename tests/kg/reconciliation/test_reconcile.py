"""Queries of names, kinds and properties lead to things of ours, in the corpus and live graph."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.named_graphs import LINKS, with_default_graph
from kg.model.prefixes import THING, expand
from kg.reconciliation.extension import Column, extend
from kg.reconciliation.properties import reconciliation_properties
from kg.reconciliation.property_values import property_values
from kg.reconciliation.query import (
    ALL,
    ANY,
    NONE,
    Condition,
    ReconciliationCandidate,
    ReconciliationQuery,
)
from kg.reconciliation.reconcile import reconcile
from kg.store.store import Store


def ask(store: Store, *names: str, **more: object) -> list[ReconciliationCandidate]:
    return reconcile(store, ReconciliationQuery(names, **more))


def slugs(candidates: list[ReconciliationCandidate]) -> list[str]:
    return [candidate.iri.removeprefix(THING) for candidate in candidates]


def test_office_state_and_day_lead_to_the_holder(built: Store) -> None:
    conditions = (Condition("country", ("Japan",)), Condition("date", ("2018-04-15",)))
    first, second, *_ = ask(built, "prime minister", conditions=conditions)
    assert (slugs([first]), first.match) == (["shinzo-abe"], True)
    assert first.office == "Prime Minister of Japan"
    assert slugs([second]) == ["prime-minister-of-japan"]
    values = {feature.id: feature.value for feature in first.features}
    assert (values["office"], values["period"], values["property:country"]) == (1, 1, 1)


def test_the_day_decides_between_holders(built: Store) -> None:
    def president(day: str) -> ReconciliationCandidate:
        conditions = (Condition("country", ("USA",)), Condition("date", (day,)))
        return ask(built, "president", types=("Person",), conditions=conditions)[0]

    assert slugs([president("2016-05-05"), president("2018-05-05")]) == [
        "barack-obama",
        "donald-trump",
    ]
    assert not president("1999-01-01").match


def test_a_day_that_no_source_speaks_of_is_not_sure(built: Store) -> None:
    conditions = (Condition("country", ("Japan",)), Condition("date", ("1990-01-01",)))
    first = ask(built, "foreign minister", types=("Person",), conditions=conditions)[0]
    assert not first.match


def test_an_ambassador_is_of_two_states(built: Store) -> None:
    conditions = (Condition("country", ("Russia", "Japan")), Condition("date", ("2018-04-25",)))
    assert slugs(ask(built, "ambassador", conditions=conditions))[0] == "mikhail-galuzin"


@pytest.mark.parametrize(
    ("condition", "slug"),
    [
        (Condition("wikidata", ("Q17",)), "japan"),
        (Condition("wikidata", ("https://www.wikidata.org/wiki/Q17",)), "japan"),
        (Condition("isoAlpha3", ("JPN",)), "japan"),
        (Condition("dip:isoAlpha2", ("jp",)), "japan"),
    ],
)
def test_an_identifier_decides(built: Store, condition: Condition, slug: str) -> None:
    for names in ((), ("Nippon",), ("Russia",)):
        first = ask(built, *names, conditions=(condition,))[0]
        assert (slugs([first]), first.match) == ([slug], True)


def test_identifiers_are_names_too(built: Store) -> None:
    for name in ("Q17", "JPN", "japan", "https://w3id.org/aide-memoire/id/japan"):
        assert slugs(ask(built, name))[0] == "japan"


def test_another_kind_counts_less_or_not_at_all(built: Store) -> None:
    should, strict = (
        ask(built, "Shinzo Abe", types=("City",), strict=strict) for strict in ("should", ANY)
    )
    assert slugs(should)[0] == "shinzo-abe"
    assert not should[0].match
    assert "shinzo-abe" not in slugs(strict)
    both = ask(built, "Shinzo Abe", types=("Person", "State"), strict=ALL)
    assert "shinzo-abe" not in slugs(both)


def test_kinds_and_properties_go_by_several_names(built: Store) -> None:
    for kind in ("Person", "dip:Person", "person", "https://w3id.org/aide-memoire/ontology#Person"):
        assert ask(built, "Abe", types=(kind,))[0].match
    for name in ("positionIn", "dip:positionIn", "position in"):
        conditions = (Condition(name, ("Japan",)),)
        first = ask(built, "prime minister", types=("Position",), conditions=conditions)[0]
        assert slugs([first]) == ["prime-minister-of-japan"]


def test_a_path_of_properties_is_a_property(built: Store) -> None:
    conditions = (Condition("holdsPosition/positionIn", ("Russia",), required=True),)
    found = slugs(ask(built, "Vladimir", types=("Person",), conditions=conditions))
    assert {"vladimir-putin", "vladimir-titov"} <= {*found}


def test_required_and_excluded_values_filter(built: Store) -> None:
    def governments(*conditions: Condition) -> list[str]:
        return slugs(ask(built, "government", conditions=conditions, limit=50))

    assert governments(Condition("country", ("Japan",), required=True))[0] == "government-of-japan"
    without = governments(Condition("country", ("Japan",), quantifier=NONE))
    assert "government-of-russia" in without
    assert "government-of-japan" not in without


def test_unknown_kinds_and_properties_are_no_error(built: Store) -> None:
    conditions = (Condition("professionOrOccupation", ("Politik*",)),)
    assert slugs(ask(built, "Abe", conditions=conditions))[0] == "shinzo-abe"
    assert not any(c.match for c in ask(built, "Abe", types=("DifferentiatedPerson",)))


def test_no_more_candidates_than_wanted(built: Store) -> None:
    assert len(ask(built, "Russia", limit=2)) == 2
    assert ask(built, "", limit=2) == []


def test_what_was_replaced_leads_to_its_successor(tiny: list[Quad]) -> None:
    old, now = NamedNode(THING + "old-ruritania"), NamedNode(THING + "ruritania")
    label = Literal("Old Ruritania", language="en")
    store = Store.of(
        with_default_graph(
            [
                *tiny,
                Quad(old, NamedNode(expand("rdfs:label")), label, LINKS),
                Quad(old, NamedNode(expand("owl:deprecated")), Literal(value=True), LINKS),
                Quad(old, NamedNode(expand("dcterms:isReplacedBy")), now, LINKS),
            ]
        )
    )
    assert slugs(ask(store, slugs=("old-ruritania",))) == ["ruritania"]
    assert "old-ruritania" not in slugs(ask(store, "Old Ruritania"))
    name = Column("label", None)
    rows = extend(store, ["old-ruritania", "ruritania", "nobody"], [name]).rows
    assert rows["old-ruritania"] == rows["ruritania"] != rows["nobody"]


def test_the_content_of_a_claim_is_no_value(corpus: Store) -> None:
    content = next(g for g in corpus.graphs() if g.value.endswith("/content"))
    claimed = [t for t in corpus.graph(content) if isinstance(t.object, NamedNode)]
    only = [t for t in claimed if not corpus.objects(t.subject, t.predicate, 1)]
    listed = {one.path: one for one in reconciliation_properties(corpus).values()}
    for triple in only:
        one = listed.get((triple.predicate.value,))
        assert not one or property_values(corpus, one, triple.subject.value) == []
