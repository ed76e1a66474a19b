import pytest

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.items import list_items
from kg.lists.listing import list_things
from kg.model.languages import in_language
from kg.model.prefixes import TERM, THING
from kg.store.store import Store

EVENTS = ThingFilter((("class", TERM + "Event"),))
DATED = ThingFilter(dated=True)


def test_a_class_lists_the_members_of_narrower_classes(store: Store) -> None:
    found = list_things(store, {}, ThingFilter((("class", TERM + "Agent"),)))
    assert [i.thing.text for i in found.items] == ["Rudolf Rässendyll", "Ruritania", "Sylvania"]
    assert found.total == 3


def test_the_counts_of_a_facet_are_what_choosing_it_gives(corpus: Store) -> None:
    whole = list_things(corpus, {}, EVENTS)
    for facet in whole.facets:
        for choice in facet.choices:
            chosen = list_things(corpus, {facet.name: choice.name}, EVENTS)
            assert chosen.total == choice.count, (facet.name, choice.name)


def test_what_nothing_has_makes_an_empty_list(corpus: Store) -> None:
    found = list_things(corpus, {"actor": "nobody"}, EVENTS)
    assert (found.items, found.total, found.pages) == ((), 0, 1)
    assert next(f for f in found.facets if f.name == "actor").chosen is not None


def test_pages_make_up_the_whole(corpus: Store) -> None:
    first = list_things(corpus, {}, EVENTS, size=20)
    found = [
        item.thing.iri
        for page in range(1, first.pages + 1)
        for item in list_things(corpus, {}, EVENTS, page=page, size=20).items
    ]
    assert len(found) == len(set(found)) == first.total == index(corpus).count(EVENTS)


@pytest.mark.parametrize("order", ["name", "day", "degree"])
def test_each_order_lists_the_same_things(corpus: Store, order: str) -> None:
    found = {item.thing.iri for item in list_things(corpus, {}, EVENTS, order, size=500).items}
    assert len(found) == index(corpus).count(EVENTS)


def test_time_runs_forwards(corpus: Store) -> None:
    items = list_things(corpus, {}, DATED, "day", size=500).items
    happened = [item for item in items if not item.not_occurred]
    assert items[: len(happened)] == tuple(happened)
    for same in (happened, items[len(happened) :]):
        days = [item.earliest or item.latest for item in same]
        known = [day for day in days if day]
        assert known == sorted(known)
        assert days[: len(known)] == known
        assert len(known) > 2


def test_what_has_only_a_last_day_stands_at_that_day(corpus: Store) -> None:
    dated = ThingFilter(EVENTS.pairs, dated=True)
    items = list_things(corpus, {}, dated, "day", size=500).items
    slugs = [item.thing.iri.removeprefix(THING) for item in items]
    assert slugs.index("norland-request-for-mediation") < slugs.index("annexation-of-tavros")
    assert slugs.index("brook-advice-2016") < slugs.index("survey-visits-2017")


def test_what_was_only_planned_is_listed_after_what_happened(corpus: Store) -> None:
    items = list_things(corpus, {}, DATED, "day", size=500).items
    apart = {item.thing.iri.removeprefix(THING) for item in items if item.not_occurred}
    assert {"linde-visit-to-vostria-2018", "celebration-2018"} <= apart
    assert not {"tamar-attack", "belport-attack"} & apart


def test_no_prospect_is_among_the_events(corpus: Store) -> None:
    items = list_things(corpus, {}, EVENTS, size=500).items
    assert items
    assert not [item.thing.text for item in items if item.not_occurred]


def test_names_are_in_the_readers_language(corpus: Store) -> None:
    states = ThingFilter((("class", TERM + "State"),))
    with in_language("ja"):
        assert "ノルランド" in {item.thing.text for item in list_things(corpus, {}, states).items}
    with in_language("ru"):
        assert "Норландия" in {item.thing.text for item in list_things(corpus, {}, states).items}
    assert "Norland" in {item.thing.text for item in list_things(corpus, {}, states).items}


def test_beside_its_day_a_thing_is_described_without_it(corpus: Store) -> None:
    attack = [THING + "belport-attack"]
    (alone,) = list_items(corpus, attack)
    assert alone.description.endswith(" in the United Isles, 4 March 2018.")
    (beside,) = list_items(corpus, attack, beside_day=True)
    assert beside.description.endswith(" in the United Isles.")
    assert beside.day == "4 March 2018"
