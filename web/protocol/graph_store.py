"""The SPARQL 1.1 Graph Store HTTP Protocol, for reading; graphs are built, not written to.

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
from kg.statements.rdf_export import export_graph, graph_names
from web.protocol.dumps import compressed_dump
from web.request.offers import wanted
from web.serving.current_build import store
from web.serving.graph_response import graph_response

bp = Blueprint("graph_store", __name__)

READ_ONLY = (
    "graphs are not written to here: they are built from files that people review; to contribute, "
    "change the files under kg/ in the repository, and to serve data of your own with ours, give "
    "it to kg build --add"
)
_WRITING = ("PUT", "POST", "DELETE", "PATCH")
_GRAPHS = ("/graph-store", "/graph/", "/source/", "/claim/")


@bp.get("/graph-store")
def read_graph() -> Response:
    """Send the graph named by `?graph=IRI`, or the default graph (`?default`)."""
    graphs, default = request.args.getlist("graph"), "default" in request.args
    if len(graphs) + default != 1:
        raise BadRequest("say which graph: either ?graph=IRI, once, or ?default")
    media = wanted()
    if default:
        form = graph_format(media)
        name = form.name if form and form.name not in {"trig", "nq"} else "nt"
        kind = media if form and form.name == name else "application/n-triples"
        return compressed_dump(name, kind)
    iri = _absolute(graphs[0])
    known = graph_names(store())
    if iri not in known:
        raise NotFound(f"graph {iri}", difflib.get_close_matches(iri, known, n=3))
    return graph_response(export_graph(store(), iri, media, alone=True), media)


@bp.before_app_request
def refuse_writing() -> None:
    """Refuse to change a graph, wherever it is read, and say how it is changed."""
    if request.method in _WRITING and request.path.startswith(_GRAPHS):
        raise Forbidden(READ_ONLY)


def _absolute(said: str) -> str:
    """Return a graph's IRI; one that is relative is so to our base, not to the host asked."""
    iri = said if "://" in said else urljoin(BASE, said.removeprefix("/"))
    try:
        return NamedNode(iri).value
    except ValueError as error:
        raise BadRequest(f"“{said}” is not the IRI of a graph") from error
