"""Points written as well-known text (OGC 06-103r4), longitude first."""

from __future__ import annotations

import re

_POINT = re.compile(r"\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*", re.IGNORECASE)
_EAST, _NORTH = 180.0, 90.0


def point(wkt: str) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees; None if it is not a point of the earth.

    >>> point("POINT(139.7 -35.5)")
    (139.7, -35.5)
    >>> point("POLYGON((0 0))"), point("POINT(200 0)")
    (None, None)
    """
    found = _POINT.fullmatch(wkt)
    if not found:
        return None
    try:
        east, north = float(found[1]), float(found[2])
    except ValueError:
        return None
    return (east, north) if abs(east) <= _EAST and abs(north) <= _NORTH else None
