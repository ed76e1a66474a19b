"""A map laid out: where its places and names lie, for the SVG of a page and as JSON for scripts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.lists.places import MapPlace
from web.drawing.map.labels import DEEPEST, Label, map_labels
from web.drawing.map.territories import Territory
from web.drawing.map.view import MapView


@dataclass(frozen=True)
class MapPoint:
    """A place and where it lies: in units of the map, and in per cent of the window at first."""

    place: MapPlace
    x: float
    y: float
    left: float
    top: float

    @property
    def rank(self) -> str:
        """Return its classes: with or without events; "vague" if only its state is known."""
        rank = "busy" if self.place.total else "quiet"
        return f"{rank} vague" if self.place.principal_class == "State" else rank


@dataclass(frozen=True)
class MapLayout:
    """A window on the world, the places in it, those without events first, and their names."""

    view: MapView
    places: tuple[MapPlace, ...]
    areas: tuple[tuple[MapPlace, Territory], ...] = ()

    @cached_property
    def points(self) -> list[MapPoint]:
        """Return the places where they lie; later ones are drawn over earlier ones."""
        view = self.view
        return [
            MapPoint(
                place,
                view.x(place.longitude),
                view.y(place.latitude),
                view.left_share(place.longitude),
                view.top_share(place.latitude),
            )
            for place in sorted(self.places, key=lambda place: place.total)
        ]

    @cached_property
    def labels(self) -> list[Label]:
        """Return the names for which there is room, on this window or from nearer."""
        return map_labels(self.view, self.places, [place for place, _ in self.areas])

    def as_json(self) -> dict[str, object]:
        """Return what moves the drawing: lists in the order of its elements."""
        number = {id(place): at for at, place in enumerate(self.places)}
        point_at = {id(point.place): at for at, point in enumerate(self.points)}
        return {
            "scale": self.view.scale,
            "view": self.view.box,
            "world": self.view.world.box,
            "deepest": DEEPEST,
            "points": [
                {"place": number[id(p.place)], "x": p.x, "y": p.y, "total": p.place.total}
                for p in self.points
            ],
            "labels": [
                {"point": point_at[id(label.place)], "scale": label.scale, "box": label.box}
                for label in self.labels
            ],
        }


def map_layout(
    view: MapView, places: Sequence[MapPlace], areas: Iterable[tuple[MapPlace, Territory]] = ()
) -> MapLayout:
    """Lay places out on a window of the world; territories among them are named first."""
    return MapLayout(view, tuple(places), tuple(areas))
