"""The SPARQL 1.1 Protocol for everybody, and a page to ask from for a browser."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, current_app, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, Forbidden, LengthRequired, UnsupportedMediaType
from werkzeug.wrappers import Response as Answer

from kg.endpoint.guard import check_size
from kg.endpoint.request import NoAcceptableFormat, QueryRequest, QueryResult
from kg.model.errors import KGError
from kg.pipeline.describe import service_description
from kg.sparql.base import needs_base
from kg.sparql.named_queries import named_queries, page_query
from web import urls
from web.errors import kind_of
from web.query.page_links import page_query_title, pages_of_query
from web.query.page_result import describe_error, run_for_page
from web.query.snippets import endpoint_address, snippets
from web.request.negotiate import (
    DATA_TYPES,
    GRAPHS,
    HTML,
    RESULT_TYPES,
    ROWS,
    NothingOffered,
    choose,
    content_type,
)
from web.request.offers import ANYTHING, FORM, QUERY
from web.request.parameters import format_of
from web.serving.current_build import store
from web.serving.etags import volatile
from web.serving.front import HANDLE
from web.serving.public_queries import KEY, PublicQueries
from web.serving.sent import ASKED, FAILURE

bp = Blueprint("sparql", __name__)

UPDATE = "application/sparql-update"
DEFAULT_GRAPH, NAMED_GRAPH = "default-graph-uri", "named-graph-uri"

_READ_ONLY = (
    "this graph is not changed by update: it is built from files that people review; "
    "send a query instead"
)


@dataclass(frozen=True)
class Request:
    """A query operation of the protocol (2.1), with what is asked for besides."""

    query: str | None
    default_graphs: list[str]
    named_graphs: list[str]
    media: str
    seconds: float
    evidence: bool
    explain: bool

    @property
    def graphs(self) -> list[tuple[str, str]]:
        """Return the parameters that name the dataset, for links that ask it again."""
        return [
            *((DEFAULT_GRAPH, iri) for iri in self.default_graphs),
            *((NAMED_GRAPH, iri) for iri in self.named_graphs),
        ]

    def question(self) -> QueryRequest:
        """Return the question, in the formats that the client takes."""
        return QueryRequest(
            self.query or "",
            _taken(*ROWS, self.media),
            _taken(*GRAPHS, self.media),
            tuple(self.default_graphs),
            tuple(self.named_graphs),
            self.evidence,
            self.explain,
            timeout=self.seconds,
            max_bytes=int(current_app.config["RESULT_BYTES"]),
            build=store().number,
            handle=request.environ.get(HANDLE, ""),
            base=endpoint_address() if needs_base(self.query or "") else "",
        )


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Answer:
    """Answer a query in the format that the client takes; without one, show where to write it."""
    asked = _read()
    offers = ANYTHING.types if _reads_pages(asked) else RESULT_TYPES | DATA_TYPES
    header = request.headers.get("Accept", "")
    request.environ[ASKED] = asked.query or ""
    if choose(offers, header, asked.media, ANYTHING.also) == HTML:
        return _page(asked)
    if asked.query is not None:
        return _data(asked.question())
    media = _taken(*GRAPHS, asked.media) if header.strip() not in {"", "*/*"} or asked.media else ""
    if request.method == "POST" or not media:
        raise BadRequest(
            "there is no query: send it as ?query=…, as the field query of a form, or as the body "
            f"of a POST with Content-Type: {QUERY}; for a description of this service, "
            "ask for RDF: Accept: text/turtle"
        )
    return Response(service_description(store(), media), content_type=content_type(media))


@bp.post("/sparql/stop")
def stop() -> Answer:
    """Stop the query that came with the header `Query-Handle: …`, if it still runs."""
    _public().cancel(request.form.get("handle", ""))
    return Response(status=204)


def _data(question: QueryRequest) -> Answer:
    try:
        if FAILURE in request.environ:
            raise request.environ[FAILURE]
        found = _public().ask(question, request.remote_addr or "")
    except NoAcceptableFormat as error:
        offers, also = GRAPHS if error.graph else ROWS
        choose(offers, request.headers.get("Accept", ""), format_of(request.values), also)
        raise
    sent = Response(found.body, content_type=content_type(found.media_type))
    if volatile(question.query):
        sent.headers["Cache-Control"] = "no-store"
    return sent


def _public() -> PublicQueries:
    found: PublicQueries = current_app.extensions[KEY]
    return found


def _taken(offers: dict[str, str], also: dict[str, str], media: str) -> str:
    """Return the media type to send of those on offer; "" if the client takes none of them."""
    try:
        return choose(offers, request.headers.get("Accept", ""), media, also)
    except NothingOffered:
        return ""


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
    query = queries[0] if queries else None
    check_size(query or "")
    return Request(
        query,
        fields.getlist(DEFAULT_GRAPH),
        fields.getlist(NAMED_GRAPH),
        format_of(fields),
        _seconds(fields),
        _switch(fields, "evidence"),
        _switch(fields, "explain-empty"),
    )


def _reads_pages(asked: Request) -> bool:
    """Tell whether the client names HTML; `*/*` alone means data."""
    return asked.media == "html" or "html" in request.headers.get("Accept", "")


def _switch(fields: MultiDict[str, str], name: str) -> bool:
    value = fields.get(name, "false").lower()
    if value not in {"true", "false", "1", "0"}:
        raise BadRequest(f"{name} is true or false, not “{value}”")
    return value in {"true", "1"}


def _seconds(fields: MultiDict[str, str]) -> float:
    """Return the time limit: the client may ask for less than ours."""
    most = float(current_app.config["QUERY_SECONDS"])
    asked = fields.get("timeout", "")
    try:
        seconds = float(asked) if asked else most
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"timeout is a number of seconds greater than 0, not “{asked}”")
    return min(seconds, most)


def _page(asked: Request) -> Answer:
    """Show the text area with the query, and its answer or what is wrong with it."""
    query = (asked.query or "").replace("\r\n", "\n")
    table = error = None
    status = 200
    if query.strip():
        try:
            table = run_for_page(store(), _ask, asked.question()._replace(query=query))
        except KGError as failure:
            error, status = describe_error(query, failure), kind_of(failure).status
    page = render_template(
        "query.html",
        query=query,
        skeleton=page_query("skeleton").partition("\n")[2],
        asked=asked,
        table=table,
        error=error,
        questions=named_queries(),
        snippets=snippets(endpoint_address(), query, asked.graphs) if table else (),
        address=endpoint_address(),
        rows=RESULT_TYPES,
        graphs=DATA_TYPES,
        title=_title(query),
        origins=pages_of_query(store(), query),
    )
    return make_response(page, status)


def _ask(question: QueryRequest) -> QueryResult:
    return _public().ask(question, request.remote_addr or "")


def _title(query: str) -> str:
    """Return the words of a question of ours or of a page, if the query is one."""
    known = (q.title for q in named_queries() if urls.named_query_text(q).strip() == query.strip())
    return next(known, "") or page_query_title(query)
