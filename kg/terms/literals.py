"""How a literal reads on a page: dates, points and numbers in words and signs."""

from __future__ import annotations

from datetime import date, datetime

from pyoxigraph import Literal

from kg.model.wkt import point
from kg.terms.date_text import format_day

XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


def format_literal(literal: Literal) -> str:
    """Write a literal as a reader expects it; a value that does not parse is left as it is.

    >>> from pyoxigraph import NamedNode
    >>> format_literal(Literal("2018-04-13", datatype=NamedNode(XSD + "date")))
    '13 April 2018'
    >>> format_literal(Literal("2016-05", datatype=NamedNode(XSD + "gYearMonth")))
    'May 2016'
    >>> format_literal(Literal("POINT(139.7 -35.5)", datatype=NamedNode(WKT)))
    '35.5° S, 139.7° E'
    """
    kind = literal.datatype.value
    try:
        return _WORDS[kind](literal.value) if kind in _WORDS else literal.value
    except ValueError:
        return literal.value


def _day(value: str) -> str:
    return format_day(date.fromisoformat(value))


def _moment(value: str) -> str:
    moment = datetime.fromisoformat(value)
    return f"{moment.day} {moment:%B %Y, %H:%M %Z}".strip()


def _month(value: str) -> str:
    return f"{date.fromisoformat(value + '-01'):%B %Y}"


def _month_and_day(value: str) -> str:
    day = date.fromisoformat("2000" + value.removeprefix("-"))
    return f"{day.day} {day:%B}"


def _point(value: str) -> str:
    found = point(value)
    if not found:
        return value
    east, north = found
    return f"{_degrees(north, 'N', 'S')}, {_degrees(east, 'E', 'W')}"


def _degrees(value: float, plus: str, minus: str) -> str:
    return f"{abs(value):.4g}° {plus if value >= 0 else minus}"


def _integer(value: str) -> str:
    # Up to four digits a number may be a year, which is not grouped.
    number = int(value)
    return f"{number:,}" if abs(number) > 9999 else str(number)


def _truth(value: str) -> str:
    return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(value, value)


_WORDS = {
    XSD + "date": _day,
    XSD + "dateTime": _moment,
    XSD + "gYearMonth": _month,
    XSD + "gMonthDay": _month_and_day,
    XSD + "integer": _integer,
    XSD + "nonNegativeInteger": _integer,
    XSD + "boolean": _truth,
    WKT: _point,
}
