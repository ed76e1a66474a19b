"""Links to other datasets: those that tables state, and what follows from what data says."""

import pytest
from pyoxigraph import NamedNode, Quad

from kg.lists.linked_datasets import find_bundles
from kg.lists.search import search_things
from kg.model.named_graphs import ENTITIES, INFERRED, LINKS, with_default_graph
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import expand, node
from kg.store.store import Store
from kg.things.outside_links import all_links, outside_links, same_iris

ADDED = NamedNode("https://example.org/graph/added")
HARBOUR, FISH = "id:harbour", "id:fish"


def linked(*links: tuple[str, str, str], graph: NamedNode = LINKS) -> list[Quad]:
    return [Quad(node(one), node(relation), node(other), graph) for one, relation, other in links]


def store_of(*quads: Quad) -> Store:
    things = [
        Quad(node(thing), node("rdf:type"), node("dip:Place"), ENTITIES)
        for thing in (HARBOUR, FISH)
    ]
    return Store.of(with_default_graph([*things, *quads]))


def found(store: Store, text: str) -> list[str]:
    return [hit.item.thing.iri for hit in search_things(store, text).hits]


def test_links_are_described_in_the_order_of_the_table_of_datasets(corpus: Store) -> None:
    links = outside_links(corpus)[expand("id:norland")]
    assert [(link.dataset_name, link.identifier, link.page) for link in links] == [
        ("Wikidata", "Q990017", "https://www.wikidata.org/wiki/Q990017"),
        ("DBpedia", "Norland", "https://dbpedia.org/page/Norland"),
        ("GeoNames", "9900017", "https://www.geonames.org/9900017/"),
    ]
    assert expand("id:gallia") not in outside_links(corpus)


def test_same_as_is_followed_both_ways_and_through_others() -> None:
    store = store_of(
        *linked((HARBOUR, "owl:sameAs", "wd:Q990301")),
        *linked(("dbr:Harbour", "owl:sameAs", "wd:Q990301"), graph=ADDED),
        *linked(("dbr:Harbour", "skos:exactMatch", "gn:9900301/"), graph=INFERRED),
        *linked((FISH, "skos:closeMatch", "dbr:Harbour")),
    )
    records = ["wd:Q990301", "dbr:Harbour", "gn:9900301/"]
    assert same_iris(store, expand(HARBOUR)) == [expand(HARBOUR), *map(expand, records)]
    for text in ("Q990301", "9900301"):
        assert found(store, text) == [expand(HARBOUR)]
    # What is close to a record comes after what is the same.
    assert found(store, "http://dbpedia.org/resource/Harbour") == [expand(HARBOUR), expand(FISH)]
    assert [link.record for link in all_links(store, expand(HARBOUR))] == [*map(expand, records)]
    assert [link.record for link in outside_links(store)[expand(HARBOUR)]] == [expand(records[0])]


def test_close_records_do_not_join_things() -> None:
    store = store_of(
        *linked((HARBOUR, "skos:closeMatch", "wd:Q990301"), (FISH, "skos:closeMatch", "wd:Q990301"))
    )
    assert same_iris(store, expand(HARBOUR)) == [expand(HARBOUR)]
    assert {bundle.thing.iri for bundle in find_bundles(store, "Q990301")} == {
        expand(HARBOUR),
        expand(FISH),
    }


def test_what_is_only_wider_or_a_page_about_it_is_not_the_thing() -> None:
    store = store_of(
        *linked((HARBOUR, "skos:broadMatch", "wd:Q990301"), (FISH, "rdfs:seeAlso", "wd:Q990302"))
    )
    assert found(store, "Q990301") == found(store, "Q990302") == []
    assert [link.relation for link in all_links(store, expand(FISH))] == [expand("rdfs:seeAlso")]


def test_a_ring_of_many_records_ends() -> None:
    ring = [(f"wd:Q{n}", "owl:sameAs", f"wd:Q{n + 1}") for n in range(1, 2000)]
    store = store_of(*linked((HARBOUR, "owl:sameAs", "wd:Q1"), *ring, graph=ADDED))
    assert 200 <= len(same_iris(store, expand(HARBOUR))) < 300


LINKED = {
    "viaf": "990756949",
    "lcnaf": "n99023147",
    "gnd": "9902153-X",
    "dbpedia": "Harbour_(Norland)",
    "opensanctions": "NK-harbour",
}


@pytest.fixture(scope="module")
def linked_store() -> Store:
    records = [NamedNode(outside_datasets()[name].iri(id_)) for name, id_ in LINKED.items()]
    return store_of(*(Quad(node(HARBOUR), node("owl:sameAs"), one, LINKS) for one in records))


@pytest.mark.parametrize(
    "text",
    [
        "990756949", "viaf:990756949", "https://viaf.org/viaf/990756949/",
        "http://viaf.org/viaf/990756949", "n99023147", "lcnaf:n99023147",
        "https://id.loc.gov/authorities/names/n99023147.html", "https://lccn.loc.gov/n99023147",
        "9902153-x", "https://d-nb.info/gnd/9902153-X", "gnd:9902153-X",
        "http://dbpedia.org/resource/Harbour_(Norland)", "dbr:harbour_(Norland)",
        "https://dbpedia.org/page/Harbour_%28Norland%29",
        "https://www.opensanctions.org/entities/NK-harbour/", "NK-harbour",
    ],
)  # fmt: skip
def test_whatever_people_write_for_a_record_finds_its_thing(linked_store: Store, text: str) -> None:
    assert found(linked_store, text) == [expand(HARBOUR)]
    assert [bundle.thing.iri for bundle in find_bundles(linked_store, text)] == [expand(HARBOUR)]


@pytest.mark.parametrize("text", ["990756948", "n99023148", "dbr:Harbour", "viaf:", "gnd:1"])
def test_what_is_no_record_of_it_does_not(linked_store: Store, text: str) -> None:
    assert found(linked_store, text) == []
