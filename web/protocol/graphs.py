"""Named graphs as data: the ontology, the entities, the links, what is inferred."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.prefixes import GRAPH
from kg.statements.rdf_export import (
    MOST_STATEMENTS,
    count_statements,
    export_graph,
    graph_names,
)
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offers import wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("graphs", __name__)


@bp.get("/graph/<name>")
def show_graph(name: str) -> Response:
    """Send one of the graphs that make up the whole, or show a browser where to take it."""
    known = [i.removeprefix(GRAPH) for i in graph_names(store()) if i.startswith(GRAPH)]
    if name not in known:
        raise NotFound(f"graph called {name}", sorted(known), name)
    media = wanted()
    if media != HTML:
        return graph_response(export_graph(store(), GRAPH + name, media), media)
    counted = count_statements(store(), GRAPH + name)
    return make_response(
        render_template(
            "graph.html",
            name=name,
            iri=GRAPH + name,
            count=min(counted, MOST_STATEMENTS),
            more=counted > MOST_STATEMENTS,
            formats=DATA_TYPES,
        )
    )
