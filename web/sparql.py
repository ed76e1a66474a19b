"""The SPARQL 1.1 Protocol for everybody, and a page to ask from for a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, Forbidden, UnsupportedMediaType
from werkzeug.wrappers import Response as Answer

from kg.ask import questions
from kg.errors import QueryError
from kg.guard import guard
from web.answer import answer, wrong
from web.errors import status_of
from web.graph import store
from web.negotiate import (
    GRAPH_TYPES,
    HTML,
    RESULT_TYPES,
    SPOKEN_ALSO,
    SPOKEN_OF_GRAPHS,
    choose,
)

bp = Blueprint("sparql", __name__)

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
OFFERS = RESULT_TYPES | GRAPH_TYPES | {"html": HTML}

# Cross-origin reading is harmless here: the graph is public and there is nothing to log in to.
_CORS = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Content-Type",
    "Access-Control-Expose-Headers": "ETag",
}
_READ_ONLY = (
    "this graph is not changed by update: it is built from files that people review; "
    "send a query instead"
)


@dataclass(frozen=True)
class Request:
    """A query operation of the protocol (2.1): the query and the dataset to ask."""

    query: str | None
    default_graphs: list[str]
    named_graphs: list[str]
    media: str


@bp.after_request
def allow_everybody(sent: Response) -> Response:
    """Let pages of other sites ask."""
    sent.headers.extend(_CORS)
    return sent


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Answer:
    """Answer a query in the format that the client takes; without one, show where to write it."""
    asked = _read()
    offers = OFFERS if _reads_pages(asked) else RESULT_TYPES | GRAPH_TYPES
    header = request.headers.get("Accept", "")
    if choose(offers, header, asked.media, SPOKEN_OF_GRAPHS | SPOKEN_ALSO) == HTML:
        return _page(asked)
    if asked.query is None:
        raise BadRequest(
            "there is no query: send it as ?query=…, as the field query of a form, or as the body "
            f"of a POST with Content-Type: {QUERY}"
        )
    guard(asked.query)
    media, body = store().execute(
        asked.query, _negotiate(asked), asked.default_graphs, asked.named_graphs
    )
    sent = Response(body, content_type=f"{media}; charset=utf-8")
    sent.vary.add("Accept")
    return sent


def _read() -> Request:
    """Read the operation from the URL, a form or the body, as the protocol's table says."""
    if request.method != "POST":
        return _fields(request.args)
    if request.mimetype == FORM:
        return _fields(request.form)
    if request.mimetype == UPDATE:
        raise Forbidden(_READ_ONLY)
    if request.mimetype != QUERY:
        raise UnsupportedMediaType(
            f"a query comes as {QUERY} or {FORM}, not as “{request.mimetype or 'nothing'}”"
        )
    try:
        query = request.get_data().decode()
    except UnicodeDecodeError as error:
        raise BadRequest(f"the query is not UTF-8 at byte {error.start}") from error
    return _fields(request.args, query)


def _fields(fields: MultiDict[str, str], body: str | None = None) -> Request:
    if "update" in fields:
        raise Forbidden(_READ_ONLY)
    queries = fields.getlist("query") + ([body] if body is not None else [])
    if len(queries) > 1:
        raise BadRequest("there is more than one query; send one at a time")
    return Request(
        queries[0] if queries else None,
        fields.getlist("default-graph-uri"),
        fields.getlist("named-graph-uri"),
        fields.get("format", ""),
    )


def _reads_pages(asked: Request) -> bool:
    """Tell whether the client names HTML; `*/*` alone means data."""
    return asked.media == "html" or "html" in request.headers.get("Accept", "")


def _negotiate(asked: Request) -> Callable[[bool], str]:
    """Return how to pick the media type once the engine knows what kind of answer it has."""
    header = request.headers.get("Accept", "")

    def accept(graph: bool) -> str:
        offers, also = (GRAPH_TYPES, SPOKEN_OF_GRAPHS) if graph else (RESULT_TYPES, SPOKEN_ALSO)
        return choose(offers, header, asked.media, also)

    return accept


def _page(asked: Request) -> Answer:
    """Show the text area with the query, and its answer or what is wrong with it."""
    query = (asked.query or "").replace("\r\n", "\n")
    table = error = None
    status = 200
    if query.strip():
        try:
            table = answer(store(), query, asked.default_graphs, asked.named_graphs)
        except QueryError as failure:
            error, status = wrong(query, failure), status_of(failure)
    page = render_template(
        "sparql.html",
        query=query,
        table=table,
        error=error,
        questions=questions(),
        formats=GRAPH_TYPES if table and table.kind == "graph" else RESULT_TYPES,
        title=next((q.title for q in questions() if q.text.strip() == query.strip()), ""),
    )
    sent = make_response(page, status)
    sent.vary.add("Accept")
    return sent
