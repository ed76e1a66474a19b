import pytest

from kg.errors import NotFound
from kg.read.instances import class_note, overview
from kg.store import Store


def test_a_class_knows_those_next_to_it(store: Store) -> None:
    assert [c.text for c in class_note(store, "Agent").below] == ["person", "state"]


def test_an_unknown_class_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        class_note(store, "Stat")
    assert failure.value.near[0] == "State"


def test_the_overview_lists_principal_classes_in_order(store: Store) -> None:
    assert [c.term.text for c in overview(store).principal] == ["state", "event"]
    assert [c.count for c in overview(store).principal] == [2, 4]
    assert (overview(store).things, overview(store).claims) == (10, 3)


def test_facts_are_what_sentences_state_each_once(store: Store) -> None:
    assert overview(store).facts == 11
