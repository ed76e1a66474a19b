"""Points written as well-known text (OGC 06-103r4), longitude first."""

from __future__ import annotations

import re
from dataclasses import dataclass

_POINT = re.compile(r"\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*", re.IGNORECASE)
_EAST, _NORTH = 180.0, 90.0
_SHAPE = re.compile(
    r"\s*(?:<([^>]*)>\s*)?(?:MULTI)?(POINT|POLYGON)\s*(?:ZM?|M)?\s*(\(.*\))\s*",
    re.IGNORECASE | re.DOTALL,
)
_LIST = re.compile(r"\(([^()]+)\)")
# The only reference system that is read; it is the default of GeoSPARQL literals, too.
_CRS84 = "http://www.opengis.net/def/crs/OGC/1.3/CRS84"


def point(wkt: str) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees; None if it is not a point of the earth.

    >>> point("POINT(139.7 -35.5)")
    (139.7, -35.5)
    >>> point("POLYGON((0 0))"), point("POINT(200 0)")
    (None, None)
    """
    match = _POINT.fullmatch(wkt)
    if not match:
        return None
    try:
        east, north = float(match[1]), float(match[2])
    except ValueError:
        return None
    return (east, north) if abs(east) <= _EAST and abs(north) <= _NORTH else None


@dataclass(frozen=True)
class Shape:
    """Points, or the rings of polygons, each position as longitude and latitude in degrees."""

    points: tuple[tuple[float, float], ...]
    rings: tuple[tuple[tuple[float, float], ...], ...] = ()

    @property
    def middle(self) -> tuple[float, float]:
        """Return the first point, or the mean of the positions of the first ring."""
        if self.points:
            return self.points[0]
        ring = self.rings[0]
        # Not the centroid: it serves to place a name.
        east, north = (sum(values) / len(ring) for values in zip(*ring, strict=True))
        return east, north


def shape(wkt: str) -> Shape | None:
    """Return the points or rings of a literal in CRS 84; None if it has none on the earth.

    https://docs.ogc.org/is/22-047r1/22-047r1.html#10-8-1

    >>> shape("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(1 2)")
    Shape(points=((1.0, 2.0),), rings=())
    >>> shape("Polygon((0 0, 1 0, 1 1, 0 0))").rings
    (((0.0, 0.0), (1.0, 0.0), (1.0, 1.0), (0.0, 0.0)),)
    >>> shape("LINESTRING(0 0, 1 1)"), shape("POINT(181 0)"), shape("POINT EMPTY")
    (None, None, None)
    """
    match = _SHAPE.fullmatch(wkt)
    if not match or match[1] not in {None, _CRS84}:
        return None
    lists = [_positions(text) for text in _LIST.findall(match[3])]
    rings = tuple(positions for positions in lists if positions)
    if not rings or len(rings) < len(lists):
        return None
    if match[2].upper() == "POINT":
        return Shape(tuple(position for ring in rings for position in ring))
    return Shape((), rings)


def _positions(text: str) -> tuple[tuple[float, float], ...] | None:
    """Read a list of positions; None if one of them is none of the earth."""
    positions = []
    for part in text.split(","):
        try:
            east, north = map(float, part.split()[:2])
        except ValueError:
            return None
        if not (abs(east) <= _EAST and abs(north) <= _NORTH):
            return None
        positions.append((east, north))
    return tuple(positions)
