"""Dates in words: a day, a month, a year, or the bounds between which one lies."""

from __future__ import annotations

from datetime import date, timedelta

from kg.model.dates import period


def format_dates(earliest: str, latest: str, stated: str = "") -> str:
    """Write when something happened: a day, a month, a year, from one day to another.

    `stated` is the date as a source states it, in its own precision. Without it `earliest` and
    `latest` are bounds that rules derive. Malformed dates, and those outside the years 1 to 9998,
    count as missing.

    >>> format_dates("2018-04-22", "2018-04-24", "2018-04-22")
    '22–24 April 2018'
    >>> format_dates("1945-01-01", "", "1945")
    'from 1945 on'
    >>> format_dates("2014-03-01", "2018-04-22"), format_dates("yesterday", "9999-12-31")
    ('between March 2014 and 22 April 2018', '')
    """
    start, end, precise = period(earliest), period(latest), period(stated)
    first, last = start and start.first, end and end.last
    if first and last:
        return _between(first, last) if precise else _within(first, last)
    if first:
        return (
            f"from {_between(precise.first, precise.last)} on"
            if precise
            else _bound("after", first, first)
        )
    if last:
        # The day after the last begins a month or a year exactly if the bound ends one.
        following = last + timedelta(days=1)
        return f"until {_edge(last, following)}" if precise else _bound("before", last, following)
    return ""


def _bound(word: str, day: date, edge: date) -> str:
    """Write a derived bound, as a month or a year if it may come from one.

    The bound includes its day: `ontology/rules/2-dates` does not exclude it.

    >>> format_dates("2018-03-04", ""), format_dates("", "2018-04-24")
    ('on or after 4 March 2018', 'on or before 24 April 2018')
    >>> format_dates("2014-03-01", ""), format_dates("", "1945-12-31")
    ('in or after March 2014', 'in or before 1945')
    """
    return f"on or {word} {format_day(day)}" if edge.day > 1 else f"in or {word} {_edge(day, edge)}"


def _edge(day: date, edge: date) -> str:
    """Write the day of a bound as a year or month if the day after it, or itself, begins one."""
    if (edge.day, edge.month) == (1, 1):
        return str(day.year)
    return f"{day:%B %Y}" if edge.day == 1 else format_day(day)


def _within(first: date, last: date) -> str:
    """Write two derived bounds, without repeating a month or year that they share.

    >>> _within(date(2018, 4, 13), date(2018, 4, 22)), _within(date(2018, 3, 4), date(2018, 4, 24))
    ('between 13 and 22 April 2018', 'between 4 March and 24 April 2018')
    """
    following = last + timedelta(days=1)
    # A bound that begins or ends a month may come from a coarser date: then its day is no fact.
    if (first.year, first.month) == (last.year, last.month) and 1 not in (first.day, following.day):
        return f"between {first.day} and {format_day(last)}"
    start = _edge(first, first)
    if first.year == last.year and 1 not in (first.day, following.day):
        start = start.removesuffix(f" {first.year}")
    return f"between {start} and {_edge(last, following)}"


def _between(first: date, last: date) -> str:
    """Write a stated period: a day, a month, a year, or its first and last day.

    >>> format_dates("2018-04-13", "2018-04-13", "2018-04-13")
    '13 April 2018'
    >>> format_dates("2016-05-01", "2016-05-31", "2016-05")
    'May 2016'
    >>> format_dates("1992-01-01", "2020-12-31", "1992")
    '1992 – 2020'
    """
    following = last + timedelta(days=1)
    whole_months = first.day == 1 and following.day == 1
    if first == last:
        return format_day(first)
    if whole_months and first.year == last.year:
        if first.month == last.month:
            return f"{first:%B %Y}"
        if (first.month, last.month) == (1, 12):
            return str(first.year)
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{format_day(last)}"
    if whole_months:
        return f"{_edge(first, first)} – {_edge(last, following)}"
    return f"{format_day(first)} – {format_day(last)}"


def format_day(day: date) -> str:
    """Write a day in words, as 13 April 2018."""
    # %d pads days with a zero; %Y pads years before 1000 on some platforms only.
    return f"{day.day} {day:%B} {day.year}"
