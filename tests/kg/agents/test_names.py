import pytest

from kg.agents.names import find_class, find_property, find_thing
from kg.model.errors import NotFound
from kg.model.prefixes import TERM, THING
from kg.store.store import Store


@pytest.mark.parametrize(
    "name",
    [
        *("ruritania", "id:ruritania", f"{THING}ruritania"),
        *("Ruritania", "ルリタニア", "kingdom of ruritania"),
    ],
)
def test_a_thing_has_many_names(store: Store, name: str) -> None:
    assert find_thing(store, name) == "ruritania"


def test_a_mistyped_name_brings_those_that_are_like_it(store: Store) -> None:
    with pytest.raises(NotFound) as error:
        find_thing(store, "Ruritanja")
    assert "id:ruritania" in error.value.similar
    with pytest.raises(NotFound, match="thing called meeting"):
        find_thing(store, "meeting")
    with pytest.raises(NotFound, match="thing called 漢字"):
        find_thing(store, "漢字")


@pytest.mark.parametrize("name", ["State", "dip:State", f"{TERM}State", "state"])
def test_a_class_has_many_names(store: Store, name: str) -> None:
    assert find_class(store, name) == f"{TERM}State"


def test_terms_are_found_by_label_and_corrected(store: Store) -> None:
    assert find_property(store, "neighbour of") == f"{TERM}neighbourOf"
    with pytest.raises(NotFound) as error:
        find_property(store, "dip:hos")
    assert error.value.similar == ("dip:host",)
    with pytest.raises(NotFound, match="class called host"):
        find_class(store, "host")
