"""Sources and their sentences: where each is found and what it supports."""

from __future__ import annotations

from flask import Blueprint, make_response, render_template
from werkzeug.wrappers import Response

from kg.statements.documents import SourceDocument, documents_by_iri, find_document
from kg.statements.rdf_export import export_sentence, export_source
from kg.statements.sentences import (
    describe_extent,
    document_sentences,
    find_sentence,
    reported_claims,
    supported_statements,
)
from kg.things.schema_org import describe_as_schema_org
from web.pages.query_string import read_page_number, require_page
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offers import wanted
from web.serving.current_build import kept, store
from web.serving.graph_response import graph_response

# A page shows so many sentences of a document.
SENTENCES_PER_PAGE = 200

bp = Blueprint("sources", __name__)


@bp.get("/sources")
def show_sources() -> str:
    """List the documents that the graph cites."""
    known = documents_by_iri(store()).values()
    counted = [(one, describe_extent(store(), one)) for one in known]
    return render_template("sources.html", sources=counted, formats=DATA_TYPES)


@bp.get("/source/<name>")
def show_source(name: str) -> Response:
    """Show a document's sentences by their places and what each supports, or send its record."""
    found = find_document(store(), name)
    media = wanted()
    if media != HTML:
        return graph_response(export_source(store(), found.iri, media), media)
    pages = max(1, -(-len(document_sentences(store(), found.iri)) // SENTENCES_PER_PAGE))
    require_page(pages)
    page = read_page_number()
    return make_response(kept(f"{found.iri} {page}", lambda: _page(found, page, pages)))


@bp.get("/source/<name>/<locator>")
def show_sentence(name: str, locator: str) -> Response:
    """Show one sentence's place and what it supports, or send it as data."""
    document = find_document(store(), name)
    found = find_sentence(store(), document, locator)
    media = wanted()
    if media != HTML:
        return graph_response(export_sentence(store(), found.iri, media), media)
    order = document_sentences(store(), document.iri)
    place = order.index(found)
    page = render_template(
        "sentence.html",
        sentence=found,
        source=document,
        statements=supported_statements(store(), found.iri),
        claims=reported_claims(store(), found.iri),
        previous=order[place - 1] if place else None,
        following=order[place + 1] if place + 1 < len(order) else None,
        formats=DATA_TYPES,
    )
    return make_response(page)


def _page(source: SourceDocument, page: int, pages: int) -> str:
    shown = document_sentences(store(), source.iri)[
        SENTENCES_PER_PAGE * (page - 1) : SENTENCES_PER_PAGE * page
    ]
    return render_template(
        "source.html",
        source=source,
        sentences=shown,
        counted=describe_extent(store(), source),
        supported={one.iri: supported_statements(store(), one.iri) for one in shown},
        page=page,
        more=page < pages,
        formats=DATA_TYPES,
        described=describe_as_schema_org(store(), source.iri),
    )
