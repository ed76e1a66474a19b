"""The days that a date allows, and the key that sorts things by time.

Lists, panels and the index sort by one key: first what happened, by the first day that it can have
been; what has only a last day, at that day; then what has no day. What did not happen (planned,
proposed, hypothetical) follows in the same order, apart from the rest.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_DATE = re.compile(r"(\d{4})(?:-(\d\d)(?:-(\d\d)(?:T.*)?)?)?(?:Z|[+-]\d\d:\d\d)?")

_OCCURRED, _NOT_OCCURRED = "0", "1"
# After every day, as text.
_NO_DAY = "~"


@dataclass(frozen=True, order=True)
class Period:
    """A first and a last day, and whether the date is itself a day."""

    first: date
    last: date
    is_day: bool

    def overlaps(self, other: Period) -> bool:
        """Tell whether a day is in both.

        >>> period("2018").overlaps(period("2018-04")), period("2018").overlaps(period("2019"))
        (True, False)
        """
        return self.first <= other.last and other.first <= self.last

    def contains(self, other: Period) -> bool:
        """Tell whether all days of the other are in this one.

        >>> period("2018").contains(period("2018-04")), period("2018-04").contains(period("2018"))
        (True, False)
        """
        return self.first <= other.first and other.last <= self.last


def period(value: str) -> Period | None:
    """Return the days that a date of XML Schema allows, time and zone apart.

    Nothing is returned for what is no date, and for years before 1 or after 9998: calendars have
    four digits for a year, and name the end of an event by the day after it.

    >>> period("2016-02")
    Period(first=datetime.date(2016, 2, 1), last=datetime.date(2016, 2, 29), is_day=False)
    >>> period("2018-04-13Z").is_day, period("-0044-03-15"), period("2018-13")
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


def chronological_key(earliest: str, latest: str, not_occurred: bool = False) -> str:
    """Return the key of a thing with these first and last days, each empty if there is none.

    >>> days = [("2018-04-22", ""), ("", "1945-12-31"), ("", ""), ("2018-04-22", "2018-04-24")]
    >>> sorted(days, key=lambda ends: chronological_key(*ends))
    [('', '1945-12-31'), ('2018-04-22', '2018-04-24'), ('2018-04-22', ''), ('', '')]
    >>> chronological_key("2018-05-01", "2018-05-31", not_occurred=True) > UNDATED
    True
    """
    group = _NOT_OCCURRED if not_occurred else _OCCURRED
    return f"{group} {earliest or latest or _NO_DAY} {latest or _NO_DAY}"


def has_not_occurred(key: str) -> bool:
    """Tell whether a thing with this key did not happen: it is listed after the rest.

    >>> has_not_occurred(chronological_key("2018-05-26", "", not_occurred=True))
    True
    >>> has_not_occurred(UNDATED)
    False
    """
    return key.startswith(_NOT_OCCURRED)


UNDATED = chronological_key("", "")
