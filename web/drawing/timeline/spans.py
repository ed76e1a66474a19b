"""Which span of time a timeline shows: all of it, and at first where most is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

# In days: the shortest span that is shown.
SHORTEST = 4.0
# So many items can be seen at once; and twice as many if they lie within three years.
_FEW, _CLOSE = 12, 3 * 365
# Where half of the items lie most densely is where most is; it is shown with some room
# before it, and more after it, where names stand.
_BEFORE, _AFTER = 0.12, 0.45


class Span(NamedTuple):
    """A first and a last moment, in days since 1970."""

    start: float
    end: float

    @property
    def length(self) -> float:
        """Return the number of days."""
        return self.end - self.start


def full_extent(ends: Sequence[tuple[float, float]]) -> Span:
    """Return the span of all items, with some room at either end."""
    first, last = min(start for start, _ in ends), max(end for _, end in ends)
    room = max((last - first) * 0.02, 1.0)
    return Span(first - room, last + room)


def busiest_span(starts: Sequence[float], extent: Span) -> Span:
    """Return the shortest span in which half of the items begin; all of it if they are few."""
    if len(starts) <= (2 * _FEW if extent.length < _CLOSE else _FEW):
        return extent
    ordered = sorted(starts)
    size = -(-len(ordered) // 2)
    spans = zip(ordered, ordered[size - 1 :], strict=False)
    start, end = min(spans, key=lambda span: span[1] - span[0])
    length = max(end - start, 30.0)
    return within(Span(start - length * _BEFORE, end + length * _AFTER), extent)


def within(span: Span, extent: Span) -> Span:
    """Keep a span in a wider one, and not shorter than can be looked at.

    >>> within(Span(-5, 5), Span(0, 100)), within(Span(50, 51), Span(0, 100))
    (Span(start=0, end=10), Span(start=50, end=54.0))
    """
    length = min(max(span.length, SHORTEST), extent.length)
    start = max(extent.start, min(span.start, extent.end - length))
    return Span(start, start + length)


def filtered_span(start: float | None, end: float | None, extent: Span) -> Span | None:
    """Return the span of a list's filter by days; an open end goes on to that of everything."""
    if start is None and end is None:
        return None
    first = min(extent.start, end) if start is None and end is not None else start or 0.0
    last = max(extent.end, first + 1) if end is None else end
    return Span(first, last) if first < last else None
