"""Time drawn to scale: bars and ticks as shares of a line, for SVG without styles in the markup."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.model.dates import period
from kg.things.panel_rows import PanelRow

# A line this long, in the units of the drawing.
WIDTH = 100.0

_LEAST = 1.2
_TICKS = 6


@dataclass(frozen=True)
class TenureBar:
    """A row and where its bar lies on the line; an end that nobody states is open."""

    row: PanelRow
    start: float
    width: float
    open: bool


@dataclass(frozen=True)
class Scale:
    """A line of time: its bars, and its years with where they stand."""

    bars: tuple[TenureBar, ...]
    ticks: tuple[tuple[int, float], ...]


def scale(rows: Sequence[PanelRow]) -> Scale | None:
    """Lay rows out on one line of time, from the year of the first day to that of the last.

    A row without a day that `period` reads has no bar; nothing is returned if none has.
    """
    spans = [(row, *ends) for row in rows if (ends := _ends(row))]
    if not spans:
        return None
    first = min(start for _, start, _ in spans).year
    last = max(end for _, _, end in spans).year + 1
    origin, length = date(first, 1, 1), (date(last, 1, 1) - date(first, 1, 1)).days
    bars = []
    for row, start, end in spans:
        left = _place(start, origin, length)
        right = _place(end + timedelta(days=1), origin, length)
        bars.append(
            TenureBar(row, left, max(_LEAST, round(right - left, 2)), not period(row.latest))
        )
    return Scale(tuple(bars), tuple(_ticks(first, last, origin, length)))


def _ends(row: PanelRow) -> tuple[date, date] | None:
    start, end = period(row.earliest), period(row.latest)
    if not start:
        return None
    return start.first, max(start.first, end.last) if end else start.first


def _place(day: date, origin: date, length: int) -> float:
    return round(WIDTH * (day - origin).days / length, 2)


def _ticks(first: int, last: int, origin: date, length: int) -> Iterable[tuple[int, float]]:
    step = max(1, -(-(last - first) // _TICKS))
    for year in range(first, last + 1, step):
        yield year, _place(date(year, 1, 1), origin, length)
