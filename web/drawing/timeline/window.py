"""One stretch of a timeline at one width: what is in sight, cut where it goes on beyond.

`script/timeline/window.js` does the same when a reader moves the timeline; a test compares them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from web.drawing.lines import text_width
from web.drawing.timeline.lanes import LEAST, LETTER, PAD, TAIL, Level, TimelineItem
from web.drawing.timeline.spans import Span

# In pixels: an arrow within a bar. Less of a name than this says nothing.
_ARROW, _SHORTEST_NAME = 7.0, 30.0


@dataclass(frozen=True)
class Bar:
    """A bar of a timeline in pixels, its lane, and where its name stands.

    `before` and `after` tell that it goes on beyond the edges. `anchor` is the side of the name
    that stands at `at`; `room` is what it may take.
    """

    item: int
    left: float
    right: float
    lane: int
    before: bool
    after: bool
    side: str
    at: float
    room: float

    @property
    def throughout(self) -> bool:
        """Tell whether it began before and goes on after all that is in sight."""
        return self.before and self.after


def window_bars(items: Sequence[TimelineItem], level: Level, span: Span, width: float) -> list[Bar]:
    """Return the bars in sight, in lanes without gaps."""
    scale = width / span.length
    bars = [
        _bar(number, item, level.lanes[number], level.sides[number], span, scale)
        for number, item in enumerate(items)
        if item.start < span.end and (item.lasts or item.end > span.start)
    ]
    lanes = {lane: row for row, lane in enumerate(sorted({bar.lane for bar in bars}))}
    return [_in_lane(bar, lanes[bar.lane]) for bar in bars]


def level_at(levels: Sequence[Level], scale: float) -> Level:
    """Return the level whose lanes hold at a scale: the last that is not larger."""
    return next((level for level in reversed(levels) if level.scale <= scale), levels[0])


def shorten_name(name: str, room: float) -> str:
    """Return as much of a name as there is room for, in pixels.

    >>> [shorten_name("meeting at Sochi", room) for room in (200, 80, 20)]
    ['meeting at Sochi', 'meeting at…', '']
    """
    if text_width(name) * LETTER <= room:
        return name
    if room < _SHORTEST_NAME:
        return ""
    while name and (text_width(name) + 1) * LETTER > room:
        name = name[:-1].rstrip()
    return f"{name}…"


def _bar(number: int, item: TimelineItem, lane: int, side: str, span: Span, scale: float) -> Bar:
    start, end = (item.start - span.start) * scale, (item.end - span.start) * scale
    width = span.length * scale
    before, after = start < 0 and not item.early, item.lasts or end > width
    left = max(0.0, start)
    right = min(width, width if item.lasts else max(end, left + LEAST))
    inner = left + (_ARROW if before else 0) + PAD
    beyond = right + PAD + (TAIL if item.open and not after else 0)
    ahead = left - PAD - (TAIL if item.early else 0)
    # A name after a bar that goes on beyond the edge has no place but in it.
    side = "i" if side == "a" and after else side
    at = {"i": inner, "a": beyond, "b": ahead}[side]
    room = {"i": right - PAD - inner, "a": width - beyond, "b": ahead}[side]
    return Bar(number, left, right, lane, before, after, side, at, room)


def _in_lane(bar: Bar, lane: int) -> Bar:
    return Bar(**{**vars(bar), "lane": lane})
