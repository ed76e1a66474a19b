"""The SPARQL 1.1 Protocol for everybody, and a page to ask from for a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import Blueprint, Response, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, Forbidden, LengthRequired, UnsupportedMediaType
from werkzeug.wrappers import Response as Answer

from kg.ask import panel, questions
from kg.errors import QueryError
from kg.guard import guard
from web import urls
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
    content_type,
)

bp = Blueprint("sparql", __name__)

QUERY, UPDATE = "application/sparql-query", "application/sparql-update"
FORM = "application/x-www-form-urlencoded"
DEFAULT_GRAPH, NAMED_GRAPH = "default-graph-uri", "named-graph-uri"
OFFERS = RESULT_TYPES | GRAPH_TYPES | {"html": HTML}

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

    @property
    def graphs(self) -> list[tuple[str, str]]:
        """Return the parameters that name the dataset, for links that ask it again."""
        return [
            *((DEFAULT_GRAPH, iri) for iri in self.default_graphs),
            *((NAMED_GRAPH, iri) for iri in self.named_graphs),
        ]


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
    return Response(body, content_type=content_type(media))


def _read() -> Request:
    """Read the operation from the URL, a form or the body, as the protocol's table says."""
    if request.method != "POST":
        return _fields(request.args)
    if request.content_length is None:
        raise LengthRequired("say how long the body is: send a Content-Length")
    if request.mimetype == FORM:
        return _fields(request.values)
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
        fields.getlist(DEFAULT_GRAPH),
        fields.getlist(NAMED_GRAPH),
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
        skeleton=panel("skeleton").partition("\n")[2],
        asked=asked,
        table=table,
        error=error,
        questions=questions(),
        formats=GRAPH_TYPES if table and table.kind == "graph" else RESULT_TYPES,
        title=_title(query),
    )
    return make_response(page, status)


def _title(query: str) -> str:
    """Return the words of a question of ours, if the query is one."""
    known = (q.title for q in questions() if urls.question_text(q).strip() == query.strip())
    return next(known, "")
