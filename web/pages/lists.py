"""Lists that narrow by facets: classes, search, everything by time, everything by place."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, jsonify, make_response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.lists.classes import describe_class
from kg.lists.facets import DAYS, FACETS, filter_terms
from kg.lists.identifiers import TermOrSource
from kg.lists.items import ListItem
from kg.lists.listing import PAGE_SIZE, Listing, list_things
from kg.lists.places import MapPlace, map_places
from kg.lists.search import SearchHit, search_facets, search_things
from kg.terms.completion import CLASS
from web import urls
from web.drawing.map.layout import map_layout
from web.drawing.map.territories import insets, territories, territory_of
from web.drawing.map.view import world_view
from web.pages.query_string import (
    read_choice,
    read_filters,
    read_number,
    read_page_number,
    require_page,
)
from web.request.hosts import root
from web.request.negotiate import HTML
from web.request.offers import wanted
from web.serving.current_build import store

bp = Blueprint("lists", __name__)

_SUGGESTED = 10
_MOMENTS = 100
_POINTS = 400
_ORDERS = ("name", "day", "degree")
# What lists read of an address; a page repeats no other part of its own in links.
_READ = {*FACETS, *DAYS, "q", "order", "as", "limit", "format", "view"}


@bp.get("/class/<name>")
def show_class(name: str) -> Response:
    """List the things of a class."""
    found, known = describe_class(store(), name), read_filters()
    order = read_choice("order", _ORDERS)
    whole = Narrowing((("class", found.term.iri),))
    asked = {"class": NamedNode(found.term.iri), **filter_terms(known)}
    return _answer(
        "class.html",
        list_things(store(), known, whole, order, read_page_number()),
        found=found,
        order=order,
        whole=index(store()).count(whole),
        question=urls.filtered_query_path("members", asked),
    )


@bp.get("/search")
def show_search() -> Response:
    """Find things by name."""
    asked = request.args.get("q", "").strip()
    limit = min(read_number("limit", PAGE_SIZE), PAGE_SIZE)
    filters = read_filters()
    found = search_things(store(), asked, limit, filters, read_page_number())
    require_page(found.pages)
    if wanted() != HTML:
        return jsonify(
            query=asked,
            total=found.total,
            page=found.page,
            pages=found.pages,
            near=found.approximate,
            references=[_referred(one) for one in found.references],
            results=[_found(hit) for hit in found.hits],
        )
    counts = search_facets(store(), found, filters)
    return make_response(render_template("search.html", asked=asked, found=found, counts=counts))


@bp.get("/timeline")
def show_timeline() -> Response:
    """Show what is dated, in order of time."""
    known = read_filters()
    shown = list_things(store(), known, Narrowing(dated=True), "day", read_page_number(), _MOMENTS)
    question = urls.filtered_query_path("dated", filter_terms(known))
    return _answer(
        "timeline.html",
        shown,
        question=question,
        calendar=urls.calendar_path(known),
        table=request.args.get("as") == "table",
    )


@bp.get("/map")
def show_map() -> Response:
    """Show what is somewhere: territories as areas, events and places as points."""
    known = read_filters()
    shown = list_things(
        store(), known, Narrowing(placed=True), "degree", read_page_number(), _MOMENTS
    )
    found = map_places(store(), known, _POINTS)
    areas = territories(found)
    layout = map_layout(world_view(found), found, areas)
    if wanted() != HTML:
        require_page(shown.pages)
        members = [_spot(spot) for spot in found]
        return jsonify(**_listed(shown), places=members, layout=layout.as_json())
    return _answer(
        "map.html",
        shown,
        places=found,
        layout=layout,
        insets=insets(areas),
        question=urls.filtered_query_path("placed", filter_terms(known)),
    )


@bp.get("/opensearch.xml")
def show_search_description() -> Response:
    """Describe the search to browsers (OpenSearch 1.1)."""
    answer = make_response(render_template("opensearch.xml", root=root(request.environ)))
    answer.mimetype = "application/opensearchdescription+xml"
    return answer


@bp.get("/suggest")
def suggest_names() -> Response:
    """Complete a name for a browser's own search field (OpenSearch Suggestions 1.1)."""
    asked = request.args.get("q", "").strip()
    found, here = search_things(store(), asked, _SUGGESTED), root(request.environ)
    answer = jsonify(
        [
            asked,
            [hit.item.thing.text for hit in found.hits],
            [hit.item.description for hit in found.hits],
            [here + urls.local_path(hit.item.thing.iri) for hit in found.hits],
        ]
    )
    answer.mimetype = "application/x-suggestions+json"
    return answer


def _answer(template: str, shown: Listing, **more: object) -> Response:
    require_page(shown.pages)
    if wanted() == HTML:
        return make_response(render_template(template, listing=shown, **more))
    return jsonify(**_listed(shown))


def _listed(shown: Listing) -> dict[str, object]:
    return {
        "total": shown.total,
        "page": shown.page,
        "pages": shown.pages,
        "results": [_record(item) for item in shown.items],
    }


def _record(item: ListItem) -> dict[str, object]:
    return {
        "iri": item.thing.iri,
        "label": item.thing.text,
        "lang": item.thing.language,
        "description": item.description,
        "classes": [known.iri for known in item.classes],
        "kinds": [known.text for known in item.classes],
        "status": item.thing.status,
        "earliest": item.earliest,
        "latest": item.latest,
        "day": item.day,
        "page": urls.local_path(item.thing.iri),
    }


def _found(hit: SearchHit) -> dict[str, object]:
    """Add the name that matched to a record, in pieces of which those asked for are true."""
    return _record(hit.item) | {
        "name": hit.name,
        "name_lang": hit.language,
        "pieces": hit.pieces,
    }


def _referred(found: TermOrSource) -> dict[str, object]:
    return {
        "iri": found.iri,
        "label": found.text,
        "kind": found.kind,
        "description": found.description,
        "page": reference_path(found),
    }


@bp.app_template_global()
def reference_path(found: TermOrSource) -> str:
    """Return the path of what a search refers to: of a class the list of its members."""
    return urls.class_path(found.iri) if found.kind == CLASS else urls.local_path(found.iri)


def _spot(spot: MapPlace) -> dict[str, object]:
    return {
        "iri": spot.place.iri,
        "label": spot.place.text,
        "longitude": spot.longitude,
        "latitude": spot.latitude,
        "kind": spot.principal_class,
        "total": spot.total,
        "things": [item.thing.iri for item in spot.items],
        "page": urls.local_path(spot.place.iri),
    }


@bp.app_template_global()
def list_address(change: Mapping[str, object]) -> str:
    """Return the address of the same list with some of its parameters changed or, if empty, gone.

    Unless the page is among them, the list starts from its first page again.
    """
    kept: dict[str, object] = {n: v for n, v in request.args.items() if n in _READ}
    kept.update(change)
    query = urlencode({name: value for name, value in kept.items() if value})
    return f"{request.path}?{query}" if query else request.path


@bp.app_template_global()
def territory(iri: str) -> object:
    """Return the outline of a territory and the view that shows it, or nothing."""
    return territory_of(iri)
