import pytest

from kg.errors import NotFound
from kg.read.instances import class_list, overview
from kg.store import Store


def test_a_class_lists_the_members_of_narrower_classes(store: Store) -> None:
    found = class_list(store, "Agent")
    assert [i.thing.text for i in found.instances] == ["Rudolf Rässendyll", "Ruritania", "Sylvania"]
    assert [c.text for c in found.below] == ["person", "state"]


def test_an_unknown_class_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        class_list(store, "Stat")
    assert failure.value.near[0] == "State"


def test_the_overview_lists_principal_classes_in_order(store: Store) -> None:
    assert [c.term.text for c in overview(store).principal] == ["state", "event"]
    assert (overview(store).things, overview(store).claims) == (10, 3)


def test_facts_are_what_sentences_state_each_once(store: Store) -> None:
    assert overview(store).facts == 11
