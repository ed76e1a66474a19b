"""Outlines of territories, as the build of the assets has drawn them (x east, y south, degrees)."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import cos, radians
from pathlib import Path

from kg.lists.places import MapPlace
from kg.model.prefixes import THING

_FILE = Path(__file__).parents[1] / "static" / "territories.json"


@dataclass(frozen=True)
class Territory:
    """An outline as the data of an SVG path, the view that shows it, and the map behind it."""

    slug: str
    path: str
    view: tuple[float, float, float, float]
    base: str

    @property
    def scale(self) -> float:
        """Return by how much degrees of longitude are narrower than those of latitude here."""
        return round(cos(radians((self.view[1] + self.view[3]) / 2)), 4)


def territory_of(iri: str) -> Territory | None:
    """Return the outline of a thing, or None if none is drawn."""
    return _drawn().get(iri.removeprefix(THING)) if iri.startswith(THING) else None


def drawn(spots: Iterable[MapPlace]) -> list[tuple[MapPlace, Territory]]:
    """Return the spots that are territories, with their outlines, the large ones first."""
    found = [(spot, territory_of(spot.place.iri)) for spot in spots]
    areas = [(spot, area) for spot, area in found if area]
    return sorted(areas, key=lambda pair: -len(pair[1].path))


@dataclass(frozen=True)
class Inset:
    """A near view: the territory whose surroundings it shows, and all that lie in it."""

    area: Territory
    inside: tuple[tuple[MapPlace, Territory], ...]

    @property
    def named(self) -> list[tuple[MapPlace, Territory]]:
        """Return those that need a name of their own in it: the parts, not the whole."""
        same = [pair for pair in self.inside if pair[1].view == self.area.view]
        return same if len(same) > 1 else []


def insets(areas: Iterable[tuple[MapPlace, Territory]]) -> list[Inset]:
    """Show territories from near: the smallest views first, each with all that lies in it."""
    pairs = sorted(areas, key=lambda pair: (pair[1].view[2] - pair[1].view[0], pair[1].slug))
    views: dict[Territory, list[tuple[MapPlace, Territory]]] = {}
    for spot, area in pairs:
        shown = next((known for known in views if _holds(known, spot)), area)
        views.setdefault(shown, []).append((spot, area))
    return [Inset(area, tuple(inside)) for area, inside in views.items()]


def _holds(area: Territory, spot: MapPlace) -> bool:
    west, south, east, north = area.view
    return west <= spot.longitude <= east and south <= spot.latitude <= north


@cache
def _drawn() -> dict[str, Territory]:
    try:
        known = json.loads(_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:  # the assets are not built: maps then have points alone
        return {}
    return {
        slug: Territory(slug, one["path"], tuple(one["view"]), one["base"])
        for slug, one in known.items()
    }
