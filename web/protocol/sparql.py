"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), and its query editor."""

from __future__ import annotations

from flask import Blueprint, Request, make_response, render_template, request
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import BadRequest, Forbidden, LengthRequired, UnsupportedMediaType
from werkzeug.wrappers import Response

from kg.endpoint.evidence import MAX_ROWS
from kg.endpoint.guard import check_size
from kg.endpoint.request import NoAcceptableFormat, QueryRequest
from kg.model.errors import KGError
from kg.pipeline.description_parts import service_description
from kg.sparql.base import needs_base
from kg.sparql.form import is_volatile
from kg.sparql.named_queries import named_queries, page_query
from kg.workers.query_limits import Limits
from web.errors import error_kind
from web.query.page_links import pages_of_query, query_title
from web.query.page_result import describe_error, run_for_page
from web.query.snippets import endpoint_address, snippets
from web.request.current_request import current_request
from web.request.decisions import decisions
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
from web.request.offered_types import ANYTHING, FORM, QUERY
from web.request.parameters import format_of, switch_of
from web.serving.cached_response import NOT_STORED, QUERY_TEXT
from web.serving.current_build import store
from web.serving.graph_response import graph_response, with_access_here
from web.serving.public_queries import (
    HANDLE,
    is_lasting,
    public_queries,
    run_public_query,
)

bp = Blueprint("sparql", __name__)

UPDATE = "application/sparql-update"
DEFAULT_GRAPH, NAMED_GRAPH = "default-graph-uri", "named-graph-uri"

_READ_ONLY = (
    "this graph is not changed by update: it is built from files that people review; "
    "send a query instead"
)


@bp.route("/sparql", methods=["GET", "POST"])
def endpoint() -> Response:
    """Send the result of a query in the format that the client takes; without one, its editor."""
    fields, query = _read_operation(current_request())
    environ = current_request().environ
    environ[QUERY_TEXT] = query or ""
    format_name = format_of(fields)
    page, rows_type, graph_type, named = decisions(environ).media_types
    if format_name:
        page, rows_type, graph_type, named = _media_types(format_name)
    elif not (page or rows_type or graph_type):
        _refuse_accept_header()
    if page == HTML:
        return _send_page(_query_request(query or "", fields))
    if query is not None:
        return _send_result(_query_request(query, fields, rows_type, graph_type), format_name)
    # To a GET without a query the description is sent (SPARQL 1.1 Service Description, 2).
    if request.method == "POST" or not (named and graph_type):
        raise BadRequest(
            "there is no query: send it as ?query=…, as the field query of a form, or as the body "
            f"of a POST with Content-Type: {QUERY}; for a description of this service, "
            "ask for RDF: Accept: text/turtle"
        )
    return graph_response(with_access_here(service_description(store())), graph_type)


@bp.post("/sparql/stop")
def stop() -> Response:
    """Cancel the query that came with the header `Query-Handle: …`, if it still runs."""
    public_queries().cancel(request.form.get("handle", ""))
    return Response(status=204)


def _read_operation(request: Request) -> tuple[MultiDict[str, str], str | None]:
    """Return the fields of a query operation and its query, as the protocol's table (2.1) says."""
    if request.method != "POST":
        return _check_fields(request.args)
    if request.content_length is None:
        raise LengthRequired("say how long the body is: send a Content-Length")
    if request.mimetype == FORM:
        return _check_fields(request.values)
    if request.mimetype == UPDATE:
        raise Forbidden(_READ_ONLY)
    if request.mimetype != QUERY:
        raise UnsupportedMediaType(
            f"a query comes as {QUERY} or {FORM}, not as “{request.mimetype or 'nothing'}”"
        )
    try:
        return _check_fields(request.args, request.get_data().decode())
    except UnicodeDecodeError as error:
        raise BadRequest(f"the query is not UTF-8 at byte {error.start}") from error


def _check_fields(
    fields: MultiDict[str, str], body: str | None = None
) -> tuple[MultiDict[str, str], str | None]:
    if "update" in fields:
        raise Forbidden(_READ_ONLY)
    queries = fields.getlist("query") + ([body] if body is not None else [])
    if len(queries) > 1:
        raise BadRequest("there is more than one query; send one at a time")
    query = queries[0] if queries else None
    check_size(query or "")
    return fields, query


