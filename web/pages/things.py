"""Things: the redirect from an identifier, the page, the lists behind it, the data."""

from __future__ import annotations

from flask import Blueprint, redirect, render_template
from werkzeug.urls import iri_to_uri
from werkzeug.wrappers import Response

from kg.added_data.added_statements import added_data
from kg.lists.places import thing_places
from kg.model.errors import NotFound
from kg.model.prefixes import THING
from kg.statements.property_statements import property_statements
from kg.terms.slugs import content_node, thing_node
from kg.things.entity import read_entity
from kg.things.panel_declarations import panel_queries
from kg.things.panels import panel_answers
from kg.things.rdf_export import export_claim_content, export_thing, graph_names
from kg.things.schema_org import describe_as_schema_org
from web import urls
from web.cite.permalink import keep_build
from web.drawing.map.layout import map_layout
from web.drawing.map.territories import territory_of
from web.drawing.map.view import region_view
from web.drawing.timeline.tenures import scale
from web.pages.moments import moments
from web.pages.thing_sections import percent, thing_sections
from web.request.negotiate import DATA_TYPES, GRAPH_TYPES, HTML, PAGE_TYPES
from web.request.offered_types import wanted
from web.request.query_string import read_page_number
from web.serving.current_build import cached_page, store
from web.serving.graph_response import graph_response

# Page queries of the sections that any page may have; panels add theirs.
PAGE_QUERIES = {
    "key-facts-of",
    *("outgoing", "incoming", "content", "claimed", "place", "neighbourhood", "derived"),
    *("stated-variants", "other-datasets", "added-data"),
}

bp = Blueprint("things", __name__)
bp.add_app_template_filter(scale, "scale")
bp.add_app_template_filter(moments)
bp.add_app_template_filter(percent)


@bp.get("/id/<path:slug>")
def redirect_to_thing(slug: str) -> Response:
    """Redirect (303) from a thing's identifier to its page or its data, by content negotiation.

    A thing is not a document: https://www.w3.org/TR/cooluris/
    """
    thing_node(store(), slug)
    media = wanted()
    # A redirect to the extension of the type that was negotiated: it is negotiated once.
    extension = next(name for name, offer in PAGE_TYPES.items() if offer == media)
    target = urls.data_path(slug, extension) if media != HTML else urls.page_path(slug)
    return redirect(keep_build(target), 303)


@bp.get("/page/<path:slug>")
def show_thing(slug: str) -> str:
    """Show the sections of a thing's page, each statement with its sources."""
    return cached_page(f"page {slug}", lambda: _render_thing(slug))


@bp.get("/page/<path:slug>/question/<name>")
def open_panel_query(slug: str, name: str) -> Response:
    """Redirect to the query page with the query of a section, about this thing."""
    thing_node(store(), slug)
    if name not in PAGE_QUERIES | panel_queries(store()):
        raise NotFound(f"question called {name} on the page of {slug}")
    return redirect(urls.filled_query_path(name, "thing", THING + slug), 303)


@bp.get("/page/<path:slug>/panel/<name>")
def show_panel_results(slug: str, name: str) -> str:
    """List every row of a panel, of which the thing's page shows the first."""
    results = panel_answers(store(), slug, name, read_page_number())
    return render_template("panel_results.html", listed=results)


@bp.get("/page/<path:slug>/<any(of, to):direction>/<name>")
def show_property_statements(slug: str, direction: str, name: str) -> str:
    """List every statement of one property with the thing as subject (`of`) or object (`to`)."""
    results = property_statements(store(), slug, name, direction == "of", read_page_number())
    return render_template("property_statements.html", listed=results)


@bp.get("/data/<path:name>")
def send_thing_data(name: str) -> Response:
    """Send a thing's statements as RDF, in the format of the extension."""
    slug, _, extension = name.rpartition(".")
    if extension not in DATA_TYPES:
        raise NotFound(f"data called {name}; the formats are {', '.join(DATA_TYPES)}")
    media = DATA_TYPES[extension]
    response = graph_response(export_thing(store(), slug, media), media)
    response.headers.add("Link", f'<{iri_to_uri(THING + slug)}>; rel="describes"')
    # Formats for triples leave out what a claim says, which is in a named graph; this leads there.
    if extension in GRAPH_TYPES and content_node(slug).value in graph_names(store()):
        response.headers.add("Link", f'<{urls.content_path(slug)}>; rel="related"')
    return response


@bp.get("/claim/<path:slug>")
def redirect_to_claim(slug: str) -> Response:
    """Redirect (303) from a claim's address to the thing that the claim is."""
    # Raises NotFound for a thing that is no claim.
    export_claim_content(store(), slug, DATA_TYPES["nq"])
    return redirect(urls.thing_path(slug), 303)


@bp.get("/claim/<path:slug>/content")
def send_claim_content(slug: str) -> Response:
    """Send the statements that a claim makes as RDF; redirect browsers to the claim's page."""
    media = wanted()
    content = export_claim_content(store(), slug, media)
    # After the export, so that a thing that is no claim is 404 in every type.
    if media == HTML:
        return redirect(f"{urls.page_path(slug)}#claimed", 303)
    return graph_response(content, media)


def _render_thing(slug: str) -> str:
    entity = read_entity(store(), slug)
    spots = thing_places(store(), entity.thing.iri)
    added = added_data(store(), entity.thing.iri)
    lead = "".join(piece.text for piece in entity.lead)
    return render_template(
        "thing.html",
        entity=entity,
        sections=thing_sections(entity, spots, added),
        added=added,
        formats=DATA_TYPES,
        structured_data=describe_as_schema_org(store(), entity.thing.iri, lead),
        spots=spots,
        map=map_layout(region_view(spots), spots),
        area=territory_of(spots[0].place.iri) if len(spots) == 1 else None,
    )
