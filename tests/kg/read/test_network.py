import pytest
from pyoxigraph import NamedNode, Quad

from kg.errors import NotFound
from kg.prefixes import GRAPH, TERM, THING
from kg.read.network import EACH, network, relations, starts
from kg.store import Store


def test_ties_lie_around_the_focus_and_are_stated_or_marked(built: Store) -> None:
    found = network(built, ["skripal-attack"])
    assert found.more == ()
    assert all("skripal-attack" in {tie.source, tie.target} for tie in found.ties)
    said = {(tie.source, tie.property, tie.target) for tie in found.ties if tie.stated}
    assert ("expulsions-2018", "inResponseTo", "skripal-attack") in said


def test_what_only_a_claim_says_is_no_tie(built: Store) -> None:
    found = network(built, ["skripal-attack"])
    assert "responsibleParty" not in {tie.property for tie in found.ties}


def test_two_focuses_make_one_network(built: Store) -> None:
    both = network(built, ["japan", "russia", "japan"])
    assert both.focus == ("japan", "russia")
    assert len(both.nodes) == len({node.slug for node in both.nodes})


def test_relations_count_the_ties(built: Store) -> None:
    found = network(built, ["japan"])
    assert sum(count for _, _, count in relations(found)) == len(found.ties)


def test_a_thing_with_very_many_ties_says_that_there_are_more(tiny: list[Quad]) -> None:
    host, here = NamedNode(TERM + "host"), NamedNode(THING + "ruritania")
    graph = NamedNode(GRAPH + "entities")
    feasts = [NamedNode(f"{THING}feast-{n}") for n in range(2000)]
    more = [Quad(feast, host, here, graph) for feast in feasts]
    more += [Quad(feast, host, here) for feast in feasts]
    found = network(Store.of([*tiny, *more]), ["ruritania"])
    assert found.more == ("ruritania",)
    assert sum(tie.property == "host" for tie in found.ties) == EACH


def test_an_unknown_focus_offers_near_names(built: Store) -> None:
    with pytest.raises(NotFound) as failure:
        network(built, ["japn"])
    assert "japan" in failure.value.near


def test_one_starts_from_what_is_spoken_of_most(built: Store) -> None:
    assert "japan" in {node.slug for node in starts(built)[:2]}
