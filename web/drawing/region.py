"""The part of the world around some points, for a small map of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from kg.lists.places import MapPlace

# Width to height of a map on a page.
_SHAPE = 15 / 7
# A point is shown amid so many degrees of latitude; several with so much room around them.
_LEAST, _ROOM = 30.0, 1.5
_NORTH, _SOUTH, _EAST = 84.0, -60.0, 180.0
# The map of the world is so wide, and marks are drawn for it.
_WORLD = 300.0


@dataclass(frozen=True)
class Region:
    """A window on the map of the world: its left and top edge, width and height, in its units.

    These are degrees, of latitude turned downwards; those of longitude are narrower by `scale`.
    """

    left: float
    top: float
    width: float
    height: float
    scale: float

    @property
    def mark(self) -> float:
        """Return by how much marks are smaller than on the map of the world."""
        return round(self.width / _WORLD, 3)


def region(spots: Sequence[MapPlace]) -> Region | None:
    """Return the window that shows all spots; nothing if only the whole world does.

    >>> from kg.statements.statement import Value
    >>> region([MapPlace(Value("Sochi"), 39.7, 43.6, (), 0)])
    Region(left=-3.39, top=-58.6, width=64.29, height=30.0, scale=0.7242)
    """
    if not spots:
        return None
    west, east = (of(spot.longitude for spot in spots) for of in (min, max))
    south, north = (of(spot.latitude for spot in spots) for of in (min, max))
    scale = round(cos(radians((south + north) / 2)), 4) or 1.0
    height = max(_LEAST, (north - south) * _ROOM, (east - west) * scale * _ROOM / _SHAPE)
    width = height * _SHAPE
    if height > _NORTH - _SOUTH or width > 2 * _EAST * scale:
        return None
    middle = (west + east) / 2 * scale
    left = _within(middle - width / 2, -_EAST * scale, _EAST * scale - width)
    top = _within(-(south + north) / 2 - height / 2, -_NORTH, -_SOUTH - height)
    return Region(round(left, 2), round(top, 2), round(width, 2), round(height, 2), scale)


def _within(value: float, least: float, most: float) -> float:
    return min(max(value, least), most)
