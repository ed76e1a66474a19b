"""The SPARQL 1.1 Graph Store HTTP Protocol, read only: graphs change only by a build.

https://www.w3.org/TR/sparql11-http-rdf-update/
"""

from __future__ import annotations

import difflib
from urllib.parse import urljoin

from flask import Blueprint, request
from pyoxigraph import NamedNode
from werkzeug.exceptions import BadRequest, Forbidden
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.formats import graph_format
from kg.model.prefixes import BASE
from kg.things.rdf_export import export_graph, graph_names
from web.releases.dumps import complete_dump
from web.request.current_request import current_request
from web.request.offered_types import wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("graph_store", __name__)

READ_ONLY = (
    "graphs are read-only: they are built from reviewed files; to contribute, change the files "
    "under kg/ in the repository; to add data of your own to your server, use kg build --add"
)
_WRITING = ("PUT", "POST", "DELETE", "PATCH")
# Addresses of graphs, for the protocol allows writing to a graph's IRI as well (section 4.1).
_GRAPHS = ("/graph-store", "/graph/", "/source/", "/claim/")


@bp.get("/graph-store")
def read_graph() -> Response:
    """Send the graph named by `?graph=IRI`, or the default graph (`?default`)."""
    graphs, default = request.args.getlist("graph"), "default" in request.args
    if len(graphs) + default != 1:
        raise BadRequest("name one graph: ?graph=IRI, or ?default for the default graph")
    media = wanted()
    if default:
        # TriG and N-Quads would hold the named graphs too; N-Triples holds just this one.
        form = graph_format(media)
        name = form.name if form and form.name not in {"trig", "nq"} else "nt"
        kind = media if form and form.name == name else "application/n-triples"
        return complete_dump(name, kind)
    iri = _absolute(graphs[0])
    names = graph_names(store().complete)
    if iri not in names:
        raise NotFound(f"graph {iri}", difflib.get_close_matches(iri, names, n=3))
    # Alone: the protocol returns one graph, so quads must not repeat it in the default graph.
    return graph_response(export_graph(store().complete, iri, media, alone=True), media)


@bp.before_app_request
def refuse_writing() -> None:
    """Refuse writing to any address of a graph, and say how graphs are changed."""
    current = current_request()
    # Before Flask answers 405, which would not say how to contribute.
    if current.method in _WRITING and current.path.startswith(_GRAPHS):
        raise Forbidden(READ_ONLY)


def _absolute(iri: str) -> str:
    """Return a graph's IRI, resolving a relative one against the canonical base, not the host."""
    resolved = iri if "://" in iri else urljoin(BASE, iri.removeprefix("/"))
    try:
        return NamedNode(resolved).value
    except ValueError as error:
        raise BadRequest(f"“{iri}” is not the IRI of a graph") from error
