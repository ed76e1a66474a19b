"""Literals in words: dates, points, numbers and truth values, by datatype."""

from __future__ import annotations

from datetime import date, datetime

from pyoxigraph import Literal, NamedNode

from kg.index.wkt import point
from kg.store.store import Term
from kg.terms.date_text import format_day

XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"


def format_literal(literal: Literal) -> str:
    """Write a literal in words; a value that is malformed stays as it is.

    >>> format_literal(Literal("2018-04-13", datatype=NamedNode(XSD + "date")))
    '13 April 2018'
    >>> format_literal(Literal("2016-05", datatype=NamedNode(XSD + "gYearMonth")))
    'May 2016'
    >>> format_literal(Literal("POINT(139.7 -35.5)", datatype=NamedNode(WKT)))
    '35.5° S, 139.7° E'
    """
    format_value = _FORMATS.get(literal.datatype.value)
    try:
        return format_value(literal.value) if format_value else literal.value
    except ValueError:
        return literal.value


def text(term: Term) -> str:
    """Return the IRI of a node, or the lexical form of a literal."""
    return term.value if isinstance(term, NamedNode | Literal) else str(term)


def _day(value: str) -> str:
    return format_day(date.fromisoformat(value))


def _date_time(value: str) -> str:
    moment = datetime.fromisoformat(value)
    return f"{moment.day} {moment:%B %Y, %H:%M %Z}".strip()


def _month(value: str) -> str:
    return f"{date.fromisoformat(value + '-01'):%B %Y}"


def _month_and_day(value: str) -> str:
    # 2000 is a leap year, so that --02-29 is a day.
    day = date.fromisoformat("2000" + value.removeprefix("-"))
    return f"{day.day} {day:%B}"


def _point(value: str) -> str:
    coordinates = point(value)
    if not coordinates:
        return value
    east, north = coordinates
    return f"{_degrees(north, 'N', 'S')}, {_degrees(east, 'E', 'W')}"


def _degrees(value: float, positive: str, negative: str) -> str:
    # Four digits: a hundredth of a degree of latitude is about a kilometre.
    return f"{abs(value):.4g}° {positive if value >= 0 else negative}"


def _integer(value: str) -> str:
    # A number of up to four digits may be a year, which has no thousands separator.
    number = int(value)
    return f"{number:,}" if abs(number) > 9999 else str(number)


def _boolean(value: str) -> str:
    return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(value, value)


_FORMATS = {
    XSD + "date": _day,
    XSD + "dateTime": _date_time,
    XSD + "gYearMonth": _month,
    XSD + "gMonthDay": _month_and_day,
    XSD + "integer": _integer,
    XSD + "nonNegativeInteger": _integer,
    XSD + "boolean": _boolean,
    WKT: _point,
}
