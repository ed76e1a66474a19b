"""Lists with filters: the members of a class, search results, the timeline and the map."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from flask import Blueprint, jsonify, make_response, render_template, request
from pyoxigraph import NamedNode
from werkzeug.wrappers import Response

from kg.exports.geojson import GEOJSON
from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.classes import describe_class
from kg.lists.facets import DAYS, FACETS, TWICE, filter_terms
from kg.lists.listing import PAGE_SIZE, Listing, count_undated, list_things
from kg.lists.places import map_places
from kg.lists.search import search_facets, search_things
from kg.lists.sources import SOURCE_FACETS
from kg.network.nodes import principal_classes
from web import urls
from web.ask.search_offers import search_offers
from web.drawing.map.layout import map_layout
from web.drawing.map.territories import insets, territories
from web.drawing.map.view import world_view
from web.exports.listing_file import listing_file, search_file
from web.exports.map_file import map_file
from web.exports.pictures.drawings import map_picture, timeline_picture
from web.exports.pictures.picture import is_picture, picture_response
from web.exports.table_response import is_table
from web.pages.list_records import (
    hit_record,
    listing_record,
    place_record,
    reference_path,
    reference_record,
)
from web.pages.timeline_items import draw_list
from web.request.hosts import root
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.request.query_string import (
    read_choice,
    read_filters,
    read_number,
    read_page_number,
    require_page,
)
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("lists", __name__)
bp.add_app_template_global(reference_path)

_SUGGESTIONS = 10
# With so many hits a search has probably found what it is for.
_FEW = 3
ENTRIES_PER_PAGE = 100
PLACES_ON_MAP = 400
_ENTRIES_PER_PAGE = 100
_ORDERS = ("name", "day", "degree")
# The parameters that lists read. Links to other pages of a list repeat no others, so that what a
# stranger adds to an address does not spread from page to page.
_PARAMETERS = {*FACETS, *DAYS, *SOURCE_FACETS, "q", "order", "as", "limit", "format", "view"}


@bp.get("/class/<name>")
def show_class(name: str) -> Response:
    """List the members of a class, by name, date or number of statements about them."""
    description, filters = describe_class(store(), name), read_filters(store())
    order = read_choice("order", _ORDERS)
    members = ThingFilter((("class", description.term.iri),))
    if is_table(wanted()):
        return listing_file(name, filters, members, order, PAGE_SIZE)
    query_terms = {"class": NamedNode(description.term.iri), **filter_terms(filters)}
    return _list_response(
        "class.html",
        list_things(store(), filters, members, order, read_page_number()),
        description=description,
        order=order,
        members=index(store()).count(members),
        query_path=urls.filtered_query_path("members", query_terms),
    )


@bp.get("/search")
def show_search() -> Response:
    """List the things whose names match `q`, and terms, sources and sentences of that name."""
    text = request.args.get("q", "").strip()
    # A client may ask for fewer hits than a page has, not for more.
    limit = min(read_number("limit", PAGE_SIZE), PAGE_SIZE)
    filters = read_filters(store())
    if is_table(wanted()):
        return search_file(text, limit, filters)
    results = search_things(store(), text, limit, filters, read_page_number())
    require_page(results.pages)
    if wanted() != HTML:
        return jsonify(
            query=text,
            total=results.total,
            page=results.page,
            pages=results.pages,
            near=results.approximate,
            references=[reference_record(reference) for reference in results.references],
            results=[hit_record(hit) for hit in results.hits],
        )
    counts = search_facets(store(), results, filters)
    page = render_template(
        "search.html",
        text=text,
        results=results,
        counts=counts,
        offers=search_offers(text, results),
    )
    return make_response(page)


@bp.get("/timeline")
def show_timeline() -> Response:
    """List everything that has a date, by date."""
    filters, page, dated = read_filters(store()), read_page_number(), ThingFilter(dated=True)
    if is_table(wanted()):
        return listing_file("timeline", filters, dated, "day", ENTRIES_PER_PAGE)
    listing = list_things(store(), filters, dated, "day", page, ENTRIES_PER_PAGE)
    undated = count_undated(store(), filters)
    require_page(listing.pages)
    drawn, kinds = draw_list(store(), filters, listing), principal_classes(store())
    if is_picture(wanted()):
        return picture_response(timeline_picture(drawn, kinds, _chosen(listing)), wanted())
    if wanted() != HTML:
        return jsonify(**listing_record(store(), listing), undated=undated)
    return _list_response(
        "timeline.html",
        listing,
        undated=undated,
        query_path=urls.filtered_query_path("dated", filter_terms(filters)),
        calendar=urls.calendar_path(filters),
        table=request.args.get("as") == "table",
        drawn=drawn,
        kinds=kinds,
    )


@bp.get("/map")
def show_map() -> Response:
    """Show everything that has a place: territories as areas, events and places as points."""
    filters, page = read_filters(store()), read_page_number()
    placed = ThingFilter(placed=True)
    if is_table(wanted()):
        return listing_file("map", filters, placed, "degree", ENTRIES_PER_PAGE)
    if wanted() == GEOJSON:
        return map_file(filters)
    listing = list_things(store(), filters, placed, "degree", page, ENTRIES_PER_PAGE)
    places = map_places(store(), filters, PLACES_ON_MAP)
    # On a world map a state is an area; a point would claim that things happened at its middle.
    areas = territories(places)
    layout = map_layout(world_view(places), places, areas)
    require_page(listing.pages)
    if is_picture(wanted()):
        return picture_response(map_picture(layout, _chosen(listing)), wanted())
    if wanted() != HTML:
        records = [place_record(place) for place in places]
        return jsonify(**listing_record(store(), listing), places=records, layout=layout.as_json())
    return _list_response(
        "map.html",
        listing,
        places=places,
        layout=layout,
        insets=insets(areas),
        query_path=urls.filtered_query_path("placed", filter_terms(filters)),
    )


@bp.get("/opensearch.xml")
def show_search_description() -> Response:
    """Describe the search to browsers (OpenSearch 1.1)."""
    response = make_response(render_template("opensearch.xml", site=root(request.environ)))
    response.mimetype = "application/opensearchdescription+xml"
    return response


@bp.get("/suggest")
def suggest_names() -> Response:
    """Complete a name in a browser's search field (OpenSearch Suggestions 1.1)."""
    text = request.args.get("q", "").strip()
    hits, here = search_things(store(), text, _SUGGESTIONS).hits, root(request.environ)
    response = jsonify(
        [
            text,
            [hit.item.thing.text for hit in hits],
            [hit.item.description for hit in hits],
            [here + urls.site_path(hit.item.thing.iri) for hit in hits],
        ]
    )
    response.mimetype = "application/x-suggestions+json"
    return response


