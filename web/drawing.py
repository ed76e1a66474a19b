"""Where things stand in drawings: bars on a line of time, ties around a hub."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from kg.read.network import Tie
from kg.read.panels import Row

# A line this long, in the units of the drawing.
WIDTH = 100.0

_LEAST = 1.2
_TICKS = 6


@dataclass(frozen=True)
class Bar:
    """A row and where its bar lies on the line; an end that nobody states is open."""

    row: Row
    start: float
    width: float
    open: bool


@dataclass(frozen=True)
class Scale:
    """A line of time: its bars, and its years with where they stand."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[int, float], ...]


def scale(rows: Sequence[Row]) -> Scale | None:
    """Lay rows out on one line of time, from the year of the first day to that of the last."""
    spans = [(row, *_ends(row)) for row in rows if row.earliest]
    if not spans:
        return None
    first = min(start for _, start, _ in spans).year
    last = max(end for _, _, end in spans).year + 1
    origin, length = date(first, 1, 1), (date(last, 1, 1) - date(first, 1, 1)).days
    bars = []
    for row, start, end in spans:
        left = _place(start, origin, length)
        right = _place(end + timedelta(days=1), origin, length)
        bars.append(Bar(row, left, max(_LEAST, round(right - left, 2)), not row.latest))
    return Scale(tuple(bars), tuple(_ticks(first, last, origin, length)))


def _ends(row: Row) -> tuple[date, date]:
    start = _day(row.earliest, first=True)
    return start, _day(row.latest, first=False) if row.latest else start


def _day(value: str, *, first: bool) -> date:
    """Read a day, a month or a year as its first or last day."""
    parts = [int(part) for part in value[:10].split("-")]
    if len(parts) == 3:
        return date(*parts)
    year, month = parts[0], parts[1] if len(parts) > 1 else (1 if first else 12)
    if first:
        return date(year, month, 1)
    return (date(year, month, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)


def _place(day: date, origin: date, length: int) -> float:
    return round(WIDTH * (day - origin).days / length, 2)


def _ticks(first: int, last: int, origin: date, length: int) -> Iterable[tuple[int, float]]:
    step = max(1, -(-(last - first) // _TICKS))
    for year in range(first, last + 1, step):
        yield year, _place(date(year, 1, 1), origin, length)


# How many ties a hub shows on either side, and the height of a row.
_ROWS = 12
_ROW = 26


@dataclass(frozen=True)
class Spoke:
    """A tie of a hub: the thing at its other end, its words, and the row that it stands in."""

    other: str
    label: str
    y: float
    first: bool


@dataclass(frozen=True)
class Hub:
    """A thing in the middle, what points to it on the left, what it points to on the right."""

    focus: str
    left: tuple[Spoke, ...]
    right: tuple[Spoke, ...]
    height: float
    more: int


def hub(focus: str, ties: Sequence[Tie]) -> Hub:
    """Lay out the ties of one thing in two columns beside it, those of one kind together."""
    coming = sorted((t for t in ties if t.target == focus), key=lambda t: t.label)
    going = sorted((t for t in ties if t.source == focus), key=lambda t: t.label)
    rows = max(1, min(_ROWS, max(len(coming), len(going))))
    height = float(rows * _ROW + 20)
    left = _spokes([(t.source, t.label) for t in coming[:_ROWS]], height)
    right = _spokes([(t.target, t.label) for t in going[:_ROWS]], height)
    return Hub(focus, left, right, height, len(coming) + len(going) - len(left) - len(right))


def _spokes(ends: Sequence[tuple[str, str]], height: float) -> tuple[Spoke, ...]:
    top = (height - len(ends) * _ROW) / 2
    return tuple(
        Spoke(other, label, top + (at + 0.5) * _ROW, not at or ends[at - 1][1] != label)
        for at, (other, label) in enumerate(ends)
    )
