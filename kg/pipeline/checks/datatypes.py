"""Whether numbers, dates and truths are written as their datatypes want."""

from __future__ import annotations

import re
from calendar import monthrange
from pathlib import Path

from pyoxigraph import Literal

from kg.model.errors import Finding
from kg.model.prefixes import node, shorten
from kg.pipeline.inputs.term_places import locate
from kg.pipeline.load import SourceTree

_ZONE = r"(?:Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
# A year has four digits, and more only without a leading zero (yearFrag of XML Schema 1.1).
_YEAR, _MONTH, _DAY = r"(-?(?:[1-9]\d{3,}|0\d{3}))", r"(0[1-9]|1[0-2])", r"(0[1-9]|[12]\d|3[01])"
# 24:00:00 is the first moment of the next day (endOfDayFrag); there are no leap seconds.
_TIME = r"(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)"

# https://www.w3.org/TR/xmlschema11-2/: what each datatype looks like, and an example.
_FORMS: dict[str, tuple[str, str]] = {
    node("xsd:date").value: (f"{_YEAR}-{_MONTH}-{_DAY}{_ZONE}", "2018-04-30"),
    node("xsd:dateTime").value: (f"{_YEAR}-{_MONTH}-{_DAY}T{_TIME}{_ZONE}", "2018-04-30T09:00:00Z"),
    node("xsd:gYearMonth").value: (f"{_YEAR}-{_MONTH}{_ZONE}", "2018-04"),
    node("xsd:gYear").value: (f"{_YEAR}{_ZONE}", "2018"),
    node("xsd:integer").value: (r"[+-]?\d+", "12"),
    node("xsd:boolean").value: (r"true|false|0|1", "true"),
}
_LEAP = 400


def invalid_literals(tree: SourceTree) -> list[Finding]:
    """Find each literal that its datatype does not know, once a file."""
    seen: dict[tuple[object, Literal], Finding] = {}
    for quad, path in tree.origin.items():
        literal = quad.object
        if isinstance(literal, Literal) and not valid(literal):
            name, example = shorten(literal.datatype.value), _FORMS[literal.datatype.value][1]
            words = f'"{literal.value}" is not a valid {name}', f'write it like "{example}"'
            place = _place(path, literal.value)
            seen.setdefault((path, literal), Finding(tree.name(path), *place, *words))
    return list(seen.values())


def valid(literal: Literal) -> bool:
    """Tell whether a literal is written as its datatype wants; True for datatypes not listed here.

    >>> valid(Literal("2018-04-31", datatype=node("xsd:date")))
    False
    """
    form = _FORMS.get(literal.datatype.value)
    if form is None:
        return True
    # ASCII: \d would match the digits of every script.
    match = re.fullmatch(form[0], literal.value, re.ASCII)
    if match is None or len(match.groups()) < 3:
        return match is not None
    years, month, day = match.groups()
    # The last digits say all: the calendar repeats itself after 400 years.
    year = int(years[-4:]) * (-1 if years.startswith("-") else 1)
    return int(day) <= monthrange(year % _LEAP + _LEAP, int(month))[1]


def _place(path: Path, value: str) -> tuple[int, int]:
    # Bare last: Turtle abbreviates numbers and truths, but as a text they are part of many others.
    places = (locate(path, text) for text in (f'"{value}"^^', f"'{value}'^^", value))
    return next((place for place in places if place != (0, 0)), (0, 0))