def _chosen(listing: Listing) -> list[str]:
    """Return the filters of a list in words, for the heading of a picture."""
    return [choice.text for _, choice in listing.chosen]


def _list_response(template: str, listing: Listing, **context: object) -> Response:
    """Return a page of results as HTML or JSON; 404 past the last page."""
    require_page(listing.pages)
    if wanted() == HTML:
        return make_response(render_template(template, listing=listing, **context))
    return jsonify(**listing_record(store(), listing))


@bp.app_template_global()
def list_address(change: Mapping[str, object]) -> str:
    """Return the address of the current list with some parameters changed; empty ones are dropped.

    The page number is dropped too unless `change` has one: other filters give other pages.
    """
    args = request.args.lists()
    parameters: dict[str, object] = {name: values for name, values in args if name in _PARAMETERS}
    parameters.update(change)
    values = [(name, value) for name, one in parameters.items() for value in _several(one) if value]
    query = urlencode(values)
    path = root_path().pages + request.path
    return f"{path}?{query}" if query else path


@bp.app_template_global()
def narrower_address(name: str, value: str) -> str:
    """Return the address of the current list filtered by one value more."""
    others = request.args.getlist(name) if name == TWICE else []
    return list_address({name: [*others, value]})


@bp.app_template_global()
def wider_address(name: str, value: str) -> str:
    """Return the address of the current list without one value of a filter."""
    others = (other.strip() for other in request.args.getlist(name) if name == TWICE)
    return list_address({name: [other for other in others if other != value]})


def _several(value: object) -> list[object]:
    return list(dict.fromkeys(value)) if isinstance(value, list) else [value]
