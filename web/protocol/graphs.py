"""Named graphs: the ontology, the entities, the links, the inferred statements."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.prefixes import GRAPH
from kg.things.rdf_export import (
    MOST_STATEMENTS,
    count_statements,
    export_graph,
    graph_names,
)
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offered_types import wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("graphs", __name__)


@bp.get("/graph/<path:name>")
def show_graph(name: str) -> Response:
    """Send a named graph as RDF, or show its size and formats as a page."""
    complete = store().complete
    names = [iri.removeprefix(GRAPH) for iri in graph_names(complete) if iri.startswith(GRAPH)]
    if name not in names:
        raise NotFound(f"graph called {name}", sorted(names), name)
    media = wanted()
    if media != HTML:
        return graph_response(export_graph(complete, GRAPH + name, media), media)
    count = count_statements(complete, GRAPH + name)
    return make_response(
        render_template(
            "graph.html",
            name=name,
            iri=GRAPH + name,
            # The count stops one above the limit (`count_statements`).
            count=min(count, MOST_STATEMENTS),
            more=count > MOST_STATEMENTS,
            formats=DATA_TYPES,
        )
    )
