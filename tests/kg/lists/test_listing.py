import pytest

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.items import list_item
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


def test_the_counts_of_a_facet_are_what_choosing_it_gives(built: Store) -> None:
    whole = list_things(built, {}, EVENTS)
    for facet in whole.facets:
        for choice in facet.choices:
            chosen = list_things(built, {facet.name: choice.name}, EVENTS)
            assert chosen.total == choice.count, (facet.name, choice.name)


def test_what_nothing_has_makes_an_empty_list(built: Store) -> None:
    found = list_things(built, {"actor": "nobody"}, EVENTS)
    assert (found.items, found.total, found.pages) == ((), 0, 1)
    assert next(f for f in found.facets if f.name == "actor").chosen is not None


def test_pages_make_up_the_whole(built: Store) -> None:
    first = list_things(built, {}, EVENTS, size=20)
    found = [
        item.thing.iri
        for page in range(1, first.pages + 1)
        for item in list_things(built, {}, EVENTS, page=page, size=20).items
    ]
    assert len(found) == len(set(found)) == first.total == index(built).count(EVENTS)


@pytest.mark.parametrize("order", ["name", "day", "degree"])
def test_each_order_lists_the_same_things(built: Store, order: str) -> None:
    found = {item.thing.iri for item in list_things(built, {}, EVENTS, order, size=500).items}
    assert len(found) == index(built).count(EVENTS)


def test_time_runs_forwards(built: Store) -> None:
    items = list_things(built, {}, DATED, "day", size=500).items
    happened = [item for item in items if not item.not_occurred]
    assert items[: len(happened)] == tuple(happened)
    for same in (happened, items[len(happened) :]):
        days = [item.earliest or item.latest for item in same]
        known = [day for day in days if day]
        assert known == sorted(known)
        assert days[: len(known)] == known
        assert len(known) > 2


def test_what_has_only_a_last_day_stands_at_that_day(built: Store) -> None:
    dated = ThingFilter(EVENTS.pairs, dated=True)
    items = list_things(built, {}, dated, "day", size=500).items
    slugs = [item.thing.iri.removeprefix(THING) for item in items]
    assert slugs.index("japan-request-for-mediation") < slugs.index("annexation-of-crimea")
    assert slugs.index("obama-advice-2016") < slugs.index("survey-visits-2017")


def test_what_was_only_planned_is_listed_after_what_happened(built: Store) -> None:
    items = list_things(built, {}, DATED, "day", size=500).items
    apart = {item.thing.iri.removeprefix(THING) for item in items if item.not_occurred}
    assert {"abe-visit-to-russia-2018", "year-of-japan-russia-celebration"} <= apart
    assert not {"eastern-ghouta-attack", "skripal-attack"} & apart


def test_no_prospect_is_among_the_events(built: Store) -> None:
    items = list_things(built, {}, EVENTS, size=500).items
    assert items
    assert not [item.thing.text for item in items if item.not_occurred]


def test_names_are_in_the_readers_language(built: Store) -> None:
    states = ThingFilter((("class", TERM + "State"),))
    with in_language("ja"):
        assert "日本" in {item.thing.text for item in list_things(built, {}, states).items}
    with in_language("ru"):
        assert "Япония" in {item.thing.text for item in list_things(built, {}, states).items}
    assert "Japan" in {item.thing.text for item in list_things(built, {}, states).items}


def test_beside_its_day_a_thing_is_described_without_it(built: Store) -> None:
    attack = THING + "skripal-attack"
    assert list_item(built, attack).description.endswith(" in the United Kingdom, 4 March 2018.")
    beside = list_item(built, attack, beside_day=True)
    assert beside.description.endswith(" in the United Kingdom.")
    assert beside.day == "4 March 2018"
