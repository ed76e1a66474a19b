"""Names beside the places of a map, each with the scale from which there is room for it.

A name has one size in pixels whatever the scale, so two names that collide on a small map are apart
on a large one. That scale is computed once: the style hides names on narrow screens by it, and the
scripts while a reader zooms.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot, inf, log2
from typing import NamedTuple

from kg.lists.places import MapPlace
from web.drawing.lines import text_width, wrap_label
from web.drawing.map.view import MapView

# Widths of a map, in pixels, at which `map.css` shows more names: telephones, tablets, desks.
WIDTHS = (280, 340, 590, 950, 1130)
# The largest scale to which a reader may zoom shows this share of the world's width.
DEEPEST = 1 / 400

# Every name is tried against all others: 100 places take 0.3 s, 200 of them 2 s.
NAMED = 100

# In pixels: a line of text, and a letter at its widest (DejaVu Sans, semi-bold).
_LINE, _LETTER = 12.0, 7.8
# In letters and lines: place names of the graph have at most 40 letters.
_LONGEST, _LINES = 16, 3
# In pixels: from a point to a name beside it, half of a point, half of a point without events.
_GAP, _POINT, _QUIET = 9.0, 6.0, 4.0
# Points that are nearer to each other than this have one name.
_SAME = 9.0


class Box(NamedTuple):
    """What a name or a point takes, in pixels to the right of and below its place."""

    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class Label:
    """The name of a place in lines, and where it stands.

    `dx` and `dy` lead from the place to the anchor of the first line, in pixels. `box` is what the
    name takes. `scale` is the smallest, in pixels per unit of the map, at which there is room, and
    `width` the narrowest map that shows it at first; none if it takes zooming.
    """

    place: MapPlace
    lines: tuple[str, ...]
    anchor: str
    dx: float
    dy: float
    box: Box
    scale: float
    width: int | None

    @property
    def rank(self) -> str:
        """Return the class that tells places with events from those without."""
        return "busy" if self.place.total else "quiet"


class _Obstacle(NamedTuple):
    """What names must not hide: a point, or a name from the scale at which it is shown."""

    x: float
    y: float
    box: Box
    scale: float


class _Side(NamedTuple):
    anchor: str
    dx: float
    dy: float
    box: Box


def map_labels(
    view: MapView, places: Sequence[MapPlace], first: Iterable[MapPlace] = ()
) -> list[Label]:
    """Name places: those in `first`, then those where most happened, where room is left."""
    before = {place.place.iri for place in first}
    order = sorted(
        places,
        key=lambda place: (
            place.place.iri not in before,
            -place.total,
            place.principal_class != "State",
            # Of a city and a hall in it: the city.
            len(place.place.text),
        ),
    )
    named: list[Label] = []
    for place in order[:NAMED]:
        label = _label(view, place, order, named)
        if label:
            named.append(label)
    return named


def _label(
    view: MapView, place: MapPlace, places: Sequence[MapPlace], named: Sequence[Label]
) -> Label | None:
    """Put a name at the side where it has room first; None if no scale has room for it."""
    lines = _lines(place)
    least = max(_apart_from(view, place, named), min(WIDTHS) / view.width)
    obstacles = list(_obstacles(view, place, places, named))
    most = max(WIDTHS) / (view.world.width * DEEPEST)
    free = {
        side: scale
        for side in _sides(lines)
        if (scale := _free_from(view, place, side.box, obstacles, least, most)) < most
    }
    if not free:
        return None
    # The first side of those at which the name is shown on the narrowest map.
    shown = {side: max(free[side], _inside_from(view, place, side.box)) for side in free}
    side = min(free, key=lambda side: _step(view, shown[side]))
    width = next((wide for wide in WIDTHS if shown[side] <= wide / view.width), None)
    return Label(place, lines, *side, round(free[side], 3), width)


def _lines(place: MapPlace) -> tuple[str, ...]:
    """Break a name into lines; how much happened there is not parted from its end."""
    lines = wrap_label(place.place.text, _LONGEST, _LINES)
    return (*lines[:-1], f"{lines[-1]} ({place.total})") if place.total else lines


def _step(view: MapView, scale: float) -> float:
    """Count the steps of width, then of zooming by two, until a scale is reached."""
    wide = scale * view.width
    steps = sum(wide > width for width in WIDTHS)
    return steps + max(0.0, log2(wide / WIDTHS[-1]) // 1)


def _apart_from(view: MapView, place: MapPlace, named: Iterable[Label]) -> float:
    """Return the scale from which a point stands apart from all points that have a name."""
    distances = (
        hypot(view.x(place.longitude - n.place.longitude), place.latitude - n.place.latitude)
        for n in named
    )
    return max((_SAME / distance if distance else inf for distance in distances), default=0.0)


def _obstacles(
    view: MapView, place: MapPlace, places: Sequence[MapPlace], named: Sequence[Label]
) -> Iterator[_Obstacle]:
    for label in named:
        x, y = view.x(label.place.longitude), view.y(label.place.latitude)
        yield _Obstacle(x, y, label.box, label.scale)
    for other in places:
        # The name of a place with events may hide the point of one without.
        if other is not place and (other.total or not place.total):
            half = _POINT if other.total else _QUIET
            x, y = view.x(other.longitude), view.y(other.latitude)
            yield _Obstacle(x, y, Box(-half, -half, half, half), 0.0)


def _sides(lines: Sequence[str]) -> Iterator[_Side]:
    """Yield where a name may stand: beside its point, above and below it, and at its corners."""
    long, high = max(map(text_width, lines)) * _LETTER, len(lines) * _LINE
    above, middle, below = -_POINT - high, -high / 2, _POINT
    shares = {"start": 0.0, "middle": 0.5, "end": 1.0}
    for anchor, across, top in (
        ("start", _GAP, middle),
        ("end", -_GAP, middle),
        ("middle", 0.0, above),
        ("middle", 0.0, below),
        ("start", _POINT, above),
        ("start", _POINT, below),
        ("end", -_POINT, above),
        ("end", -_POINT, below),
    ):
        left = across - long * shares[anchor]
        box = Box(round(left, 1), top, round(left + long, 1), top + high)
        yield _Side(anchor, across, round(top + _LINE * 0.85, 1), box)


def _free_from(
    view: MapView,
    place: MapPlace,
    box: Box,
    obstacles: Iterable[_Obstacle],
    least: float,
    most: float,
) -> float:
    """Return the scale from which nothing is in the way of a name, at the most `most`."""
    x, y = view.x(place.longitude), view.y(place.latitude)
    for other_x, other_y, other, shown in obstacles:
        # Two boxes overlap between two scales, and are apart at all larger ones.
        start, end = _overlap(other.left - box.right, other.right - box.left, x - other_x)
        if end <= least or end <= shown:
            continue
        low, high = _overlap(other.top - box.bottom, other.bottom - box.top, y - other_y)
        end = min(end, high)
        if max(start, low) < end and end > shown and end > least:
            least = end
            if least >= most:
                return most
    return least


def _overlap(low: float, high: float, distance: float) -> tuple[float, float]:
    """Return for which scales low < distance * scale < high."""
    if not distance:
        return (0.0, inf) if low < 0 < high else (inf, 0.0)
    one, other = low / distance, high / distance
    return (one, other) if one < other else (other, one)


def _inside_from(view: MapView, place: MapPlace, box: Box) -> float:
    """Return the scale from which the window at first shows a name uncut; infinity if never."""
    x, y = view.x(place.longitude) - view.left, view.y(place.latitude) - view.top
    rooms = (x, y, view.width - x, view.height - y)
    if min(rooms) <= 0:
        return inf
    needs = (-box.left, -box.top, box.right, box.bottom)
    return max(need / room for need, room in zip(needs, rooms, strict=True))
