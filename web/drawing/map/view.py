"""The part of the world that a map shows at first."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, radians

from kg.lists.places import MapPlace

# On a map of the world a degree of longitude is drawn so much narrower than one of latitude: true
# at 37° north, between Washington and Sochi, where most of the graph's events took place.
WORLD_SCALE = 0.8
# Width to height of every map, as `map.css` has it.
SHAPE = 15 / 7
_NORTH, _SOUTH, _EAST = 84.0, -56.0, 180.0
# So many degrees beyond the 180th meridian, where the Kurils and Alaska are not cut in two.
_BEYOND = 15.0
# On the map of the world: room around the outermost places, and the least width.
_MARGIN, _LEAST_WIDTH = 12.0, 120.0
# A map of few places is so many times as high as the places lie apart.
_ROOM = 1.5


@dataclass(frozen=True)
class MapView:
    """A window on the world. Its units are degrees of latitude; longitudes are narrowed by `scale`.

    y grows southwards, as in SVG.
    """

    left: float
    top: float
    width: float
    height: float
    scale: float

    def x(self, longitude: float) -> float:
        """Return the abscissa of a longitude, in units of the map."""
        return round(longitude * self.scale, 3)

    def y(self, latitude: float) -> float:
        """Return the ordinate of a latitude, in units of the map."""
        return round(-latitude, 3)

    def left_share(self, longitude: float) -> float:
        """Return where a longitude lies, in per cent of the window's width."""
        return round(100 * (self.x(longitude) - self.left) / self.width, 3)

    def top_share(self, latitude: float) -> float:
        """Return where a latitude lies, in per cent of the window's height."""
        return round(100 * (self.y(latitude) - self.top) / self.height, 3)

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Return left, top, width and height: the value of an SVG viewBox."""
        return self.left, self.top, self.width, self.height

    @property
    def world(self) -> MapView:
        """Return the window that shows the world at this scale, in the shape of a map.

        >>> MapView(0, 0, 30, 14, 0.8).world
        MapView(left=-144.0, top=-84.0, width=300.0, height=140.0, scale=0.8)
        """
        wide = (2 * _EAST + _BEYOND) * self.scale
        width = max(wide, (_NORTH - _SOUTH) * SHAPE)
        height = width / SHAPE
        left = -_EAST * self.scale - (width - wide) / 2
        top = -_NORTH - (height - _NORTH + _SOUTH) / 2
        return _window(left, top, width, height, self.scale)


WORLD = MapView(-144.0, -84.0, 300.0, 140.0, WORLD_SCALE)


def world_view(places: Sequence[MapPlace]) -> MapView:
    """Return the smallest part of the world map that shows where something happened.

    Where nothing happened at any place, it shows all places; without places, the world.
    """
    shown = [place for place in places if place.total] or places
    if not shown:
        return WORLD
    across, down = _extent(shown, WORLD_SCALE)
    wide, high = (end - start + 2 * _MARGIN for start, end in (across, down))
    width = min(WORLD.width, max(_LEAST_WIDTH, wide, high * SHAPE))
    return _around(across, down, width, WORLD)


def region_view(places: Sequence[MapPlace], least: float = 30.0) -> MapView:
    """Return the part of the world around some places, true to shape in the middle of it.

    `least` is its smallest height in degrees of latitude. Places too far apart are shown on the
    map of the world.

    >>> from kg.terms.display import DisplayValue
    >>> region_view([MapPlace(DisplayValue("Sochi"), 39.7, 43.6, (), 0)])
    MapView(left=-3.39, top=-58.6, width=64.29, height=30.0, scale=0.7242)
    """
    if not places:
        return WORLD
    latitudes = [place.latitude for place in places]
    middle = (min(latitudes) + max(latitudes)) / 2
    scale = round(cos(radians(middle)), 4) or 1.0
    across, down = _extent(places, scale)
    high, wide = down[1] - down[0], across[1] - across[0]
    height = max(least, high * _ROOM, wide * _ROOM / SHAPE)
    if height > _NORTH - _SOUTH or height * SHAPE > 2 * _EAST * scale:
        return WORLD
    return _around(across, down, height * SHAPE, MapView(0, 0, 0, 0, scale).world)


def _extent(places: Sequence[MapPlace], scale: float) -> tuple[tuple[float, float], ...]:
    """Return the least and the greatest abscissa of places, and ordinate."""
    across = [place.longitude * scale for place in places]
    down = [-place.latitude for place in places]
    return (min(across), max(across)), (min(down), max(down))


def _around(
    across: tuple[float, ...], down: tuple[float, ...], width: float, world: MapView
) -> MapView:
    """Put a window around the middle of an extent, but not beyond the edges of the world."""
    height = width / SHAPE
    left = _inside(sum(across) / 2 - width / 2, world.left, world.width - width)
    top = _inside(sum(down) / 2 - height / 2, world.top, world.height - height)
    return _window(left, top, width, height, world.scale)


def _inside(start: float, first: float, room: float) -> float:
    return max(first, min(first + room, start))


def _window(left: float, top: float, width: float, height: float, scale: float) -> MapView:
    return MapView(round(left, 2), round(top, 2), round(width, 2), round(height, 2), scale)
