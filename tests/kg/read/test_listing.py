import pytest

from kg.language import reading
from kg.prefixes import TERM
from kg.read.index import Narrowing, index
from kg.read.listing import listing
from kg.store import Store

EVENTS = Narrowing((("class", TERM + "Event"),))


def test_a_class_lists_the_members_of_narrower_classes(store: Store) -> None:
    found = listing(store, {}, Narrowing((("class", TERM + "Agent"),)))
    assert [i.thing.text for i in found.items] == ["Rudolf Rässendyll", "Ruritania", "Sylvania"]
    assert found.total == 3


def test_the_counts_of_a_facet_are_what_choosing_it_gives(built: Store) -> None:
    whole = listing(built, {}, EVENTS)
    for facet in whole.facets:
        for choice in facet.choices:
            chosen = listing(built, {facet.name: choice.name}, EVENTS)
            assert chosen.total == choice.count, (facet.name, choice.name)


def test_what_nothing_has_makes_an_empty_list(built: Store) -> None:
    found = listing(built, {"actor": "nobody"}, EVENTS)
    assert (found.items, found.total, found.pages) == ((), 0, 1)
    assert next(f for f in found.facets if f.name == "actor").chosen is not None


def test_pages_make_up_the_whole(built: Store) -> None:
    first = listing(built, {}, EVENTS, size=20)
    found = [
        item.thing.iri
        for page in range(1, first.pages + 1)
        for item in listing(built, {}, EVENTS, page=page, size=20).items
    ]
    assert len(found) == len(set(found)) == first.total == index(built).count(EVENTS)


@pytest.mark.parametrize("order", ["name", "day", "degree"])
def test_each_order_lists_the_same_things(built: Store, order: str) -> None:
    found = {item.thing.iri for item in listing(built, {}, EVENTS, order, size=500).items}
    assert len(found) == index(built).count(EVENTS)


def test_time_runs_forwards(built: Store) -> None:
    days = [item.earliest for item in listing(built, {}, EVENTS, "day", size=500).items]
    known = [day for day in days if day]
    assert known == sorted(known)
    assert days[: len(known)] == known


def test_names_are_in_the_readers_language(built: Store) -> None:
    states = Narrowing((("class", TERM + "State"),))
    with reading("ja"):
        assert "日本" in {item.thing.text for item in listing(built, {}, states).items}
    with reading("ru"):
        assert "Япония" in {item.thing.text for item in listing(built, {}, states).items}
    assert "Japan" in {item.thing.text for item in listing(built, {}, states).items}
