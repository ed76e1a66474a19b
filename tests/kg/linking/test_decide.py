"""What makes a candidate sure, and what leaves it undecided."""

from dataclasses import replace

import pytest

from kg.linking.candidates.alignment import class_alignment
from kg.linking.candidates.candidate import OutsideCandidate
from kg.linking.comparison import CandidateComparison
from kg.linking.decide import ABSENT, PROPOSED, UNDECIDED, LinkDecision, decide, one_to_one
from kg.linking.ours import OurThing, our_things
from kg.linking.recorded_links import RecordedLinks
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import THING
from kg.store.store import Store
from tests.kg.linking.servers import WIKIDATA

NOTHING = RecordedLinks({}, frozenset(), frozenset())
STATE, CITY, HUMAN, FILM = (f"{WIKIDATA}{name}" for name in ("Q3624078", "Q515", "Q5", "Q11424"))
JAPAN = OutsideCandidate(
    f"{WIKIDATA}Q17", (("Japan", "en"),), kinds=(STATE,), neighbours=("Tokyo", "Sapporo")
)
GEORGIA = OutsideCandidate(
    f"{WIKIDATA}Q230", (("Georgia", "en"),), kinds=(STATE,), neighbours=("Tbilisi", "Batumi")
)
PETROV = OutsideCandidate(
    f"{WIKIDATA}Q1", (("Ivan Petrov", "en"),), kinds=(HUMAN,), neighbours=("talks in Batumi",)
)


def decided(
    store: Store, slug: str, *candidates: OutsideCandidate, recorded: RecordedLinks = NOTHING
) -> LinkDecision:
    comparison = CandidateComparison(class_alignment(store), outside_datasets()["wikidata"])
    return decide(thing(store, slug), candidates, comparison, recorded)


def thing(store: Store, slug: str) -> OurThing:
    return our_things(store, [THING + slug])[THING + slug]


def test_name_kind_and_neighbours_together_are_sure(namesakes: Store) -> None:
    assert decided(namesakes, "japan", JAPAN).outcome == PROPOSED


def test_name_and_kind_alone_are_not(namesakes: Store) -> None:
    decision = decided(namesakes, "japan", replace(JAPAN, neighbours=()))
    assert decision.outcome == UNDECIDED
    assert decision.reason == "no date, place or neighbour says so too"


def test_another_kind_is_no_candidate_whatever_else_agrees(namesakes: Store) -> None:
    for kind in (FILM, HUMAN, CITY):
        assert decided(namesakes, "japan", replace(JAPAN, kinds=(kind,))).outcome != PROPOSED
    film = replace(JAPAN, iri=f"{WIKIDATA}Q2", kinds=(FILM,))
    assert decided(namesakes, "japan", film, JAPAN).best.candidate == JAPAN


def test_two_candidates_as_good_as_each_other_are_undecided(namesakes: Store) -> None:
    twin = replace(JAPAN, iri=f"{WIKIDATA}Q2")
    assert decided(namesakes, "japan", JAPAN, twin).reason == "another candidate is as good"
    bare = replace(twin, neighbours=())
    assert decided(namesakes, "japan", JAPAN, bare).outcome == PROPOSED


@pytest.mark.parametrize(
    ("life", "outcome"),
    [
        ((("1961-02-03", ""),), PROPOSED),
        ((("1961-02-03", "2018-04-12"),), PROPOSED),
        ((("1840-05-06", "2018-04-11"),), ABSENT),
        ((("2018-05-01", ""),), ABSENT),
    ],
)
def test_who_acted_on_a_day_was_alive_then(
    namesakes: Store, life: tuple[tuple[str, str], ...], outcome: str
) -> None:
    assert decided(namesakes, "ivan-petrov", replace(PETROV, days=life)).outcome == outcome


def test_having_lived_at_the_time_is_no_evidence(namesakes: Store) -> None:
    alive = replace(PETROV, days=(("1961-02-03", ""),), neighbours=())
    assert decided(namesakes, "ivan-petrov", alive).outcome == UNDECIDED


def test_the_middle_of_a_state_may_be_far_off_but_not_that_of_a_peninsula(
    namesakes: Store,
) -> None:
    moved = replace(GEORGIA, points=((47.0, 43.5),))
    assert decided(namesakes, "georgia", moved).outcome == PROPOSED
    crimea = OutsideCandidate(f"{WIKIDATA}Q3", (("Crimea", "en"),), points=((45.3, 34.4),))
    assert decided(namesakes, "crimea", crimea).outcome == PROPOSED
    assert decided(namesakes, "crimea", replace(crimea, points=((50.0, 34.4),))).outcome == ABSENT


def test_a_record_that_is_another_thing_of_ours_is_not_proposed(namesakes: Store) -> None:
    linked = {THING + "tokyo": frozenset({JAPAN.iri})}
    recorded = RecordedLinks(linked, frozenset(), frozenset())
    decision = decided(namesakes, "japan", JAPAN, recorded=recorded)
    assert decision.reason == "it is linked to another thing of ours"


def test_two_things_of_ours_are_not_one_record(namesakes: Store) -> None:
    first = decided(namesakes, "japan", JAPAN)
    second = replace(first, thing=thing(namesakes, "tokyo"))
    assert {one.outcome for one in one_to_one([first, second])} == {UNDECIDED}
    assert one_to_one([first]) == [first]


def test_a_rejected_pair_is_no_candidate(namesakes: Store) -> None:
    recorded = RecordedLinks({}, frozenset(), frozenset({(THING + "japan", JAPAN.iri)}))
    assert decided(namesakes, "japan", JAPAN, recorded=recorded).outcome == ABSENT
