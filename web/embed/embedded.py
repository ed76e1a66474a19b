"""Timeline, map, network and statement for frames of other sites, and the code that frames them."""

from __future__ import annotations

from urllib.parse import urlencode

from flask import Blueprint, render_template, request

from kg.index.thing_filter import ThingFilter
from kg.lists.listing import list_things
from kg.lists.places import map_places
from kg.model.prefixes import BASE
from kg.model.translations import format_names
from kg.network.nodes import principal_classes
from kg.statements.citable.statement_account import statement_account
from web import urls
from web.drawing.map.layout import map_layout
from web.drawing.map.territories import territories
from web.drawing.map.view import world_view
from web.embed.embeddable import embeddable
from web.pages.lists import ENTRIES_PER_PAGE, PLACES_ON_MAP
from web.pages.network import drawn_network
from web.pages.timeline_items import draw_list
from web.request.query_string import read_filters, read_page_number, require_page
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("embedded", __name__)


@bp.get("/embed/timeline")
def embed_timeline() -> str:
    """Show the entries of the timeline with the same parameters."""
    filters, page = read_filters(store()), read_page_number()
    dated = ThingFilter(dated=True)
    listing = list_things(store(), filters, dated, "day", page, ENTRIES_PER_PAGE)
    require_page(listing.pages)
    return render_template(
        "embed/timeline.html",
        page=_page("/timeline"),
        listing=listing,
        drawn=draw_list(store(), filters, listing),
        kinds=principal_classes(store()),
    )


@bp.get("/embed/map")
def embed_map() -> str:
    """Show the map with the same parameters."""
    places = map_places(store(), read_filters(store()), PLACES_ON_MAP)
    layout = map_layout(world_view(places), places, territories(places))
    return render_template("embed/map.html", page=_page("/map"), layout=layout)


@bp.get("/embed/network")
def embed_network() -> str:
    """Show the network with the same parameters."""
    network, drawing = drawn_network()
    return render_template(
        "embed/network.html",
        page=_page("/network"),
        network=network,
        around=format_names([network.names[slug].text for slug in network.focus]),
        drawing=drawing,
        groups=principal_classes(store()),
    )


@bp.get("/embed/statement/<key>")
def embed_statement(key: str) -> str:
    """Show a statement with its sentences."""
    account = statement_account(store(), key)
    return render_template("embed/statement.html", page=urls.statement_path(key), account=account)


@bp.get("/embed")
def show_snippet() -> str:
    """Show the HTML by which another site embeds the page at `url`."""
    embedding = embeddable(request.args.get("url", ""))
    return render_template("embed.html", embedded=embedding)


@bp.app_template_global()
def embed_path(path: str) -> str:
    """Return the path of the page that says how to embed the page at a path within the site."""
    return f"{root_path().pages}/embed?{urlencode({'url': path})}"


@bp.app_template_global()
def oembed_path(path: str) -> str:
    """Return the path of what oEmbed says of the page at a path within the site."""
    # By its canonical name, so that the response is the same at every host.
    return f"{root_path().pages}/oembed?{urlencode({'url': BASE.rstrip('/') + path})}"


def _page(path: str) -> str:
    """Return the path of the page that an embedded one is made of, with its parameters."""
    query = request.query_string.decode("latin-1")
    return f"{root_path().pages}{path}" + (f"?{query}" if query else "")
