"""The places of the map as GeoJSON: territories by their outlines, all else by points."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from flask import jsonify
from werkzeug.wrappers import Response

from kg.exports.geojson import GEOJSON, areas_geometry, feature, feature_collection, point_geometry
from kg.lists.items import ListItem
from kg.lists.places import MapPlace, map_places
from kg.statements.sentences import Sentence, sentences_stating
from web.drawing.map.territories import Territory, territory_of
from web.exports.table_response import MOST_ROWS, TooManyRows
from web.serving.current_build import store

# The path of an outline: M, then L, each with degrees east and south; Z closes a ring.
_POSITION = re.compile(r"[ML](-?[\d.]+),(-?[\d.]+)")

_Stating: TypeAlias = Mapping[str, Iterable[Sentence]]


def map_file(filters: Mapping[str, str]) -> Response:
    """Return the places of all things that pass the filters of the address.

    TooManyRows if the things are more than a table holds.
    """
    places = map_places(store(), filters, MOST_ROWS + 1, MOST_ROWS)
    total = sum(max(1, place.total) for place in places)
    if total > MOST_ROWS:
        raise TooManyRows(total)
    sentences = sentences_stating(store(), (i.thing.iri for place in places for i in place.items))
    response = jsonify(feature_collection(_feature(place, sentences) for place in places))
    response.content_type = GEOJSON
    response.headers["Content-Disposition"] = 'attachment; filename="map.geojson"'
    return response


def _feature(place: MapPlace, sentences: _Stating) -> dict[str, Any]:
    area = territory_of(place.place.iri)
    point = (place.longitude, place.latitude)
    properties = {
        "label": place.place.text,
        "kind": place.principal_class,
        "longitude": place.longitude,
        "latitude": place.latitude,
        "things": [_thing(item, sentences[item.thing.iri]) for item in place.items],
    }
    geometry = areas_geometry(_rings(area)) if area else point_geometry(point)
    return feature(place.place.iri, geometry, properties)


def _thing(item: ListItem, sentences: Iterable[Sentence]) -> dict[str, object]:
    return {
        "iri": item.thing.iri,
        "label": item.thing.text,
        "kinds": [kind.text for kind in item.classes],
        "earliest": item.earliest,
        "latest": item.latest,
        "sentences": [sentence.iri for sentence in sentences],
    }


def _rings(area: Territory) -> Iterator[list[tuple[float, float]]]:
    for ring in area.path.split("Z"):
        positions = [(float(east), -float(south)) for east, south in _POSITION.findall(ring)]
        if positions:
            yield positions
