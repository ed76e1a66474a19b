import pytest

from kg.lists.classes import describe_class
from kg.lists.overview import read_overview
from kg.model.errors import NotFound
from kg.store.store import Store


def test_a_class_knows_those_next_to_it(store: Store) -> None:
    assert [c.text for c in describe_class(store, "Agent").below] == ["person", "state"]


def test_an_unknown_class_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        describe_class(store, "Stat")
    assert failure.value.similar[0] == "State"


def test_the_overview_lists_principal_classes_in_order(store: Store) -> None:
    assert [c.term.text for c in read_overview(store).principal] == ["state", "event"]
    assert [c.count for c in read_overview(store).principal] == [2, 4]
    assert (read_overview(store).things, read_overview(store).claims) == (10, 3)


def test_the_overview_has_the_dated_events_most_spoken_of_in_order_of_time(corpus: Store) -> None:
    events = read_overview(corpus).events
    assert len(events) > 5
    assert all(event.day and event.description for event in events)
    happened = [event.earliest for event in events if not event.not_occurred]
    assert happened == sorted(happened)
    assert "attack on the Drasins" in {event.thing.text for event in events}


def test_facts_are_what_sentences_state_each_once(store: Store) -> None:
    assert read_overview(store).facts == 11
