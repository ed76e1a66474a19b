"""Which representations each family of addresses offers: one table, by the first part of a path."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from flask import request
from werkzeug.exceptions import NotAcceptable

from kg.exports.csv_file import CSV
from kg.exports.geojson import GEOJSON
from kg.exports.graphml import GRAPHML
from kg.exports.xlsx_file import XLSX
from kg.references.formats import REFERENCE_FORMATS
from web.request.negotiate import (
    DATA_TYPES,
    GRAPH_ALIASES,
    GRAPH_TYPES,
    GRAPHS,
    HTML,
    PAGE_TYPES,
    RESULT_ALIASES,
    RESULT_TYPES,
    ROWS,
    choose,
)

ENDPOINT = "sparql"
JSON = "application/json"
QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"


class Offer(NamedTuple):
    """Media types by the name that `?format=` takes, best first, and what clients call them too."""

    types: Mapping[str, str]
    also: Mapping[str, str] = {}


_THINGS = Offer(PAGE_TYPES, GRAPH_ALIASES)
_GRAPHS = Offer(DATA_TYPES | {"html": HTML}, GRAPH_ALIASES)
_LISTS = Offer({"html": HTML, "json": JSON})
# No aliases: browsers accept XML before anything, and would be sent RDF/XML.
_LINKS = Offer({"json": JSON, **GRAPH_TYPES})
_TABLES = Offer({**_LISTS.types, "csv": CSV, "xlsx": XLSX})
PICTURE_TYPES = {"svg": "image/svg+xml", "png": "image/png"}
_QUESTIONS = Offer(
    {"html": HTML, "rq": QUERY, "txt": "text/plain"} | GRAPH_TYPES | {"csv": CSV, "xlsx": XLSX},
    {alias: media for alias, media in GRAPH_ALIASES.items() if alias != "text/plain"},
)

# The endpoint chooses by what a query asks for, so it is not here: see `_of_the_endpoint`.
OFFERS = {
    **dict.fromkeys(("id", "claim", "source", "ontology"), _THINGS),
    **dict.fromkeys(("graph", "void", ".well-known", "catalogue"), _GRAPHS),
    **dict.fromkeys(("class", "search", "links", "ask", "together"), _TABLES),
    "timeline": Offer({**_TABLES.types, **PICTURE_TYPES}),
    "map": Offer({**_TABLES.types, "geojson": GEOJSON, **PICTURE_TYPES}),
    "network": Offer({**_LISTS.types, "graphml": GRAPHML, **PICTURE_TYPES}),
    **dict.fromkeys(("look", "data"), _LISTS),
    "statement": Offer({"html": HTML, "json": JSON} | DATA_TYPES, GRAPH_ALIASES),
    "q": Offer({**_LISTS.types, "csv": CSV}),
    "cite": Offer({"html": HTML, **{n: form.media_type for n, form in REFERENCE_FORMATS.items()}}),
    "graph-store": Offer(DATA_TYPES, GRAPH_ALIASES),
    "query": _QUESTIONS,
    "reconcile": Offer({"json": JSON, "html": HTML}),
    "same-as": _LINKS,
}
# Below these a file's name says its format, whatever a client accepts.
_NAMED_BELOW = {"data"}
ANYTHING = Offer(RESULT_TYPES | DATA_TYPES | {"html": HTML}, GRAPH_ALIASES | RESULT_ALIASES)


def wanted() -> str:
    """Return the media type to send for the current request; NothingOffered if there is none."""
    types, also = OFFERS[family(request.path)]
    return choose(types, request.headers.get("Accept", ""), request.args.get("format", ""), also)


def family(path: str) -> str:
    """Return the first part of a path, with a slash where what is below has a format of its own.

    >>> family("/page/japan"), family("/"), family("")
    ('page', '', '')
    >>> family("/data"), family("/data/japan.ttl")
    ('data', 'data/')
    """
    first, _, rest = path[1:].partition("/")
    return f"{first}/" if rest and first in _NAMED_BELOW else first


@lru_cache(maxsize=256)
def kinds(part: str, accept: str) -> tuple[str, ...]:
    """Return all that an Accept header decides at the addresses that start with `part`.

    A kind that is not on offer is "": an answer that depends on it is an error, and not cached.

    >>> kinds("timeline", "text/html, */*;q=0.1"), kinds("page", "text/html")
    (('text/html',), ())
    """
    if part == ENDPOINT:
        return _of_the_endpoint(accept)
    return (_chosen(OFFERS[part], accept),) if part in OFFERS else ()


def _of_the_endpoint(accept: str) -> tuple[str, ...]:
    """Return whether a page is wanted, the types for rows and for graphs, whether all are alike."""
    page = _chosen(ANYTHING, accept) if "html" in accept else ""
    alike = "" if accept.strip() in {"", "*/*"} else "named"
    return (page, _chosen(Offer(*ROWS), accept), _chosen(Offer(*GRAPHS), accept), alike)


def _chosen(offer: Offer, accept: str) -> str:
    try:
        return choose(offer.types, accept, also=offer.also)
    except NotAcceptable:
        return ""
