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

_FILE = Path(__file__).parents[2] / "static" / "territories.json"


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
    return _outlines().get(iri.removeprefix(THING)) if iri.startswith(THING) else None


def territories(places: Iterable[MapPlace]) -> list[tuple[MapPlace, Territory]]:
    """Return the places that are territories, with their outlines, the large ones first."""
    outlines = [(place, territory_of(place.place.iri)) for place in places]
    areas = [(place, area) for place, area in outlines if area]
    return sorted(areas, key=lambda pair: -len(pair[1].path))


@dataclass(frozen=True)
class Inset:
    """A small map of a territory's surroundings, and all territories that lie in it."""

    area: Territory
    inside: tuple[tuple[MapPlace, Territory], ...]

    @property
    def named(self) -> list[tuple[MapPlace, Territory]]:
        """Return the parts of the territory, which are named in the map itself."""
        same = [pair for pair in self.inside if pair[1].view == self.area.view]
        return same if len(same) > 1 else []


def insets(areas: Iterable[tuple[MapPlace, Territory]]) -> list[Inset]:
    """Return detailed maps of territories: the smallest views first, each with all in it."""
    pairs = sorted(areas, key=lambda pair: (pair[1].view[2] - pair[1].view[0], pair[1].slug))
    views: dict[Territory, list[tuple[MapPlace, Territory]]] = {}
    for place, area in pairs:
        shown = next((area_shown for area_shown in views if _holds(area_shown, place)), area)
        views.setdefault(shown, []).append((place, area))
    return [Inset(area, tuple(inside)) for area, inside in views.items()]


def _holds(area: Territory, place: MapPlace) -> bool:
    west, south, east, north = area.view
    return west <= place.longitude <= east and south <= place.latitude <= north


@cache
def _outlines() -> dict[str, Territory]:
    try:
        outlines = json.loads(_FILE.read_text(encoding="utf-8"))
    except FileNotFoundError:  # the assets are not built: maps then have points alone
        return {}
    return {
        slug: Territory(slug, outline["path"], tuple(outline["view"]), outline["base"])
        for slug, outline in outlines.items()
    }
