"""Points written as well-known text (OGC 06-103r4), longitude first."""

from __future__ import annotations

import re

_POINT = re.compile(r"\s*POINT\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)\s*\)\s*", re.IGNORECASE)


def point(wkt: str) -> tuple[float, float] | None:
    """Return longitude and latitude in degrees; None if it is not a point.

    >>> point("POINT(139.7 -35.5)")
    (139.7, -35.5)
    >>> point("POLYGON((0 0))")
    """
    found = _POINT.fullmatch(wkt)
    if not found:
        return None
    try:
        return float(found[1]), float(found[2])
    except ValueError:
        return None
