from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.prefixes import GRAPH, TERM, THING
from kg.network.ties import TieBundle, bundle_ties, filter_by_relation
from kg.statements.edges_around import edges_around
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary

RURITANIA = NamedNode(THING + "ruritania")


def read(store: Store, node: NamedNode = RURITANIA) -> list[TieBundle]:
    return bundle_ties(read_vocabulary(store), node, *edges_around(store, node))


def said(store: Store, node: NamedNode = RURITANIA) -> dict[tuple[str, bool], set[str]]:
    found = read(store, node)
    return {
        (b.relation.removeprefix(TERM), b.outwards): {o.removeprefix(THING) for o in b.others}
        for b in found
    }


def test_ties_are_by_property_and_direction_without_what_narrower_ones_say(store: Store) -> None:
    assert said(store) == {
        ("host", False): {"strelsau-meeting", "zenda-meeting", "abbey-meeting"},
        ("participant", False): {"river-flood"},
        ("neighbourOf", True): {"sylvania"},
        ("claimant", False): {"dam-claim"},
    }


def test_what_only_a_claim_says_ties_nothing(store: Store) -> None:
    assert all("dam-rumour" not in others for others in said(store).values())
    assert said(store, NamedNode(THING + "river-flood")) == {
        ("participant", True): {"ruritania"},
    }


def test_classes_links_points_and_literals_are_no_ties(tiny: list[Quad]) -> None:
    point, links = NamedNode(THING + "ruritania#point"), NamedNode(GRAPH + "links")
    same = NamedNode("http://www.w3.org/2002/07/owl#sameAs")
    more = [
        Quad(RURITANIA, same, NamedNode(THING + "twin"), links),
        Quad(RURITANIA, NamedNode(TERM + "about"), RURITANIA, links),
        Quad(RURITANIA, NamedNode(TERM + "about"), point, links),
    ]
    names = {name for name, _ in said(Store.of([*tiny, *more]))}
    assert names == {"host", "participant", "neighbourOf", "claimant"}


def test_a_relation_takes_in_the_narrower_ones(store: Store) -> None:
    vocabulary = read_vocabulary(store)
    found = read(store)
    asked = filter_by_relation(vocabulary, found, ["participant"])
    assert {b.relation.removeprefix(TERM) for b in asked} == {"host", "participant"}
    asked = filter_by_relation(vocabulary, found, ["host"])
    assert {b.relation.removeprefix(TERM) for b in asked} == {"host"}
    assert filter_by_relation(vocabulary, found, []) == found
    assert filter_by_relation(vocabulary, found, ["nothing"]) == []


def test_a_property_of_which_there_is_more_says_so(tiny: list[Quad]) -> None:
    graph, host = NamedNode("https://example.org/more"), NamedNode(TERM + "host")
    meetings = [NamedNode(f"{THING}meeting-{n}") for n in range(2000)]
    more = [Quad(m, host, RURITANIA, g) for m in meetings for g in (graph, DefaultGraph())]
    store = Store.of([*tiny, *more])
    found = {b.relation.removeprefix(TERM): b for b in read(store)}
    assert found["host"].incomplete
    assert len(found["host"].others) < 100
    assert not found["neighbourOf"].incomplete
