"""The description of the dataset (VoID), and the named queries as documents."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug.wrappers import Response

from kg.model.named_graphs import DESCRIPTION
from kg.pipeline.examples import example
from kg.things.rdf_export import export_graph
from web import urls
from web.cite.permalink import keep_build
from web.exports.table_response import is_table
from web.protocol.answer_files import named_answer_file
from web.request.negotiate import GRAPH_TYPES, HTML, content_type
from web.request.offered_types import wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response, with_access_here

bp = Blueprint("description", __name__)


@bp.get("/void")
@bp.get("/.well-known/void")
def send_description() -> Response:
    """Send the description of the dataset; redirect browsers to the page of its named graph.

    https://www.w3.org/TR/void/#well-known
    """
    media = wanted()
    if media == HTML:
        return redirect(urls.local_path(DESCRIPTION.value), 303)
    statements = export_graph(store(), DESCRIPTION.value, media)
    return graph_response(with_access_here(statements), media)


@bp.get("/query/<name>")
def send_named_query(name: str) -> Response:
    """Send a named query as SPARQL, its description as RDF, or its answer as a table.

    Browsers are redirected to the page of its answer.
    """
    media = wanted()
    if is_table(media):
        return named_answer_file(name, media)
    text, description = example(store(), name)
    if media == HTML:
        return redirect(keep_build(urls.query_path(text)), 303)
    if media in GRAPH_TYPES.values():
        return graph_response(description, media)
    return Response(text, content_type=content_type(media))
