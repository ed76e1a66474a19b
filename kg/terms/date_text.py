"""Dates in words: a day, a month, a year, or the bounds between which one lies.

The words and their order in each language are those of CLDR (https://cldr.unicode.org/).
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from babel import Locale
from babel.dates import format_date

from kg.model.dates import Period, period
from kg.model.languages import current_language
from kg.model.translations import gettext, reader_locale

# Skeletons of CLDR, and a month in the genitive.
_DAY, _MONTH, _YEAR, _MONTH_AND_DAY, _DAY_ALONE = "yMMMMd", "yMMMM", "y", "MMMMd", "d"
_OF_MONTH = "of a month"
_RANGES = {"ja": "\N{FULLWIDTH TILDE}"}


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
        return _from(precise) if precise else _bound_after(first)
    if last:
        # The day after the last begins a month or a year exactly if the bound ends one.
        following = last + timedelta(days=1)
        if precise:
            return gettext("until %(day)s", day=_edge(last, following))
        return _bound_before(last, following)
    return ""


def _from(stated: Period) -> str:
    """Write a stated beginning, in the genitive that words before it want in Russian."""
    first, last = stated.first, stated.last
    text = _between(first, last)
    if text == format_month(first):
        text = _format(first, _OF_MONTH, reader_locale())
    return gettext("from %(day)s on", day=text)


def _bound_after(day: date) -> str:
    """Write the first day that rules derive, as a month or a year if it may come from one.

    The bound includes its day: `ontology/rules/2-dates` does not exclude it.

    >>> format_dates("2018-03-04", ""), format_dates("2014-03-01", "")
    ('on or after 4 March 2018', 'in or after March 2014')
    """
    if day.day > 1:
        return gettext("on or after %(day)s", day=format_day(day))
    return gettext("in or after %(day)s", day=_edge(day, day))


def _bound_before(day: date, following: date) -> str:
    """Write the last day that rules derive, as `_bound_after`.

    >>> format_dates("", "2018-04-24"), format_dates("", "1945-12-31")
    ('on or before 24 April 2018', 'in or before 1945')
    """
    if following.day > 1:
        return gettext("on or before %(day)s", day=format_day(day))
    return gettext("in or before %(day)s", day=_edge(day, following))


def _edge(day: date, edge: date, *, inflected: bool = True) -> str:
    """Write the day of a bound as a year or month if the day after it, or itself, begins one.

    Words before a bound want the genitive of a month in Russian.
    """
    if (edge.day, edge.month) == (1, 1):
        return format_year(day)
    if edge.day == 1:
        return _format(day, _OF_MONTH if inflected else _MONTH, reader_locale())
    return format_day(day)


def _within(first: date, last: date) -> str:
    """Write two derived bounds, without repeating a month or year that they share.

    >>> _within(date(2018, 4, 13), date(2018, 4, 22)), _within(date(2018, 3, 4), date(2018, 4, 24))
    ('between 13 and 22 April 2018', 'between 4 March and 24 April 2018')
    """
    following = last + timedelta(days=1)
    # A bound that begins or ends a month may come from a coarser date: then its day is no fact.
    if 1 in (first.day, following.day):
        start, end = _edge(first, first), _edge(last, following, inflected=False)
    else:
        start, end = _without_repetition(first, last)
    return gettext("between %(first)s and %(last)s", first=start, last=end)


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
    has_full_months = first.day == 1 and following.day == 1
    if first == last:
        return format_day(first)
    if has_full_months and first.year == last.year:
        if first.month == last.month:
            return format_month(first)
        if (first.month, last.month) == (1, 12):
            return format_year(first)
    if (first.year, first.month) == (last.year, last.month):
        return _RANGES.get(current_language(), "–").join(_without_repetition(first, last))
    ends = (format_day(first), format_day(last))
    if has_full_months:
        ends = (_edge(first, first, inflected=False), _edge(last, following, inflected=False))
    return _RANGES.get(current_language(), " – ").join(ends)


def _without_repetition(first: date, last: date) -> tuple[str, str]:
    """Write two days, of which one leaves out the month or year that it shares with the other.

    Where the year comes last, as in English, that is the first of the two.
    """
    locale = reader_locale()
    if first.year != last.year:
        return format_day(first), format_day(last)
    short = _DAY_ALONE if first.month == last.month else _MONTH_AND_DAY
    if _pattern(_DAY, locale).startswith("y"):
        return format_day(first), _format(last, short, locale)
    return _format(first, short, locale), format_day(last)


def format_day(day: date) -> str:
    """Write a day in words, as 13 April 2018 in English."""
    return _format(day, _DAY, reader_locale())


def format_month(day: date) -> str:
    """Write the month of a day, as April 2018."""
    return _format(day, _MONTH, reader_locale())


def format_year(day: date) -> str:
    """Write the year of a day, as 2018."""
    return _format(day, _YEAR, reader_locale())


def format_month_and_day(day: date) -> str:
    """Write a day of any year, as 13 April."""
    return _format(day, _MONTH_AND_DAY, reader_locale())


# A list shows few days, and the same ones again and again.
@lru_cache(maxsize=20_000)
def _format(day: date, form: str, locale: Locale) -> str:
    text = format_date(day, _pattern(form, locale), locale=locale)
    # A narrow space, which fonts may lack.
    return text.replace("\u202f", "\u00a0")


def _pattern(form: str, locale: Locale) -> str:
    """Return the pattern of a form of dates in a language."""
    skeletons = locale.datetime_skeletons
    # LLLL is a month by itself, MMMM a month as a date has it.
    of_month = str(skeletons[_MONTH].pattern).replace("LLLL", "MMMM")
    if form == _OF_MONTH:
        return of_month
    # CLDR has years as bare numbers, but “g.” after them in Russian dates.
    if form == _YEAR and skeletons[_YEAR].pattern == "y":
        return of_month.replace("MMMM", "").strip()
    return str(skeletons[form].pattern)