def _media_types(format_name: str) -> tuple[str, str, str, str]:
    """Return what `?format=` decides, as `web.request.offered_types.kinds` does for a header."""
    page = format_name == "html" or "html" in request.headers.get("Accept", "")
    offers = ANYTHING.types if page else RESULT_TYPES | DATA_TYPES
    chosen = choose(offers, "", format_name, ANYTHING.also)
    return chosen, _offered(RESULT_TYPES, format_name), _offered(DATA_TYPES, format_name), "named"


def _refuse_accept_header() -> None:
    """Raise NothingOffered, which lists the media types on offer (406)."""
    header = request.headers.get("Accept", "")
    offers = ANYTHING.types if "html" in header else RESULT_TYPES | DATA_TYPES
    choose(offers, header, also=ANYTHING.also)


def _offered(offers: dict[str, str], format_name: str) -> str:
    """Return the media type of a format; "" if it is not one of those on offer."""
    try:
        return choose(offers, "", format_name)
    except NothingOffered:
        return ""


def _query_request(
    query: str, fields: MultiDict[str, str], rows_type: str = "", graph_type: str = ""
) -> QueryRequest:
    limits = public_queries().limits
    return QueryRequest(
        query,
        rows_type,
        graph_type,
        tuple(fields.getlist(DEFAULT_GRAPH)),
        tuple(fields.getlist(NAMED_GRAPH)),
        switch_of(fields, "evidence"),
        switch_of(fields, "explain-empty"),
        timeout=_timeout(fields, limits),
        max_bytes=limits.result_bytes,
        build=store().number,
        handle=current_request().environ.get(HANDLE, ""),
        base=endpoint_address() if needs_base(query) else "",
    )


def _timeout(fields: MultiDict[str, str], limits: Limits) -> float:
    """Return the time limit in seconds: the client may set a shorter one than ours."""
    longest = limits.query_seconds
    if not any(fields.getlist("timeout")):
        return longest
    text = fields["timeout"]
    try:
        seconds = float(text)
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < float("inf"):
        raise BadRequest(f"timeout is a number of seconds greater than 0, not “{text}”")
    return min(seconds, longest)


def _send_result(query: QueryRequest, format_name: str) -> Response:
    try:
        result = run_public_query(query)
    except NoAcceptableFormat as error:
        offers, also = GRAPHS if error.graph else ROWS
        # It raises the error that lists what is on offer.
        choose(offers, request.headers.get("Accept", ""), format_name, also)
        raise
    response = Response(result.body, content_type=content_type(result.media_type))
    if not is_lasting(query, result):
        response.headers.extend(NOT_STORED)
    return response


def _send_page(query_request: QueryRequest) -> Response:
    """Show the editor with the query, and its result or error."""
    # Forms send CRLF (HTML), which would move the line and column of errors.
    query = query_request.query.replace("\r\n", "\n")
    graphs = _dataset_fields(query_request)
    table = error = None
    status = 200
    if query.strip():
        try:
            table = run_for_page(store(), run_public_query, query_request._replace(query=query))
        except KGError as failure:
            error, status = describe_error(query, failure), error_kind(failure).status
    page = render_template(
        "query.html",
        query=query,
        skeleton=page_query("skeleton").partition("\n")[2],
        dataset_fields=graphs,
        table=table,
        error=error,
        questions=named_queries(store().texts),
        snippets=snippets(endpoint_address(), query, graphs) if table else (),
        address=endpoint_address(),
        rows=RESULT_TYPES,
        graphs=DATA_TYPES,
        most_cited=MAX_ROWS,
        title=query_title(store(), query),
        origins=pages_of_query(store(), query),
    )
    return make_response(page, status, NOT_STORED if is_volatile(query) else {})


def _dataset_fields(query: QueryRequest) -> list[tuple[str, str]]:
    """Return the parameters that name the dataset, for links that send the query again."""
    return [
        *((DEFAULT_GRAPH, iri) for iri in query.default_graphs),
        *((NAMED_GRAPH, iri) for iri in query.named_graphs),
    ]
