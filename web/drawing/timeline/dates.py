"""Dates of XML Schema as days since 1970, of any year: Python's own end at the years 1 and 9999."""

from __future__ import annotations

import re

from kg.model.translations import gettext

# https://www.w3.org/TR/xmlschema11-2/#dateTime
_DATE = re.compile(
    r"(-?\d{4,9})(?:-(\d\d)(?:-(\d\d)(?:T(\d\d):(\d\d):(\d\d(?:\.\d{1,9})?))?)?)?"
    r"(Z|[+-]\d\d:\d\d)?"
)
_LONG = (0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ERA = 146_097


def days_of(value: str) -> tuple[float, float] | None:
    """Return when a year, month, day or moment begins and ends; None if it is none.

    Time zones shift moments only: a date is a day wherever it was written.

    >>> days_of("1970-01-02"), days_of("1970"), days_of("1970-01-01T12:00:00+12:00")
    ((1, 2), (0, 365), (0.0, 0.0))
    >>> days_of("2018-02-30"), days_of("soon")
    (None, None)
    """
    match = _DATE.fullmatch(value.strip())
    if not match:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups()[:3])
    if month > 12 or day > _LONG[month] or "00" in match.groups()[1:3]:
        return None
    if not month:
        return day_number(year, 1, 1), day_number(year + 1, 1, 1)
    if not day:
        return day_number(year, month, 1), day_number(year, month + 1, 1)
    start = day_number(year, month, day)
    if civil(start)[1] != month:
        return None
    if match[4] is None:
        return start, start + 1
    seconds = int(match[4]) * 3600 + int(match[5]) * 60 + float(match[6])
    moment = start + (seconds - _offset(match[7])) / 86_400
    return moment, moment


def day_number(year: int, month: int, day: int) -> int:
    """Return the days since 1970-01-01 in the proleptic Gregorian calendar; months count on.

    >>> day_number(1970, 1, 1), day_number(1970, 13, 1), day_number(-44, 3, 15)
    (0, 365, -735525)
    """
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    # Years from March on, so that a leap day is the last of its year.
    years = year - (month <= 2)
    in_year = (153 * ((month - 3) % 12) + 2) // 5 + day - 1
    return 365 * years + years // 4 - years // 100 + years // 400 + in_year - 719_468


def civil(number: int) -> tuple[int, int, int]:
    """Return the year, month and day of a day number.

    >>> civil(0), civil(-735525), civil(day_number(2016, 2, 29))
    ((1970, 1, 1), (-44, 3, 15), (2016, 2, 29))
    """
    number += 719_468
    era, of_era = divmod(number, _ERA)
    years = (of_era - of_era // 1460 + of_era // 36_524 - of_era // (_ERA - 1)) // 365
    of_year = of_era - (365 * years + years // 4 - years // 100)
    month = (5 * of_year + 2) // 153
    day = of_year - (153 * month + 2) // 5 + 1
    month = month + 3 if month < 10 else month - 9
    return era * 400 + years + (month <= 2), month, day


def short_date(number: int, parts: int) -> str:
    """Write a day by its year (1), its month and year (2), or in full (3).

    >>> short_date(17634, 1), short_date(17634, 2), short_date(17634, 3)
    ('2018', 'Apr 2018', '13 Apr 2018')
    """
    year, month, day = civil(number)
    if parts == 1:
        return str(year)
    name = _month(month)
    if parts == 2:
        return gettext("%(month)s %(year)s", month=name, year=year)
    return gettext("%(day)s %(month)s %(year)s", day=day, month=name, year=year)


def day_and_month(number: int) -> str:
    """Write a day without its year.

    >>> day_and_month(17634)
    '13 Apr'
    """
    _, month, day = civil(number)
    return gettext("%(day)s %(month)s", day=day, month=_month(month))


def _month(number: int) -> str:
    # One text for all, as scripts split it too.
    return gettext("Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec").split(" ")[number - 1]


def _offset(zone: str | None) -> int:
    if not zone or zone == "Z":
        return 0
    seconds = int(zone[1:3]) * 3600 + int(zone[4:]) * 60
    return -seconds if zone[0] == "-" else seconds
