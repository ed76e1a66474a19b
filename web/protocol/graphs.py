"""Named graphs as data: the ontology, the entities, the links, what is inferred."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.formats import graph_format, write
from kg.model.prefixes import GRAPH
from kg.statements.rdf_export import (
    MOST_STATEMENTS,
    ExportedRDF,
    count_statements,
    export_graph,
    graph_names,
)
from web.request.negotiate import DATA_TYPES, HTML, content_type
from web.request.offers import wanted
from web.serving.graph import store

bp = Blueprint("graphs", __name__)

LICENCE = "https://creativecommons.org/licenses/by/4.0/"


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


def graph_response(statements: ExportedRDF, media: str) -> Response:
    """Answer with statements in a media type of `kg.model.formats`, for everybody."""
    form = graph_format(media)
    if form is None:
        raise NotFound(f"format for {media}")
    answer = Response(write(statements, form), content_type=content_type(media))
    answer.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return answer
