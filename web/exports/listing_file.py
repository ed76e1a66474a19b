"""The rows of a list or search as a file: all of them, or the requested page."""

from __future__ import annotations

from collections.abc import Mapping

from flask import request
from werkzeug.wrappers import Response

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.lists.facets import apply_filters
from kg.lists.listing import list_things
from kg.lists.search import MOST_MATCHES, search_things
from web.exports.listing_table import listing_table, map_table
from web.exports.table_response import MOST_ROWS, TooManyRows, table_response
from web.request.offered_types import wanted
from web.request.query_string import read_page_number, require_page
from web.serving.current_build import store


def listing_file(
    title: str, filters: Mapping[str, str], base: ThingFilter, order: str, page_size: int
) -> Response:
    """Return the things in `base` that pass the filters of the address, in an order.

    With `page` in the address these are the rows of that page, as the list has them; without it,
    all. On a map each has a row for each of its places. TooManyRows if the things are more than a
    table holds; 404 past the last page.
    """
    paged, page = "page" in request.args, read_page_number()
    total = index(store()).count(apply_filters(base, filters))
    if total > MOST_ROWS and not paged:
        raise TooManyRows(total)
    size = page_size if paged else MOST_ROWS
    listing = list_things(store(), filters, base, order, page, size)
    require_page(listing.pages)
    write = map_table if base.placed else listing_table
    return table_response(write(store(), title, listing.items), wanted())


def search_file(text: str, limit: int, filters: Mapping[str, str]) -> Response:
    """Return the hits of a search in their order: those of the requested page, or all."""
    paged, page = "page" in request.args or "limit" in request.args, read_page_number()
    results = search_things(store(), text, limit if paged else MOST_MATCHES, filters, page)
    require_page(results.pages)
    hits = (hit.item for hit in results.hits)
    return table_response(listing_table(store(), "search", hits), wanted())
