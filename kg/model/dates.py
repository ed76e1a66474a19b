"""The days that a date allows: a day, a month or a year."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?")


@dataclass(frozen=True, order=True)
class Period:
    """A first and a last day, and whether the date is itself a day."""

    first: date
    last: date
    whole: bool


def period(value: str) -> Period | None:
    """Return the days that a date of XML Schema allows, time and zone apart.

    Nothing is returned for what is no date, and for years before 1 or after 9998: calendars have
    four digits for a year, and name the end of an event by the day after it.

    >>> period("2016-02")
    Period(first=datetime.date(2016, 2, 1), last=datetime.date(2016, 2, 29), whole=False)
    >>> period("2018-04-13Z").whole, period("-0044-03-15"), period("2018-13")
    (True, None, None)
    """
    parts = _DATE.fullmatch(value)
    if not parts:
        return None
    year, month, day = (int(part) if part else 0 for part in parts.groups())
    try:
        first = date(year, month or 1, day or 1)
    except ValueError:
        return None
    last = first if day else date(year, month or 12, monthrange(year, month or 12)[1])
    return Period(first, last, bool(day)) if year < date.max.year else None
