"""The map of the world: the part of it that shows what there is to see."""

from __future__ import annotations

from collections.abc import Sequence

from kg.lists.places import MapPlace

# Degrees of longitude are drawn so much narrower than those of latitude.
SCALE = 0.8
# The whole map, in the units of the drawing: left, top, width, height.
WORLD = (-144.0, -84.0, 300.0, 140.0)

_MARGIN = 12.0
_LEAST = 120.0

View = tuple[float, float, float, float]


def view(spots: Sequence[MapPlace]) -> View:
    """Return the least part of the map that shows where something happened, in its shape.

    Where nothing happened at any place, it shows all places; without places, the world.
    """
    shown = [spot for spot in spots if spot.total] or spots
    if not shown:
        return WORLD
    across = [spot.longitude * SCALE for spot in shown]
    down = [-spot.latitude for spot in shown]
    width = min(WORLD[2], max(_LEAST, _span(across), _span(down) * WORLD[2] / WORLD[3]))
    height = round(width * WORLD[3] / WORLD[2], 2)
    left = _start(across, width, WORLD[0], WORLD[2])
    return (left, _start(down, height, WORLD[1], WORLD[3]), round(width, 2), height)


def _span(values: Sequence[float]) -> float:
    return max(values) - min(values) + 2 * _MARGIN


def _start(values: Sequence[float], size: float, first: float, whole: float) -> float:
    """Put a part around the middle of values, but not beyond the edges of the whole."""
    middle = (min(values) + max(values)) / 2
    return round(max(first, min(first + whole - size, middle - size / 2)), 2)
