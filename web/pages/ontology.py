"""The ontology: its reference page, and its named graph in every RDF format."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.prefixes import GRAPH
from kg.terms.reference import ontology_reference
from kg.things.rdf_export import export_graph
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offered_types import wanted
from web.serving.current_build import cached_page, store
from web.serving.graph_response import graph_response

bp = Blueprint("ontology", __name__)

_GRAPH = GRAPH + "ontology"


@bp.get("/ontology")
def show_ontology() -> Response:
    """Show the reference as a page, or send the graph as RDF, by content negotiation."""
    media = wanted()
    if media != HTML:
        return graph_response(export_graph(store(), _GRAPH, media), media)
    # Cached per build: the page has an entry for every term of the ontology.
    return make_response(cached_page("ontology", _render_reference))


@bp.get("/ontology.<extension>")
def send_ontology(extension: str) -> Response:
    """Send the graph in the format of the extension; 404 if there is no such format."""
    if extension not in DATA_TYPES:
        raise NotFound(f"ontology as {extension}; the formats are {', '.join(DATA_TYPES)}")
    media = DATA_TYPES[extension]
    return graph_response(export_graph(store(), _GRAPH, media), media)


def _render_reference() -> str:
    reference = ontology_reference(store())
    return render_template("ontology.html", ontology=reference, formats=DATA_TYPES)
