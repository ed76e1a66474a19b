"""The map and the timeline of a query's results, laid out as those of the pages are.

The query page sends what its rows hold, as JSON; what comes back is the drawing, with the layout
beside it by which scripts move it (`web/drawing`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from flask import Blueprint, jsonify, render_template, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.index.wkt import Shape, shape
from kg.lists.places import MapPlace
from kg.terms.display import DisplayValue
from web import urls
from web.drawing.map.layout import map_layout
from web.drawing.map.view import region_view
from web.drawing.timeline.dates import days_of
from web.drawing.timeline.lanes import TimelineItem
from web.drawing.timeline.layout import timeline_layout
from web.request.bounds import ITEMS, PLACES

bp = Blueprint("layouts", __name__)

# Degrees of latitude shown at least, so that results in one city have land around them.
_LEAST = 6.0
_NAME = 200


@bp.post("/sparql/map")
def lay_out_map() -> Response:
    """Lay out `places`: objects with `name`, `iri` and `wkt`, a point or polygon in CRS 84.

    400 for a body of another form, and for more places than are laid out.
    """
    shapes = [(entry, shape(_text(entry, "wkt"))) for entry in _entries("places", PLACES)]
    valid = [(entry, geometry) for entry, geometry in shapes if geometry]
    places = [_place(entry, geometry) for entry, geometry in valid]
    shapes_drawn = [geometry for _, geometry in valid]
    corners = [MapPlace(DisplayValue(""), *at, (), 0) for at in _corners(shapes_drawn)]
    view = region_view([*places, *corners], _LEAST)
    drawn = render_template(
        "drawings/map.html",
        layout=map_layout(view, places),
        outlines=[_outline(geometry) for _, geometry in valid if geometry.rings],
    )
    # The numbers of the places drawn: entries with a malformed geometry are not.
    return jsonify(html=drawn, places=[at for at, (_, geometry) in enumerate(shapes) if geometry])


@bp.post("/sparql/timeline")
def lay_out_timeline() -> Response:
    """Lay out `items`: objects with `name`, `iri`, and `start` and `end`, dates of XML Schema.

    400 for a body of another form, and for more items than are laid out.
    """
    entries = _entries("items", ITEMS)
    items = [item for entry in entries if (item := _item(entry))]
    layout = timeline_layout(items, least=1)
    drawn = render_template("drawings/timeline.html", layout=layout) if layout else ""
    return jsonify(html=drawn, items=len(items))


def _entries(name: str, most: int) -> list[Mapping[str, Any]]:
    """Return the objects of the list that the body has under a name."""
    body = request.get_json(silent=True)
    entries = body.get(name) if isinstance(body, dict) else None
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise BadRequest(f'send JSON of the form {{"{name}": [{{…}}]}}')
    if len(entries) > most:
        raise BadRequest(f"send at most {most:,} {name} at a time")
    return entries


def _text(entry: Mapping[str, Any], name: str) -> str:
    value = entry.get(name)
    return value if isinstance(value, str) else ""


def _place(entry: Mapping[str, Any], geometry: Shape) -> MapPlace:
    value = DisplayValue(_text(entry, "name")[:_NAME], _text(entry, "iri"))
    return MapPlace(value, *geometry.middle, (), 0)


def _corners(shapes: Iterable[Shape]) -> Iterable[tuple[float, float]]:
    """Return the positions of the polygons, which the map shows entirely."""
    return (position for geometry in shapes for ring in geometry.rings for position in ring)


def _outline(geometry: Shape) -> str:
    """Write the rings of polygons as the data of an SVG path, in degrees, y southwards."""
    rings = (
        "L".join(f"{round(east, 3)},{round(-north, 3)}" for east, north in ring)
        for ring in geometry.rings
    )
    return "".join(f"M{ring}Z" for ring in rings)


def _item(entry: Mapping[str, Any]) -> TimelineItem | None:
    start = days_of(_text(entry, "start"))
    end = days_of(_text(entry, "end")) or start
    if not start or not end:
        return None
    dates = [_text(entry, name) for name in ("start", "end") if entry.get(name)]
    when = " – ".join(dict.fromkeys(dates))
    name = _text(entry, "name")[:_NAME] or when
    href = urls.href(_text(entry, "iri"))
    return TimelineItem(name, href, when, start[0], max(start[1], end[1]))
