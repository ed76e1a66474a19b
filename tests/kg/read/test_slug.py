import pytest

from kg.errors import NotFound
from kg.read.slug import near, thing_node
from kg.store import Store

BAD = [
    "",
    " ",
    "a b",
    "a>b",
    "{",
    "\0",
    '"',
    "\\",
    "\ufffd",
    "a\r\nb",
    "/ruritania",
    "a" * 5000,
    "\u02b0 ",
]


@pytest.mark.parametrize("slug", BAD)
def test_what_cannot_be_a_slug_is_not_found(store: Store, slug: str) -> None:
    with pytest.raises(NotFound):
        thing_node(store, slug)


def test_a_thing_and_a_part_of_it_are_found(store: Store) -> None:
    assert thing_node(store, "ruritania").value.endswith("/id/ruritania")
    assert thing_node(store, "ruritania#point").value.endswith("#point")


@pytest.mark.parametrize("slug", ["ruritannia", "ruritania/", "ruri"])
def test_near_names_are_offered(store: Store, slug: str) -> None:
    assert near(store, slug) == ["ruritania"]
