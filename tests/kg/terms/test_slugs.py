from itertools import pairwise

import pytest
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.errors import Merged, NotFound
from kg.model.prefixes import THING, node
from kg.store.store import Store
from kg.terms.slugs import similar_slugs, thing_node

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
    assert similar_slugs(store, slug) == ["ruritania"]


def replaced(*slugs: str) -> list[Quad]:
    names = [NamedNode(THING + slug) for slug in slugs]
    link = node("dcterms:isReplacedBy")
    return [Quad(one, link, now, DefaultGraph()) for one, now in pairwise(names)]


def test_what_was_merged_twice_leads_to_what_it_is_now(tiny: list[Quad]) -> None:
    store = Store.of([*tiny, *replaced("a", "b", "ruritania")])
    with pytest.raises(Merged) as merged:
        thing_node(store, "a")
    assert merged.value.into == "ruritania"


@pytest.mark.parametrize("circle", [("a", "a"), ("a", "b", "c", "a"), ("a", "b", "c", "b")])
def test_what_leads_in_a_circle_stays_itself(tiny: list[Quad], circle: tuple[str, ...]) -> None:
    store = Store.of([*tiny, *replaced(*circle)])
    assert thing_node(store, "a") == NamedNode(THING + "a")
