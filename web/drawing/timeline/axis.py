"""The dates along a timeline: round days, months or years, as many as there is room for."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count
from math import ceil, floor
from typing import NamedTuple

from web.drawing.timeline.dates import civil, day_and_month, day_number, short_date

# In days: more than the longest year, and the mean month.
_MONTH = 30.44
_DAYS, _MONTHS, _YEARS = (1, 2, 7, 14), (1, 2, 3, 6), (1, 2, 5)


class Step(NamedTuple):
    """The distance between two dates of an axis: a number of days or months."""

    unit: str
    number: int


class Tick(NamedTuple):
    """A date of an axis: its day number and its words."""

    day: int
    text: str


def axis_step(scale: float, room: float) -> Step:
    """Return the finest step at which dates are so many pixels apart; `scale` is pixels per day.

    >>> axis_step(100, 96), axis_step(1, 96), axis_step(0.01, 96)
    (Step(unit='day', number=1), Step(unit='month', number=6), Step(unit='month', number=600))
    """
    least = room / scale
    for number in _DAYS:
        if number >= least:
            return Step("day", number)
    for number in _MONTHS:
        if number * _MONTH >= least:
            return Step("month", number)
    years = (digit * 10**power for power in count() for digit in _YEARS)
    return Step("month", 12 * next(n for n in years if n * 12 * _MONTH >= least))


def axis_ticks(start: float, end: float, step: Step) -> list[Tick]:
    """Return the dates of an axis from one day to another.

    >>> [tick.text for tick in axis_ticks(-2, 2, Step("day", 1))]
    ['30 Dec 1969', '31 Dec', '1 Jan 1970', '2 Jan', '3 Jan']
    """
    return list(_by_day(start, end, step) if step.unit == "day" else _by_month(start, end, step))


def _by_day(start: float, end: float, step: Step) -> Iterator[Tick]:
    """Yield days, the first of each year with the year."""
    before = None
    for day in range(ceil(start / step.number) * step.number, floor(end) + 1, step.number):
        year = civil(day)[0]
        yield Tick(day, day_and_month(day) if year == before else short_date(day, 3))
        before = year


def _by_month(start: float, end: float, step: Step) -> Iterator[Tick]:
    year, month, _ = civil(floor(start))
    months = (year * 12 + month - 1) // step.number * step.number
    while (day := day_number(0, months + 1, 1)) <= end:
        if day >= start:
            yield Tick(day, short_date(day, 1 if step.number % 12 == 0 else 2))
        months += step.number
