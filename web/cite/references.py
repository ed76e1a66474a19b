"""How to cite what an address shows: as a page, or as a file for reference managers.

The address is that of the page with `/cite` before it: `/cite/page/japan`, `/cite/page/japan.bib`.
"""

from __future__ import annotations

from collections.abc import Callable

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response

from kg.model.errors import NotFound
from kg.references.formats import REFERENCE_FORMATS
from kg.references.plain_text import plain_parts
from kg.references.reference import Reference
from kg.statements.citable.references import (
    answer_reference,
    named_answer_reference,
    sentence_reference,
    source_reference,
    statement_reference,
    thing_reference,
)
from kg.statements.citable.statement_account import StatementAccount, statement_account
from kg.statements.documents import SourceDocument, find_document
from kg.statements.sentences import Sentence, find_sentence, original_links
from web.cite.list_notes import list_notes
from web.cite.permalink import edition, permalink
from web.request.hosts import root
from web.request.negotiate import HTML, content_type
from web.request.offered_types import wanted
from web.root_path import root_path
from web.serving.current_build import store

bp = Blueprint("references", __name__)
bp.add_app_template_filter(plain_parts)
bp.add_app_template_global(list_notes)


@bp.get("/cite/<path:cited>")
def show_reference(cited: str) -> Response:
    """Show how to cite a page, or send the reference in the format of the extension."""
    name, _, extension = cited.rpartition(".")
    named = extension in REFERENCE_FORMATS
    media = REFERENCE_FORMATS[extension].media_type if named else wanted()
    page = name if named else cited
    reference = _reference(page)
    if media != HTML:
        return _file(reference, media)
    return make_response(_render(page, reference))


@bp.app_template_global()
def cite_path(path: str) -> str:
    """Return the path of the page that says how to cite the page at a path within the site."""
    return f"{root_path().pages}/cite{path}"


@bp.app_template_global()
def cite_thing(slug: str) -> Reference:
    """Return the reference to the page of a thing."""
    return thing_reference(store(), slug, edition())


@bp.app_template_global()
def cite_statement(account: StatementAccount) -> Reference:
    """Return the reference to a statement."""
    return statement_reference(store(), account, edition())


@bp.app_template_global()
def cite_source(document: SourceDocument, sentence: Sentence | None = None) -> Reference:
    """Return the reference to a source or one of its sentences."""
    if sentence is None:
        return source_reference(document, edition())
    return sentence_reference(store(), document, sentence, edition())


@bp.app_template_global()
def originals(sentence: Sentence) -> tuple[str, ...]:
    """Return links that open a sentence in its original."""
    return original_links(store(), sentence)


@bp.app_template_global()
def cite_answer(query: str) -> Reference:
    """Return the reference to the answer to a query."""
    return answer_reference(store(), query, edition())


def _reference(page: str) -> Reference:
    """Return the reference to the page at a path; NotFound if pages there are not cited."""
    kind, _, name = page.partition("/")
    if kind not in _CITED:
        raise NotFound(f"page at /{page[:80]} that is cited; {', '.join(_CITED)} are")
    return _CITED[kind](name)


def _cite_page(slug: str) -> Reference:
    return cite_thing(slug)


def _cite_key(key: str) -> Reference:
    return cite_statement(statement_account(store(), key))


def _cite_source(path: str) -> Reference:
    name, _, locator = path.partition("/")
    document = find_document(store(), name)
    return cite_source(document, find_sentence(store(), document, locator) if locator else None)


def _cite_named_query(name: str) -> Reference:
    return named_answer_reference(store(), name, edition())


def _cite_query(_: str) -> Reference:
    query = request.args.get("query", "")
    if not query.strip():
        raise NotFound("query in this address; add query=")
    return cite_answer(query)


# By the first part of the path of the page.
_CITED: dict[str, Callable[[str], Reference]] = {
    "page": _cite_page,
    "statement": _cite_key,
    "source": _cite_source,
    "query": _cite_named_query,
    "sparql": _cite_query,
}


def _file(reference: Reference, media: str) -> Response:
    extension = next(n for n, form in REFERENCE_FORMATS.items() if form.media_type == media)
    body = REFERENCE_FORMATS[extension].write(reference)
    response = Response(body, content_type=content_type(media))
    # CSL is the ending of style files; what reads items expects JSON.
    ending = "json" if extension == "csl" else extension
    response.headers["Content-Disposition"] = f'inline; filename="{reference.key}.{ending}"'
    return response


def _render(page: str, reference: Reference) -> str:
    query = request.query_string.decode() if page == "sparql" else ""
    path = f"/{page}?{query}" if query else f"/{page}"
    return render_template(
        "cite.html",
        reference=reference,
        # Complete, as it is there to be copied.
        permalink=root(request.environ) + permalink(path),
        page=root_path().pages + path,
        formats={
            name: (form.label, form.write(reference).decode())
            for name, form in REFERENCE_FORMATS.items()
        },
        base=f"{root_path().pages}/cite/{page}",
        query=f"?{query}" if query else "",
    )
