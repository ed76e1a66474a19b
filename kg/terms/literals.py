"""Literals in words: dates, points, numbers and truth values, by datatype."""

from __future__ import annotations

from datetime import date, datetime

from pyoxigraph import Literal, NamedNode

from kg.index.wkt import point
from kg.model.translations import format_count, gettext, number_symbol
from kg.store.store import Term
from kg.terms.date_text import format_day, format_month, format_month_and_day, format_year

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
    day, time = format_day(moment.date()), f"{moment:%H:%M %Z}".strip()
    return gettext("%(day)s, %(time)s", day=day, time=time)


def _month(value: str) -> str:
    return format_month(date.fromisoformat(value + "-01"))


def _year(value: str) -> str:
    return format_year(date.fromisoformat(value + "-01-01"))


def _month_and_day(value: str) -> str:
    # 2000 is a leap year, so that --02-29 is a day.
    return format_month_and_day(date.fromisoformat("2000" + value.removeprefix("-")))


def _point(value: str) -> str:
    coordinates = point(value)
    if not coordinates:
        return value
    east, north = coordinates
    latitude, longitude = _degrees(north), _degrees(east)
    if north >= 0:
        latitude = gettext("%(degrees)s° N", degrees=latitude)
    else:
        latitude = gettext("%(degrees)s° S", degrees=latitude)
    if east >= 0:
        longitude = gettext("%(degrees)s° E", degrees=longitude)
    else:
        longitude = gettext("%(degrees)s° W", degrees=longitude)
    return gettext("%(latitude)s, %(longitude)s", latitude=latitude, longitude=longitude)


def _degrees(value: float) -> str:
    # Four digits: a hundredth of a degree of latitude is about a kilometre.
    return _decimal(f"{abs(value):.4g}")


def _decimal(value: str) -> str:
    whole, _, fraction = value.partition(".")
    return _integer(whole) + (number_symbol("decimal") + fraction if fraction else "")


def _integer(value: str) -> str:
    # A number of up to four digits may be a year, which has no thousands separator.
    number = int(value)
    return format_count(number) if abs(number) > 9999 else str(number)


def _boolean(value: str) -> str:
    if value in {"true", "1"}:
        return gettext("yes")
    return gettext("no") if value in {"false", "0"} else value


_FORMATS = {
    XSD + "date": _day,
    XSD + "dateTime": _date_time,
    XSD + "gYearMonth": _month,
    XSD + "gMonthDay": _month_and_day,
    XSD + "gYear": _year,
    XSD + "decimal": _decimal,
    XSD + "integer": _integer,
    XSD + "nonNegativeInteger": _integer,
    XSD + "boolean": _boolean,
    WKT: _point,
}
