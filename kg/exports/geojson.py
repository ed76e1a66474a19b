"""Places as GeoJSON (https://www.rfc-editor.org/rfc/rfc7946): longitude first, in WGS 84."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import Any, TypeAlias

GEOJSON = "application/geo+json"

Position: TypeAlias = tuple[float, float]
Ring: TypeAlias = Sequence[Position]


def feature_collection(features: Iterable[Mapping[str, Any]]) -> dict[str, Any]:
    """Return features as one object of GeoJSON."""
    return {"type": "FeatureCollection", "features": list(features)}


def feature(iri: str, geometry: Mapping[str, Any], properties: Mapping[str, Any]) -> dict[str, Any]:
    """Return a thing with its geometry; its IRI is its identifier.

    >>> feature("urn:a", point_geometry((139.7, 35.5)), {"label": "Tokyo"})["geometry"]
    {'type': 'Point', 'coordinates': [139.7, 35.5]}
    """
    return {"type": "Feature", "id": iri, "geometry": geometry, "properties": properties}


def point_geometry(position: Position) -> dict[str, Any]:
    """Return a point, by its degrees east and north."""
    return {"type": "Point", "coordinates": list(position)}


def areas_geometry(rings: Iterable[Ring]) -> dict[str, Any]:
    """Return closed rings, of which none lies in another, as areas.

    >>> areas_geometry([[(0, 0), (0, 1), (1, 0)]])
    {'type': 'MultiPolygon', 'coordinates': [[[[0, 0], [1, 0], [0, 1], [0, 0]]]]}
    """
    polygons = [[[list(position) for position in _outer(ring)]] for ring in rings]
    return {"type": "MultiPolygon", "coordinates": polygons}


def _outer(ring: Ring) -> list[Position]:
    """Close a ring, and let it run counter-clockwise, as outer rings do (RFC 7946, 3.1.6)."""
    closed = [*ring] if ring[0] == ring[-1] else [*ring, ring[0]]
    doubled_area = sum((b[0] - a[0]) * (b[1] + a[1]) for a, b in pairwise(closed))
    return closed[::-1] if doubled_area > 0 else closed
