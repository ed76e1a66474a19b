import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.errors import NotFound
from kg.model.prefixes import GRAPH, TERM, THING
from kg.network.network import (
    MOST_NEIGHBOURS,
    NEIGHBOURS_PER_RELATION,
    Network,
    best_connected,
    neighbourhood,
    network_of,
)
from kg.network.nodes import principal_classes
from kg.store.store import Store

RURITANIA = NamedNode(THING + "ruritania")


def ties(found: Network) -> set[tuple[str, str, str, str]]:
    return {(t.source, t.property.text, t.target, t.basis) for t in found.ties}


def linked(tiny: list[Quad], number: int, names: list[str], graphs: list[str]) -> Store:
    where = [*(NamedNode(graph) for graph in graphs), DefaultGraph()]
    more = [
        Quad(NamedNode(f"{THING}{name}-{n}"), NamedNode(TERM + name), RURITANIA, graph)
        for name in names
        for n in range(number)
        for graph in where
    ]
    return Store.of([*tiny, *more])


def test_the_centre_comes_first_and_each_tie_says_on_what_it_rests(store: Store) -> None:
    found = neighbourhood(store, "ruritania")
    assert found.focus == ("ruritania",)
    assert found.nodes[0].slug == "ruritania"
    assert ties(found) == {
        ("strelsau-meeting", "host", "ruritania", "stated"),
        ("zenda-meeting", "host", "ruritania", "stated"),
        ("abbey-meeting", "host", "ruritania", "stated"),
        ("river-flood", "participant", "ruritania", "inferred"),
        ("ruritania", "neighbour of", "sylvania", "stated"),
        ("dam-claim", "claimant", "ruritania", "stated"),
    }
    assert found.rest == ()


def test_nodes_have_their_kinds_group_and_status(store: Store) -> None:
    nodes = {node.slug: node for node in neighbourhood(store, "ruritania").nodes}
    assert [kind.text for kind in nodes["zenda-meeting"].classes] == ["meeting"]
    assert nodes["zenda-meeting"].principal_class == "Event"
    assert nodes["zenda-meeting"].thing.status == "planned"
    assert nodes["strelsau-meeting"].thing.status == ""
    assert nodes["dam-claim"].principal_class == ""


def test_background_and_the_data_of_others_are_told_apart(tiny: list[Quad]) -> None:
    entities = linked(tiny, 1, ["about"], [GRAPH + "entities"])
    assert ("about-0", "about", "ruritania", "background") in ties(
        neighbourhood(entities, "ruritania")
    )
    added = linked(tiny, 1, ["about"], ["https://example.org/more"])
    assert ("about-0", "about", "ruritania", "added") in ties(neighbourhood(added, "ruritania"))


def test_what_only_a_claim_says_is_no_tie(corpus: Store) -> None:
    found = neighbourhood(corpus, "belport-attack")
    assert ("expulsions-2018", "in response to", "belport-attack", "stated") in ties(found)
    assert "responsibleParty" not in {relation.name for relation in found.relations}


def test_relations_count_ties_and_offer_what_covers_several(tiny: list[Quad]) -> None:
    found = neighbourhood(linked(tiny, 1, ["participant"], [GRAPH + "entities"]), "ruritania")
    counts = {r.name: (r.count, r.more, r.wider) for r in found.relations}
    assert counts["participant"] == (5, False, False)
    assert counts["host"] == (3, False, False)
    assert "participatesIn" not in counts


def test_only_some_relations_are_shown_but_all_are_offered(store: Store) -> None:
    found = neighbourhood(store, "ruritania", ["participant"])
    assert {t.source for t in found.ties} == {
        "strelsau-meeting",
        "zenda-meeting",
        "abbey-meeting",
        "river-flood",
    }
    assert {r.name for r in found.relations} == {"host", "participant", "neighbourOf", "claimant"}
    assert neighbourhood(store, "ruritania", ["nothing"]).ties == ()


def test_a_share_of_each_relation_is_shown_and_the_rest_is_counted(tiny: list[Quad]) -> None:
    store = linked(tiny, 50, ["about"], [GRAPH + "entities"])
    found = neighbourhood(store, "ruritania")
    assert sum(t.property.text == "about" for t in found.ties) == NEIGHBOURS_PER_RELATION
    assert [(r.slug, r.label, r.count, r.more) for r in found.rest] == [
        ("ruritania", "subject of", 50 - NEIGHBOURS_PER_RELATION, False)
    ]


def test_the_limit_holds_and_every_relation_has_its_share(store: Store) -> None:
    found = neighbourhood(store, "ruritania", limit=4)
    assert len(found.nodes) == 5
    assert {t.property.text for t in found.ties} == {
        "host",
        "participant",
        "neighbour of",
        "claimant",
    }
    assert [(r.label, r.count) for r in found.rest] == [("host of", 2)]


def test_of_a_great_many_only_so_many_are_read(tiny: list[Quad]) -> None:
    names = ["about", "claimant", "responsibleParty", "certainty", "content"]
    store = linked(tiny, 3000, names, [GRAPH + "entities"])
    found = neighbourhood(store, "ruritania")
    assert len(found.nodes) <= MOST_NEIGHBOURS + 1
    assert 0 < sum(t.property.text == "about" for t in found.ties) <= NEIGHBOURS_PER_RELATION
    rest = {r.label: r for r in found.rest}
    assert rest["subject of"].more
    assert not any(r.more for r in found.rest if r.label == "neighbour of")
    assert next(r for r in found.relations if r.name == "about").more


def test_of_a_great_many_the_narrowest_tie_is_shown(tiny: list[Quad]) -> None:
    inferred, entities = GRAPH + "inferred", GRAPH + "entities"
    host, participant = NamedNode(TERM + "host"), NamedNode(TERM + "participant")
    graphs = [(host, NamedNode(entities)), (participant, NamedNode(inferred))]
    more = [
        Quad(NamedNode(f"{THING}feast-{n}"), name, RURITANIA, where)
        for n in range(2000)
        for name, graph in graphs
        for where in (graph, DefaultGraph())
    ]
    found = neighbourhood(Store.of([*tiny, *more]), "ruritania")
    feasts = [t.property.text for t in found.ties if t.source.startswith("feast-")]
    assert feasts
    assert set(feasts) == {"host"}


def test_several_things_share_a_network(store: Store) -> None:
    found = network_of(store, ["ruritania", "sylvania", "ruritania"])
    assert found.focus == ("ruritania", "sylvania")
    assert [node.slug for node in found.nodes[:2]] == ["ruritania", "sylvania"]
    assert len({node.slug for node in found.nodes}) == len(found.nodes)
    assert ("strelsau-meeting", "participant", "sylvania", "stated") in ties(found)
    assert len([t for t in found.ties if t.property.text == "neighbour of"]) == 1
    assert next(r.count for r in found.relations if r.name == "participant") == 5


def test_a_tie_between_two_things_in_the_middle_counts_once(store: Store) -> None:
    counts = {r.name: r.count for r in network_of(store, ["ruritania", "sylvania"]).relations}
    assert counts["neighbourOf"] == 1
    assert counts["host"] == 3


def test_an_unknown_thing_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        network_of(store, ["ruritannia"])
    assert failure.value.similar[0] == "ruritania"


def test_the_best_connected_come_first_with_their_counts(store: Store) -> None:
    found = best_connected(store)
    assert found[0][0].slug == "ruritania"
    counts = [count for _, count in found]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > 3


def test_groups_are_the_principal_classes(store: Store) -> None:
    assert [group.text for group in principal_classes(store)] == ["state", "event"]
