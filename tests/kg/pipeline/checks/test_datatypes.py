"""Literals that their datatypes do not know."""

import pytest
from pyoxigraph import Literal

from kg.model.prefixes import node
from kg.pipeline.checks.datatypes import valid

RIGHT = {
    "date": ["2018-04-30", "2020-02-29", "2000-02-29", "-0044-03-15", "2018-04-30Z", "12018-01-01",
             "2018-04-30+09:00", "9" * 5000 + "-01-01", "-0004-02-29"],
    "dateTime": ["2018-04-30T09:00:00", "2018-04-30T24:00:00", "2018-04-30T09:00:00.5-05:00"],
    "gYear": ["2018", "-0500", "2018Z", "10000"],
    "gYearMonth": ["2018-04", "2018-04+09:00"],
    "integer": ["0", "-7", "+7", "007"],
    "boolean": ["true", "false", "1", "0"],
    "string": ["2018-04-31"],
}  # fmt: skip
WRONG = {
    "date": ["2018-04-31", "2019-02-29", "1900-02-29", "2018-4-30", "2018-13-01", "2018",
             "18-04-30", "2018-04-30T09:00:00", " 2018-04-30", "2018-04-00", "02018-01-01",
             "2018-04-30+15:00"],
    "dateTime": ["2018-04-30", "2018-04-31T09:00:00", "2018-04-30T25:00:00", "2018-04-30T09:00"],
    "gYear": ["18", "2018-04", "", "2018 ", "٢٠١٨"],
    "gYearMonth": ["2018", "2018-00", "2018-4", "2018-04-01"],
    "integer": ["", "1.0", "one", "1 000", "--1"],
    "boolean": ["True", "yes", ""],
}  # fmt: skip


def literals(values: dict[str, list[str]]) -> list[tuple[str, str]]:
    return [(kind, value) for kind, all_of in values.items() for value in all_of]


@pytest.mark.parametrize(("kind", "value"), literals(RIGHT))
def test_literal_is_right(kind: str, value: str) -> None:
    assert valid(Literal(value, datatype=node(f"xsd:{kind}")))


@pytest.mark.parametrize(("kind", "value"), literals(WRONG))
def test_literal_is_wrong(kind: str, value: str) -> None:
    assert not valid(Literal(value, datatype=node(f"xsd:{kind}")))
