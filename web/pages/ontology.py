"""The ontology: a reference to read, or the OWL itself."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.prefixes import GRAPH
from kg.statements.rdf_export import export_graph
from kg.terms.reference import ontology_reference
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offers import wanted
from web.serving.current_build import kept, store
from web.serving.graph_response import graph_response

bp = Blueprint("ontology", __name__)

_GRAPH = GRAPH + "ontology"


@bp.get("/ontology")
def show_ontology() -> Response:
    """Show the reference to a reader, send the graph to a program."""
    media = wanted()
    if media != HTML:
        return graph_response(export_graph(store(), _GRAPH, media), media)
    return make_response(kept("ontology", _page))


@bp.get("/ontology.<extension>")
def send_ontology(extension: str) -> Response:
    """Send the ontology in the format of the extension."""
    if extension not in DATA_TYPES:
        raise NotFound(f"ontology as {extension}; the formats are {', '.join(DATA_TYPES)}")
    media = DATA_TYPES[extension]
    return graph_response(export_graph(store(), _GRAPH, media), media)


def _page() -> str:
    return render_template(
        "ontology.html", ontology=ontology_reference(store()), formats=DATA_TYPES
    )
