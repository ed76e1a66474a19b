"""A timeline laid out: its spans, its lanes at each scale and its dates, for SVG and as JSON."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import cached_property

from web.drawing.timeline.axis import Step, Tick, axis_step, axis_ticks
from web.drawing.timeline.lanes import Level, TimelineItem, timeline_levels
from web.drawing.timeline.spans import Span, busiest_span, filtered_span, full_extent
from web.drawing.timeline.window import Bar, level_at, shorten_name, window_bars

# The width of the drawing for readers without scripts, in pixels.
WIDTH = 960.0
# In pixels: what a date takes on the axis, and below the overview on the narrowest telephone.
_ROOM, _OVERVIEW_ROOM, _OVERVIEW = 96.0, 70.0, 340.0
# In pixels: a lane, the axis above the lanes, and the rest below them; `bars.js` has the same.
LANE, TOP, REST, FEWEST_LANES = 26, 30, 6, 3
# The overview counts what begins in each of so many parts of the time.
_PARTS = 240


@dataclass(frozen=True)
class DrawnBar:
    """A bar with its item, and as much of the name as there is room for."""

    bar: Bar
    item: TimelineItem
    name: str


@dataclass(frozen=True)
class TimelineLayout:
    """Items on a line of time, the span of all, and the one that a list is filtered by, if any."""

    items: tuple[TimelineItem, ...]
    extent: Span
    chosen: Span | None

    @cached_property
    def start(self) -> Span:
        """Return where most is."""
        return busiest_span([item.start for item in self.items], self.extent)

    @property
    def kinds(self) -> set[str]:
        """Return the kinds of the items, for a legend."""
        return {item.kind for item in self.items}

    @property
    def shown(self) -> Span:
        """Return what is shown at first."""
        return self.chosen or self.start

    @cached_property
    def levels(self) -> list[Level]:
        """Return the lanes at each scale."""
        return timeline_levels(self.items, self.extent)

    @cached_property
    def bars(self) -> list[DrawnBar]:
        """Return the bars of the drawing without scripts."""
        level = level_at(self.levels, WIDTH / self.shown.length)
        bars = window_bars(self.items, level, self.shown, WIDTH)
        items = self.items
        return [DrawnBar(b, items[b.item], shorten_name(items[b.item].name, b.room)) for b in bars]

    @property
    def height(self) -> int:
        """Return the height of the drawing without scripts."""
        lanes = max((drawn.bar.lane + 1 for drawn in self.bars), default=0)
        return TOP + max(FEWEST_LANES, lanes) * LANE + REST

    @property
    def ticks(self) -> list[tuple[Tick, float]]:
        """Return the dates of the drawing without scripts, and where they stand in pixels."""
        scale = WIDTH / self.shown.length
        step = axis_step(level_at(self.levels, scale).scale, _ROOM)
        ticks = axis_ticks(*self.shown, step)
        return [(tick, round((tick.day - self.shown.start) * scale, 2)) for tick in ticks]

    def share(self, day: float) -> float:
        """Return where a day lies in all of the time, in per cent."""
        return round(100 * (day - self.extent.start) / self.extent.length, 3)

    @property
    def heaps(self) -> list[tuple[float, float]]:
        """Return how much begins where in all of the time: per cent of it, share of the most."""
        parts = Counter(round(self.share(item.start) * _PARTS / 100) for item in self.items)
        most = max(parts.values())
        return [(round(100 * part / _PARTS, 2), n / most) for part, n in sorted(parts.items())]

    @property
    def overview_ticks(self) -> list[Tick]:
        """Return the dates below the overview; the last would not have its room."""
        step = axis_step(_OVERVIEW / self.extent.length, _OVERVIEW_ROOM)
        ticks = axis_ticks(*self.extent, step)
        last = 100 - 100 * _OVERVIEW_ROOM / _OVERVIEW
        return [tick for tick in ticks if self.share(tick.day) < last]

    def as_json(self) -> dict[str, object]:
        """Return what moves the drawing."""
        return {
            "extent": self.extent,
            "start": self.start,
            "chosen": self.chosen,
            "items": [{**asdict(item), "width": item.name_width} for item in self.items],
            "levels": [{**asdict(level), "step": self._step(level)} for level in self.levels],
        }

    def _step(self, level: Level) -> Step:
        return axis_step(level.scale, _ROOM)


def timeline_layout(
    items: Sequence[TimelineItem],
    start: float | None = None,
    end: float | None = None,
    least: int = 2,
) -> TimelineLayout | None:
    """Lay items out on a line of time; nothing if there are fewer than `least`.

    `start` and `end` are the days that a list is filtered by, if it is.
    """
    if len(items) < least:
        return None
    extent = full_extent([(item.start, item.end) for item in items])
    return TimelineLayout(tuple(items), extent, filtered_span(start, end, extent))
