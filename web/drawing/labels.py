"""Names beside the points of a map, where there is room for them; a script may name them anew."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import hypot
from typing import NamedTuple

from kg.lists.places import MapPlace
from kg.terms.display import DisplayValue
from web.drawing.atlas import SCALE, View
from web.drawing.lines import text_width, wrap_label

# How wide a map may be shown, in pixels, by the class that its style knows that by; and in how many
# lines of how many letters a name is written there.
WIDTHS = {"wide": (1200, 24, 2), "middle": (740, 24, 2), "narrow": (350, 16, 3)}

# In pixels: a line of text, a letter at its widest, and from a point to what names it.
_SIZE, _LETTER, _GAP = 12.0, 7.8, 9.0
# Half of a point, and of one of which nothing is listed.
_POINT, _QUIET = 6.0, 4.0
# Points that are nearer to each other have one name.
_NEAR = 9.0

Box = tuple[float, float, float, float]


@dataclass(frozen=True)
class Label:
    """The name of a place, in lines, the first at this point of the map."""

    place: DisplayValue
    lines: tuple[str, ...]
    x: float
    y: float
    anchor: str
    busy: bool


@dataclass(frozen=True)
class Labels:
    """All names for a map that is shown at one width; their size and gaps in units of the map."""

    width: str
    size: float
    names: tuple[Label, ...]


class _Place(NamedTuple):
    """Where a name may stand: its first line, and the box that it fills, in pixels."""

    anchor: str
    x: float
    y: float
    box: Box


def labels(view: View, spots: Sequence[MapPlace], first: Iterable[MapPlace]) -> list[Labels]:
    """Name spots for each width of the map: those in `first`, then those where most happened."""
    before = {spot.place.iri for spot in first}
    order = sorted(
        spots,
        key=lambda spot: (
            spot.place.iri not in before,
            -spot.total,
            spot.principal_class != "State",
        ),
    )
    return [
        Labels(name, round(_SIZE * view[2] / width, 3), tuple(_named(view, order, name)))
        for name, (width, _, _) in WIDTHS.items()
    ]


def _named(view: View, spots: Sequence[MapPlace], size: str) -> Iterator[Label]:
    """Place one name after the other where nothing is in its way yet."""
    width, most, rows = WIDTHS[size]
    unit = width / view[2]
    points = [(spot, *_point(spot, view, unit)) for spot in spots]
    busy = [_around(x, y, _POINT) for spot, x, y in points if spot.total]
    quiet = [_around(x, y, _QUIET) for spot, x, y in points if not spot.total]
    named: list[tuple[float, float]] = []
    for spot, x, y in points:
        if any(hypot(x - left, y - top) < _NEAR for left, top in named):
            continue
        lines = wrap_label(spot.place.text + (f" ({spot.total})" if spot.total else ""), most, rows)
        places = [one for one in _places(lines, x, y) if _within(one.box, width, view[3] * unit)]
        # What matters more may hide points of which there is nothing to say, if it must.
        found = _free(places, [*busy, *quiet]) or (_free(places, busy) if spot.total else None)
        if found:
            busy.append(found.box)
            named.append((x, y))
            at = (round(view[0] + found.x / unit, 2), round(view[1] + found.y / unit, 2))
            yield Label(spot.place, lines, *at, found.anchor, spot.total > 0)


def _free(places: Iterable[_Place], taken: Sequence[Box]) -> _Place | None:
    return next((one for one in places if all(_apart(one.box, other) for other in taken)), None)


def _point(spot: MapPlace, view: View, unit: float) -> tuple[float, float]:
    return (spot.longitude * SCALE - view[0]) * unit, (-spot.latitude - view[1]) * unit


def _places(lines: Sequence[str], x: float, y: float) -> Iterator[_Place]:
    """Yield where a name may stand: beside its point, above and below it, and at its corners."""
    long, high = max(map(text_width, lines)) * _LETTER, len(lines) * _SIZE
    above, middle, below = y - _POINT - high, y - high / 2, y + _POINT
    shares = {"start": 0.0, "middle": 0.5, "end": 1.0}
    for anchor, across, top in (
        ("start", x + _GAP, middle),
        ("end", x - _GAP, middle),
        ("middle", x, above),
        ("middle", x, below),
        ("start", x + _POINT, above),
        ("start", x + _POINT, below),
        ("end", x - _POINT, above),
        ("end", x - _POINT, below),
    ):
        left = across - long * shares[anchor]
        box = (left, top, left + long, top + high)
        yield _Place(anchor, across, top + _SIZE * 0.85, box)


def _around(x: float, y: float, half: float) -> Box:
    return x - half, y - half, x + half, y + half


def _within(box: Box, width: float, height: float) -> bool:
    return box[0] > 0 and box[1] > 0 and box[2] < width and box[3] < height


def _apart(one: Box, other: Box) -> bool:
    return one[2] < other[0] or other[2] < one[0] or one[3] < other[1] or other[3] < one[1]
