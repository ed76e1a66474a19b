"""Sources and their sentences: where each stands in its document, and the facts that cite it."""

from __future__ import annotations

from flask import Blueprint, jsonify, make_response, render_template, request
from werkzeug.wrappers import Response

from kg.lists.sources import SOURCE_FACETS, filter_sources
from kg.statements.documents import SourceDocument, documents_by_iri, find_document
from kg.statements.sentences import (
    describe_extent,
    document_sentences,
    find_sentence,
    reported_claims,
    supported_statements,
)
from kg.things.rdf_export import export_sentence, export_source
from kg.things.schema_org import describe_as_schema_org
from web.pages.list_records import sentence_record
from web.request.negotiate import DATA_TYPES, HTML
from web.request.offered_types import wanted
from web.request.query_string import read_page_number, require_page
from web.serving.current_build import cached_page, store
from web.serving.graph_response import graph_response

# Each sentence comes with all the statements that it supports.
SENTENCES_PER_PAGE = 200

bp = Blueprint("sources", __name__)


@bp.get("/sources")
def show_sources() -> str:
    """List the documents that the graph cites, with how many sentences of each are on record."""
    filters = {name: request.args[name] for name in SOURCE_FACETS if request.args.get(name)}
    documents = list(documents_by_iri(store()).values())
    selected, counts = filter_sources(documents, filters)
    return render_template(
        "sources.html",
        sources=[(document, describe_extent(store(), document)) for document in selected],
        counts=counts,
        number=len(documents),
        formats=DATA_TYPES,
    )


@bp.get("/source/<name>")
def show_source(name: str) -> Response:
    """Show a document's sentences with the facts that cite each, or send its metadata as RDF."""
    document = find_document(store(), name)
    media = wanted()
    if media != HTML:
        return graph_response(export_source(store(), document.iri, media), media)
    # Rounded up: -(-a // b). A document without sentences still has a page.
    pages = max(1, -(-len(document_sentences(store(), document.iri)) // SENTENCES_PER_PAGE))
    require_page(pages)
    page = read_page_number()
    html = cached_page(f"{document.iri} {page}", lambda: _render_source(document, page, pages))
    return make_response(html)


@bp.get("/source/<name>/record.json")
def send_record(name: str) -> Response:
    """Send the place, hash and ends of each sentence, for programs that compare a copy with them.

    The rule by which texts are hashed is that of `kg.citation.segment.normalise`.
    """
    document = find_document(store(), name)
    sentences = document_sentences(store(), document.iri)
    return jsonify(
        source=document.iri,
        title=document.title or document.label,
        language=next(iter(document.languages), ""),
        sentences=[sentence_record(sentence) for sentence in sentences],
    )


@bp.get("/source/<name>/<locator>")
def show_sentence(name: str, locator: str) -> Response:
    """Show where one sentence stands and the facts that cite it, or send these as RDF."""
    document = find_document(store(), name)
    sentence = find_sentence(store(), document, locator)
    media = wanted()
    if media != HTML:
        return graph_response(export_sentence(store(), sentence.iri, media), media)
    siblings = document_sentences(store(), document.iri)
    position = siblings.index(sentence)
    page = render_template(
        "sentence.html",
        sentence=sentence,
        source=document,
        statements=supported_statements(store(), [sentence.iri])[sentence.iri],
        claims=reported_claims(store(), sentence.iri),
        previous=siblings[position - 1] if position else None,
        following=siblings[position + 1] if position + 1 < len(siblings) else None,
        formats=DATA_TYPES,
    )
    return make_response(page)


def _render_source(source: SourceDocument, page: int, pages: int) -> str:
    start = SENTENCES_PER_PAGE * (page - 1)
    sentences = document_sentences(store(), source.iri)[start : start + SENTENCES_PER_PAGE]
    return render_template(
        "source.html",
        source=source,
        sentences=sentences,
        extent=describe_extent(store(), source),
        statements=supported_statements(store(), [s.iri for s in sentences]),
        page=page,
        more=page < pages,
        formats=DATA_TYPES,
        structured_data=describe_as_schema_org(store(), source.iri),
    )
