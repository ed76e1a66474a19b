"""How a literal reads on a page: dates, points and numbers in words and signs."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from pyoxigraph import Literal

from kg.model.dates import Period, period
from kg.model.wkt import point

XSD = "http://www.w3.org/2001/XMLSchema#"
WKT = "http://www.opengis.net/ont/geosparql#wktLiteral"

# A page shows so many characters of a value; the data has all of them.
LONGEST_TEXT = 1000

# Outside datasets by the start of their IRIs, in the order in which pages list them.
OUTSIDE_DATASETS = (
    ("http://www.wikidata.org/entity/", "Wikidata"),
    ("http://dbpedia.org/resource/", "DBpedia"),
    ("http://dbpedia.org/ontology/", "DBpedia ontology"),
    ("https://sws.geonames.org/", "GeoNames"),
    ("http://sws.geonames.org/", "GeoNames"),
    ("https://schema.org/", "schema.org"),
)


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


def split_outside_iri(iri: str) -> tuple[str, str]:
    """Name the outside dataset that an IRI belongs to and the thing's identifier in it.

    >>> split_outside_iri("http://www.wikidata.org/entity/Q17")
    ('Wikidata', 'Q17')
    >>> split_outside_iri("https://example.org/a/b")
    ('example.org', 'a/b')
    """
    for start, name in OUTSIDE_DATASETS:
        if iri.startswith(start):
            return name, iri.removeprefix(start).strip("/").replace("_", " ")
    host, _, path = iri.partition("://")[2].partition("/")
    return host, path


def spell_local_name(name: str) -> str:
    """Write the local name of a term in words.

    >>> spell_local_name("http://purl.org/dc/terms/isPartOf")
    'is part of'
    >>> spell_local_name("https://w3id.org/aide-memoire/id/state-visit")
    'state visit'
    """
    local = re.split(r"[#/]", name.rstrip("#/"))[-1]
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-_]", " ", local).lower() or name


def format_dates(earliest: str, latest: str, said: str = "") -> str:
    """Write when something happened: a day, a month, a year, from one day to another.

    If nobody says when (`said`, the date in its own precision, is empty), the days are those that
    it must lie between. What is no date of the years 1 to 9998 counts as nothing.

    >>> format_dates("2018-04-13", "2018-04-13", "2018-04-13")
    '13 April 2018'
    >>> format_dates("2016-05-01", "2016-05-31", "2016-05")
    'May 2016'
    >>> format_dates("2018-04-22", "2018-04-24", "2018-04-22")
    '22–24 April 2018'
    >>> format_dates("1945-01-01", "", "1945")
    'from 1945 on'
    >>> format_dates("2018-03-04", ""), format_dates("", "2018-04-24")
    ('on or after 4 March 2018', 'on or before 24 April 2018')
    >>> format_dates("2014-03-01", ""), format_dates("", "1945-12-31")
    ('in or after March 2014', 'in or before 1945')
    >>> format_dates("2014-03-01", "2018-04-22"), format_dates("yesterday", "9999-12-31")
    ('between March 2014 and 22 April 2018', '')
    """
    start, end, stated = period(earliest), period(latest), period(said)
    first, last = start and start.first, end and end.last
    if first and last:
        return _between(first, last) if stated else _within(first, last)
    if first:
        return f"from {_precise(stated)} on" if stated else _bound("after", first, first)
    if last:
        following = last + timedelta(days=1)
        return f"until {_edge(last, following)}" if stated else _bound("before", last, following)
    return ""


def _bound(word: str, day: date, edge: date) -> str:
    """Write a bound that nobody states; a month or a year if it may come from one.

    The day of the bound is not excluded (`ontology/rules/2-dates`).
    """
    return f"on or {word} {_long(day)}" if edge.day > 1 else f"in or {word} {_edge(day, edge)}"


def _edge(day: date, edge: date) -> str:
    """Write the day of a bound, as coarse as the edge before or after it allows."""
    if (edge.day, edge.month) == (1, 1):
        return str(day.year)
    return f"{day:%B %Y}" if edge.day == 1 else _long(day)


def _within(first: date, last: date) -> str:
    """Write between which days something lies.

    >>> _within(date(2018, 4, 13), date(2018, 4, 22)), _within(date(2018, 3, 4), date(2018, 4, 24))
    ('between 13 and 22 April 2018', 'between 4 March and 24 April 2018')
    """
    following = last + timedelta(days=1)
    if (first.year, first.month) == (last.year, last.month) and 1 not in (first.day, following.day):
        return f"between {first.day} and {_long(last)}"
    start = _edge(first, first)
    if first.year == last.year and 1 not in (first.day, following.day):
        start = start.removesuffix(f" {first.year}")
    return f"between {start} and {_edge(last, following)}"


def _precise(stated: Period) -> str:
    """Write a date in the precision that it has."""
    return _between(stated.first, stated.last)


def _between(first: date, last: date) -> str:
    ends_month = (last + timedelta(days=1)).day == 1
    if first == last:
        return _long(first)
    if first.day == 1 and ends_month and first.year == last.year:
        if first.month == last.month:
            return f"{first:%B %Y}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{_long(last)}"
    return f"{_long(first)} – {_long(last)}"


def _long(day: date) -> str:
    return f"{day.day} {day:%B} {day.year}"


def _day(value: str) -> str:
    return _long(date.fromisoformat(value))


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
