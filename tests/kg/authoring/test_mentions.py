"""Which things a sentence names, in three scripts."""

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.authoring.mentions import NamedThings
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import THING, node


def named(slug: str, name: str, language: str = "en") -> Quad:
    label = Literal(name, language=language)
    return Quad(NamedNode(THING + slug), node("rdfs:label"), label, ENTITIES)


THINGS = NamedThings(
    [
        *(named("ruritania", "Ruritania"), named("ruritania", "Руритания", "ru")),
        *(named("ruritania", "ルリタニア", "ja"), named("ruritanian-fleet", "Ruritanian fleet")),
        named("anna-rose", "Anna Rose"),
        Quad(NamedNode(THING + "anna-rose"), node("rdf:type"), node("dip:Person"), ENTITIES),
        named("ambassador-1894", "1894"),
    ]
)


@pytest.mark.parametrize(
    ("sentence", "slugs"),
    [
        ("The fleet left Ruritania in 1894.", ["ruritania"]),
        ("The RURITANIAN  fleet left.", ["ruritanian-fleet"]),
        ("Послы Руритании прибыли.", ["ruritania"]),
        ("使節はルリタニアに着いた。", ["ruritania"]),
        ("Ms. Rose spoke.", ["anna-rose"]),
        ("Roses bloomed in Ruritanians\u2019 gardens.", []),
    ],
)
def test_things_are_named_in_any_case_and_script(sentence: str, slugs: list[str]) -> None:
    assert [mention.slug for mention in THINGS.mentions(sentence)] == slugs
