"""Descriptions of things are alike by their names, kinds, days, places and values."""

from dataclasses import replace

import pytest

from kg.matching.description import Description
from kg.matching.score import Score, confident, score
from kg.matching.weights import weights
from kg.model.dates import period
from kg.model.prefixes import expand

PERSON, CITY = expand("dip:Person"), expand("dip:City")
ABE = Description(
    "abe",
    (("Shinzo Abe", "en"), ("安倍晋三", "ja"), ("Синдзо Абэ", "ru")),
    frozenset({PERSON, expand("dip:Agent")}),
)
LAVROV = Description("l", (("Sergey Lavrov", "en"),), frozenset({PERSON}))
JAPAN = Description("japan", (("Japan", "en"), ("日本", "ja"), ("Япония", "ru")))
KONO = Description("kono", (("Taro Kono", "en"),), frozenset({PERSON}))
UNITED_NATIONS = Description("un", (("United Nations", "en"),))


def query(*names: str, **more: object) -> Description:
    return replace(Description("", tuple((name, "") for name in names)), **more)


@pytest.mark.parametrize(
    ("text", "candidate"),
    [
        ("shinzo abe", ABE),
        ("ABE, Shinzō", ABE),
        ("Abe Shinzou", ABE),
        ("Prime Minister Abe", ABE),
        ("PM Shinzo Abe", ABE),
        ("S. Abe", ABE),
        ("Shinzo Abbe", ABE),
        ("安倍首相", replace(ABE, labels=(("安倍", "ja"),))),
        ("Сергей Лавров", LAVROV),
        ("Sergej Lawrow", LAVROV),
        ("Sergei Viktorovich Lavrov", LAVROV),
        ("Minister Kouno", KONO),
        ("Kōno Tarō", KONO),
        ("Tarou Kohno", KONO),
        ("The State of Japan", JAPAN),
        ("日本国", JAPAN),
        ("Yaponiya", JAPAN),
        ("Iaponiia", JAPAN),
        ("UN", UNITED_NATIONS),
        ("U.N.", UNITED_NATIONS),
    ],
)
def test_another_way_to_write_a_name_is_sure(text: str, candidate: Description) -> None:
    assert confident([score(query(text), candidate)])


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Austria", "Australia"),
        ("Minister of Foreign Affairs of China", "Minister of Foreign Affairs of Canada"),
        ("G7 summit 2019", "G7 summit 2018"),
        ("Sergei Ivanov", "Sergei Skripal"),
        ("Vladimir", "Vladimir Putin"),
        ("Japanese Navy", "Japan"),
        ("qwrtzp", "Qatar"),
        ("", "Japan"),
    ],
)
def test_another_name_is_not_sure(text: str, name: str) -> None:
    candidate = Description("", ((name, "en"),), frozenset({PERSON}))
    assert not confident([score(query(text), candidate)])


def test_another_kind_is_not_sure() -> None:
    assert confident([score(query("Abe", classes=frozenset({PERSON})), ABE)])
    assert not confident([score(query("Shinzo Abe", classes=frozenset({CITY})), ABE)])


def test_dates_that_exclude_each_other_count_against() -> None:
    days = {text: (period(text),) for text in ("2018", "2018-04", "1956")}
    candidate = replace(JAPAN, periods=days["2018"])
    assert score(query("Japan", periods=days["2018-04"]), candidate).value == 1
    assert not confident([score(query("Japan", periods=days["1956"]), candidate)])


def test_places_far_apart_count_against() -> None:
    tokyo, moscow = (35.68, 139.69), (55.75, 37.62)
    candidate = replace(JAPAN, points=(tokyo,))
    assert score(query("Japan", points=(tokyo,)), candidate).value == 1
    assert not confident([score(query("Japan", points=(moscow,)), candidate)])
    assert score(query("Japan"), candidate).value == 1


def test_shared_neighbours_count_for() -> None:
    candidate = replace(KONO, neighbours=frozenset({"japan", "shinzo abe"}))
    alone, tied = (
        score(query("Kono", neighbours=frozenset(names)), candidate).value
        for names in ({"france"}, {"japan", "france"})
    )
    assert tied > alone


def test_an_identifier_decides() -> None:
    candidate = replace(JAPAN, values=(("wikidata", "Q17"),))
    same = score(query("Nippon-koku", values=(("wikidata", "Q17"),)), candidate)
    other = score(query("Japan", values=(("wikidata", "Q30"),)), candidate)
    assert confident([same])
    assert other.value < 0.25
    assert ("identifier:wikidata", 1.0) in [(f.id, f.value) for f in same.features]


def test_a_value_that_is_wanted_counts() -> None:
    candidate = replace(KONO, values=(("country", "Japan"),))
    right, wrong, absent = (
        score(query("Kono", values=values), candidate).value
        for values in ((("country", "JAPAN"),), (("country", "Russia"),), (("born", "1963"),))
    )
    assert wrong < absent <= right


def test_features_explain_the_score() -> None:
    result = score(query("Abe", classes=frozenset({PERSON})), ABE)
    assert {f.id: f.value for f in result.features} == {"name_short": 1.0, "kind": 1.0}
    assert all(feature.label for feature in result.features)


def test_the_lead_over_the_second_counts() -> None:
    high, close, low = (Score(value, ()) for value in (0.99, 0.97, 0.5))
    assert confident([high])
    assert confident([high, low])
    assert not confident([high, close])
    assert not confident([low])
    assert not confident([])


def test_each_number_is_a_share() -> None:
    table = weights()
    assert all(0 < row.weight <= 1 for row in table.name.values())
    assert all(0 < row.contradiction <= 1 for row in table.context.values())


def test_three_neighbours_of_many_are_enough() -> None:
    many = frozenset(f"neighbour {number}" for number in range(200))
    candidate = replace(KONO, neighbours=frozenset([*sorted(many)[:3], "another", "and another"]))
    few = replace(KONO, neighbours=frozenset([*sorted(many)[:1], "another"]))
    values = [
        next(
            f.value
            for f in score(query("Kono", neighbours=many), one).features
            if f.id == "neighbours"
        )
        for one in (candidate, few)
    ]
    assert values == [1.0, 0.333]
