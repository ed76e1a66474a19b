"""The lane of each bar of a timeline and the side of its name, so that nothing runs into another.

Names have one size in pixels whatever the scale, so lanes differ by scale. What is apart at a scale
is apart at all larger ones; lanes are therefore computed for scales that double, and a timeline is
drawn with those of the next smaller one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf

from web.drawing.lines import text_width
from web.drawing.timeline.spans import SHORTEST, Span

# In pixels: the least width of a bar, the gap to its name or to the next bar, the arrow of an open
# end, and a letter of 12 px at its mean width in a wide font (DejaVu Sans).
LEAST, PAD, GAP, TAIL, LETTER = 8.0, 6.0, 8.0, 10.0, 7.2
# The narrowest and the widest that a timeline is drawn, in pixels.
_NARROWEST, _WIDEST = 300.0, 1400.0


@dataclass(frozen=True)
class TimelineItem:
    """What is drawn on a timeline: its name, its page, its date in words, and its days.

    `early` and `open` tell that nobody states its first or its last day; `lasts` that it goes on.
    `look` is "closed", "vague" (the day is not stated, but lies within these) or "apart" (it did
    not occur, as far as the sources say). `kind` is the local name of its principal class or
    "other", by which it is coloured; where all are of one kind it is empty.
    """

    name: str
    href: str
    when: str
    start: float
    end: float
    early: bool = False
    open: bool = False
    lasts: bool = False
    look: str = "closed"
    kind: str = ""

    @property
    def name_width(self) -> float:
        """Return how wide the name is, in pixels, as lanes expect it."""
        return text_width(self.name) * LETTER


@dataclass(frozen=True)
class Level:
    """A scale in pixels per day, and for each item its lane and the side of its name.

    Sides are "i" (inside the bar), "a" (after it) and "b" (before it).
    """

    scale: float
    lanes: tuple[int, ...]
    sides: str


def timeline_levels(items: Sequence[TimelineItem], extent: Span) -> list[Level]:
    """Return the lanes at each scale, from all of the time to a few days."""
    levels: list[Level] = []
    scale = _NARROWEST / extent.length
    while not levels or scale < _WIDEST / SHORTEST:
        levels.append(_level(items, extent, scale))
        scale *= 2
    return levels


def _level(items: Sequence[TimelineItem], extent: Span, scale: float) -> Level:
    sides = [_side(item, extent, scale) for item in items]
    boxes = [_box(item, side, extent, scale) for item, side in zip(items, sides, strict=True)]
    # What goes on comes first, so that it stands in the same lanes throughout.
    order = sorted(range(len(items)), key=lambda at: (not items[at].lasts, boxes[at]))
    lanes: list[tuple[float, float]] = []
    numbers = [0] * len(items)
    for at in order:
        numbers[at] = _take_lane(lanes, boxes[at], lasts=items[at].lasts)
    return Level(scale, tuple(numbers), "".join(sides))


def _side(item: TimelineItem, extent: Span, scale: float) -> str:
    """Put a name into its bar; else after it; else before it, if the timeline ends too soon."""
    left = (item.start - extent.start) * scale
    right = max((item.end - extent.start) * scale, left + LEAST)
    edge = extent.length * scale
    if item.name_width < (edge if item.lasts else right) - left - 2 * PAD:
        return "i"
    after = right + PAD + TAIL + item.name_width <= edge and not item.lasts
    before = left - PAD - TAIL - item.name_width >= 0
    return "a" if after or not before else "b"


def _box(item: TimelineItem, side: str, extent: Span, scale: float) -> tuple[float, float]:
    """Return from where to where a bar and its name take their lane, in pixels."""
    left = (item.start - extent.start) * scale
    right = max((item.end - extent.start) * scale, left + LEAST)
    name = PAD + item.name_width
    start = left - TAIL * item.early - name * (side == "b")
    end = right + TAIL * item.open + name * (side == "a")
    return start, extent.length * scale if item.lasts else end


def _take_lane(lanes: list[tuple[float, float]], box: tuple[float, float], *, lasts: bool) -> int:
    """Take the first lane where nothing is in the way; return its number.

    `lanes` are free between two places. What goes on has come first, and reaches the end; other
    boxes come in order of their starts, so that none stands after the last one.
    """
    start, end = box
    for number, (left, right) in enumerate(lanes):
        if start > left + GAP and end + GAP < right:
            lanes[number] = (left, start) if lasts else (end, right)
            return number
    lanes.append((-inf, start) if lasts else (end, inf))
    return len(lanes) - 1
