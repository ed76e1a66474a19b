"""Statements as an HTTP response, whichever page or protocol they are requested from."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from flask import request
from pyoxigraph import BlankNode, NamedNode, Quad, Triple
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.model.formats import graph_format, write
from kg.model.prefixes import BASE, node
from kg.pipeline.describe import SERVICE
from kg.terms.literals import text
from kg.things.rdf_export import ExportedRDF
from web.request.hosts import root
from web.request.negotiate import content_type

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

# https://www.w3.org/TR/void/#access, https://www.w3.org/TR/vocab-dcat-3/#Class:Distribution
_ACCESS = frozenset(
    node(name)
    for name in (
        *("sd:endpoint", "void:sparqlEndpoint", "void:dataDump", "void:uriLookupEndpoint"),
        *("dcat:accessURL", "dcat:downloadURL", "dcat:endpointURL", "dcat:endpointDescription"),
        "dcat:landingPage",
    )
)


def graph_response(statements: ExportedRDF, media: str) -> Response:
    """Return statements in a media type of `kg.model.formats`, with a link to their licence.

    NotFound if no format has the media type.
    """
    form = graph_format(media)
    if form is None:
        raise NotFound(f"format for {media}")
    response = Response(write(statements, form), content_type=content_type(media))
    response.headers.add("Link", f'<{LICENCE}>; rel="license"')
    return response


def with_access_here(statements: ExportedRDF) -> ExportedRDF:
    """Return the statements of a description with the site's addresses for access.

    Names are canonical on every site (`https://w3id.org/aide-memoire/…`), but what is to be asked
    or downloaded must be where it answers. Addresses of other datasets stay as they are.
    """
    here = root(request.environ) + "/"
    # None for triples; else each graph that holds the description.
    graphs = {each.graph_name if isinstance(each, Quad) else None: None for each in statements}
    service = [
        Quad(*terms, graph) if graph else Triple(*terms)
        for graph in graphs
        for terms in _service(here)
    ]
    # One of the two kinds, as they came.
    return cast("ExportedRDF", [*(_at(here, each) for each in statements), *service])


def _service(here: str) -> Iterator[tuple[BlankNode, NamedNode, NamedNode]]:
    """Describe the endpoint by a blank node too: by a name elsewhere clients do not recognise it.

    Comunica takes a document for an endpoint if it has a service that is blank or the document.
    """
    service = BlankNode("service")
    yield service, node("owl:sameAs"), SERVICE
    yield service, node("sd:endpoint"), NamedNode(f"{here}sparql")
    yield service, node("rdfs:seeAlso"), NamedNode(f"{here}void")


def _at(here: str, statement: Triple | Quad) -> Triple | Quad:
    value = statement.object
    ours = isinstance(value, NamedNode) and value.value.startswith(BASE)
    if not (ours and statement.predicate in _ACCESS):
        return statement
    address = NamedNode(here + text(value).removeprefix(BASE))
    if isinstance(statement, Quad):
        return Quad(statement.subject, statement.predicate, address, statement.graph_name)
    return Triple(statement.subject, statement.predicate, address)
