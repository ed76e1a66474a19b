"""The description of the dataset (VoID), and the named queries as documents."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from flask import Blueprint, redirect, request
from pyoxigraph import NamedNode, Triple
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.named_graphs import DESCRIPTION
from kg.model.prefixes import BASE, node
from kg.pipeline.describe import DATASET
from kg.pipeline.description_parts import PARTS, overview, part_pages
from kg.pipeline.examples import example
from kg.things.rdf_export import ExportedRDF, export_graph
from web import urls
from web.cite.permalink import keep_build
from web.exports.table_response import is_table
from web.protocol.answer_files import named_answer_file
from web.request.hosts import root
from web.request.negotiate import GRAPH_TYPES, HTML, content_type
from web.request.offered_types import wanted
from web.root_path import root_path
from web.serving.current_build import store
from web.serving.graph_response import graph_response, with_access_here

bp = Blueprint("description", __name__)

COMPLETE = "complete"
_DOCUMENT = NamedNode(BASE + "void")
# Relations of links to more of the description; https://www.iana.org/assignments/link-relations/
_ONWARD = frozenset(("section", "next"))


@bp.get("/void")
@bp.get("/.well-known/void")
def send_description() -> Response:
    """Send what the dataset is, with links to the parts of its description.

    https://www.w3.org/TR/void/#well-known
    """
    media = wanted()
    if media == HTML:
        return _to_page()
    links = [("section", _path(part)) for part in PARTS]
    return _send(with_access_here(overview(store())), media, links)


@bp.get(f"/void/<any({', '.join(PARTS)}):part>", defaults={"page": 1})
@bp.get(f"/void/<any({', '.join(PARTS)}):part>/<int:page>")
def send_part(part: str, page: int) -> Response:
    """Send a page of what the dataset has of a kind, with a link to the next."""
    pages = part_pages(store(), part)
    if not 1 <= page <= len(pages):
        raise NotFound(f"page {page} of {part}; there are {len(pages)}")
    media = wanted()
    if media == HTML:
        return _to_page()
    links = [("up", _path())]
    if page > 1:
        links.append(("prev", _path(part, page - 1)))
    if page < len(pages):
        links.append(("next", _path(part, page + 1)))
    return _send(pages[page - 1], media, links)


@bp.get("/void/complete")
def send_complete_description() -> Response:
    """Send all that the build says of itself, in the graph that holds it."""
    media = wanted()
    if media == HTML:
        return _to_page()
    statements = export_graph(store(), DESCRIPTION.value, media)
    return graph_response(with_access_here(statements), media)


def _path(part: str = "", page: int = 1) -> str:
    return "/".join(filter(None, ("void", part, str(page) if page > 1 else "")))


def _to_page() -> Response:
    return redirect(urls.local_path(DESCRIPTION.value), 303)


def _send(triples: ExportedRDF, media: str, links: Sequence[tuple[str, str]]) -> Response:
    """Send a part, and say what leads on: in headers, and in RDF for clients that follow it.

    Formats for quads have it in the default graph; graph:description is in the complete document.
    """
    here = root(request.environ)
    onward = [
        Triple(DATASET, node("rdfs:seeAlso"), NamedNode(f"{here}/{path}"))
        for relation, path in links
        if relation in _ONWARD
    ]
    complete = NamedNode(f"{here}/{_path(COMPLETE)}")
    whole = Triple(_DOCUMENT, node("dcterms:isPartOf"), complete)
    response = graph_response(cast("ExportedRDF", [*triples, *onward, whole]), media)
    for relation, path in links:
        response.headers.add("Link", f'<{root_path().prefix}/{path}>; rel="{relation}"')
    return response


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
