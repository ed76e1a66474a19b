from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.prefixes import GRAPH, TERM, THING
from kg.network.common_neighbours import common_neighbours, direct_ties
from kg.network.network import network_of
from kg.store.store import Store


def test_ties_among_the_things_in_the_middle_are_direct(store: Store) -> None:
    found = network_of(store, ["ruritania", "sylvania"])
    assert [(t.source, t.property.text, t.target) for t in direct_ties(found)] == [
        ("ruritania", "neighbour of", "sylvania")
    ]
    assert direct_ties(network_of(store, ["ruritania"])) == []


def test_what_several_things_are_tied_to_is_shared_by_all_its_ties(tiny: list[Quad]) -> None:
    concerns = NamedNode(TERM + "about")
    note, aside = NamedNode(THING + "note"), NamedNode(THING + "aside")
    more = [
        Quad(subject, concerns, NamedNode(THING + slug), graph)
        for subject, slug in ((note, "ruritania"), (note, "sylvania"), (aside, "sylvania"))
        for graph in (NamedNode(GRAPH + "entities"), DefaultGraph())
    ]
    found = common_neighbours(network_of(Store.of([*tiny, *more]), ["ruritania", "sylvania"]))
    told = {one.node.slug: {(t.source, t.target) for t in one.ties} for one in found}
    assert told["note"] == {("note", "ruritania"), ("note", "sylvania")}
    assert "aside" not in told
    assert common_neighbours(network_of(Store.of([*tiny, *more]), ["sylvania"])) == []
