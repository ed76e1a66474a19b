"""How failures leave: one table from class to status, as a page, plain text or problem+json."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from flask import Blueprint, redirect, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotAcceptable
from werkzeug.http import HTTP_STATUS_CODES
from werkzeug.wrappers import Response

from kg.federation.errors import EndpointFailed, ServiceLimit
from kg.model.errors import (
    BudgetSpent,
    BuildDamaged,
    BuildMissing,
    Gone,
    KGError,
    LimitReached,
    MemoryLimit,
    Merged,
    NotFound,
    Overloaded,
    QueryError,
    QueryRefused,
    SizeLimit,
    Stopped,
    TimeLimit,
    WorkerLost,
)
from kg.model.syntaxes.xml import Unwritable
from kg.model.translations import gettext, gettext_noop
from kg.outside.errors import OutsideError, OutsideTimeout
from kg.saved.errors import ArchiveFull, SavingOff
from kg.store.remote.errors import EngineFailed, EngineUnavailable
from web.did_you_mean import Suggestion, replace_name, suggestions_for, suggestions_for_path
from web.problem_types import PROBLEM_TYPES, status_type, statuses_by_name
from web.request.negotiate import HTML, choose
from web.serving.cached_response import QUERY_TEXT

bp = Blueprint("errors", __name__)


class ErrorKind(NamedTuple):
    """What a class of failure is called in HTTP: a status, and a problem type (RFC 9457, 3.1.1)."""

    failure: type[Exception]
    status: int
    name: str
    meaning: str


# The first class that fits gives the status and the type.
ERROR_KINDS = (
    ErrorKind(Gone, 410, "gone", "The content of this address was withdrawn."),
    ErrorKind(NotFound, 404, "not-found", "There is no such thing, term, graph or query here."),
    ErrorKind(
        QueryRefused,
        400,
        "refused",
        "The query is valid, but this server does not run queries of its kind.",
    ),
    ErrorKind(TimeLimit, 422, "time-limit", "The query was stopped at the time limit."),
    ErrorKind(MemoryLimit, 422, "memory-limit", "The query was stopped at the memory limit."),
    ErrorKind(
        SizeLimit,
        422,
        "size-limit",
        "The response would exceed the size limit; it is never cut short.",
    ),
    ErrorKind(ServiceLimit, 422, "service-limit", "Calls of other endpoints exceed the limits."),
    ErrorKind(Stopped, 422, "stopped", "The query was stopped at the client's request."),
    ErrorKind(EndpointFailed, 502, "endpoint", "An endpoint that the query calls did not answer."),
    ErrorKind(
        QueryError,
        400,
        "query",
        "The query is not valid SPARQL, or uses a feature that is not supported.",
    ),
    ErrorKind(Unwritable, 406, "unwritable", "This format cannot represent the graph; others can."),
    ErrorKind(BudgetSpent, 429, "budget", "The client has used its share of query time."),
    ErrorKind(Overloaded, 503, "overload", "The server is running as many queries as it can."),
    ErrorKind(WorkerLost, 503, "lost", "The processes that ran the query were killed, twice."),
    ErrorKind(SavingOff, 403, "saving-off", "This server saves no questions."),
    ErrorKind(ArchiveFull, 507, "archive-full", "The archive of saved questions is full."),
    ErrorKind(OutsideTimeout, 504, "outside-timeout", "Another dataset did not answer in time."),
    ErrorKind(OutsideError, 502, "outside", "Another dataset did not answer as it should."),
    ErrorKind(BuildDamaged, 503, "damaged-build", "The build is damaged; rebuild it: kg build."),
    ErrorKind(BuildMissing, 503, "no-build", "There is no build yet; create one with: kg build."),
    ErrorKind(EngineUnavailable, 503, "no-engine", "No engine that holds the build answers."),
    ErrorKind(EngineFailed, 502, "engine", "The SPARQL engine behind this site failed."),
    ErrorKind(KGError, 500, "failure", "The server failed; its log has the reason."),
)

# https://www.rfc-editor.org/rfc/rfc9457
PROBLEM = "application/problem+json"
# Characters of the query around the place of an error: a line may be the query.
_EXCERPT = 80
# A build takes about so many seconds.
_BUILDING = 10
_NOT_FOUND = 404

_WORDS = {
    404: gettext_noop("there is nothing at this address"),
    413: gettext_noop("the request is longer than one megabyte, the limit"),
    500: gettext_noop("an unexpected error; the server's log has the reason"),
}

# Titles of error pages: HTTP's reason phrases are written for programs.
_TITLES = {
    400: gettext_noop("Invalid request"),
    403: gettext_noop("Not allowed"),
    404: gettext_noop("Page not found"),
    405: gettext_noop("Method not allowed"),
    406: gettext_noop("Format not available"),
    410: gettext_noop("Withdrawn"),
    413: gettext_noop("Request too long"),
    421: gettext_noop("Unknown host name"),
    422: gettext_noop("Query limit reached"),
    429: gettext_noop("Too many requests"),
    500: gettext_noop("Something went wrong"),
    502: gettext_noop("Another site did not answer"),
    503: gettext_noop("Temporarily unavailable"),
    504: gettext_noop("Another site did not answer in time"),
    507: gettext_noop("No room for another question"),
}

_MEDIA_TYPES = {"json": PROBLEM, "html": HTML, "text": "text/plain"}


def error_kind(error: KGError) -> ErrorKind:
    """Return what an error is called in HTTP."""
    return next(kind for kind in ERROR_KINDS if isinstance(error, kind.failure))


@bp.app_errorhandler(KGError)
def answer_failure(error: KGError) -> Response:
    """Answer for an error of the graph."""
    kind = error_kind(error)
    members = {"type": PROBLEM_TYPES + kind.name, **_members(error)}
    if isinstance(error, NotFound):
        return _not_found(kind, error, members)
    # The path of the builds is for the log, not for the client.
    detail = kind.meaning.rstrip(".") if isinstance(error, BuildMissing) else str(error)
    answer = problem(kind.status, detail, members)
    if isinstance(error, Overloaded | WorkerLost | BuildMissing | EngineUnavailable):
        seconds = _BUILDING if isinstance(error, BuildMissing) else error.seconds
        # Seconds, as an integer (RFC 9110, 10.2.3).
        answer.headers["Retry-After"] = str(max(1, math.ceil(seconds)))
    return answer


def _not_found(kind: ErrorKind, error: NotFound, members: Mapping[str, object]) -> Response:
    """Return similar names to a program, links to them to a visitor."""
    if _kind() != HTML:
        similar = {"suggestions": list(error.similar)} if error.similar else {}
        return problem(kind.status, str(error), {**members, **similar})
    return problem(kind.status, f"there is no {error.what}", suggestions=suggestions_for(error))


@bp.app_errorhandler(Merged)
def redirect_merged(error: Merged) -> Response:
    """Redirect permanently from a merged thing to the same address of its successor."""
    # 308, unlike 301, leaves the method as it is (RFC 9110, 15.4.9).
    return redirect(replace_name(error.what, error.into), 308)


@bp.get("/problem/<name>")
def explain(name: str) -> Response:
    """Say what a type of problem means, for anyone dereferencing its IRI."""
    kind = next((kind for kind in ERROR_KINDS if kind.name == name), None)
    if kind is None and name in statuses_by_name():
        status = statuses_by_name()[name]
        meaning = f"{HTTP_STATUS_CODES[status]}: the detail of each problem says more."
        return Response(f"{name} ({status}): {meaning}\n", mimetype="text/plain")
    if kind is None:
        raise NotFound(f"problem called {name}", [kind.name for kind in ERROR_KINDS])
    return Response(f"{kind.name} ({kind.status}): {kind.meaning}\n", mimetype="text/plain")


def _members(error: KGError) -> dict[str, object]:
    """Return what a program can use of an error: the place in the query, the limit reached."""
    if isinstance(error, LimitReached):
        return {"limit": error.limit, "unit": error.unit}
    if not isinstance(error, QueryError) or not error.line:
        return {}
    place = {"line": error.line, "column": error.column}
    lines = request.environ.get(QUERY_TEXT, "").split("\n")
    start = max(0, error.column - 1 - _EXCERPT // 2)
    excerpt = lines[error.line - 1][start : start + _EXCERPT] if error.line <= len(lines) else ""
    return place | ({"excerpt": excerpt} if excerpt else {})


@bp.app_errorhandler(HTTPException)
def answer_http(error: HTTPException) -> Response:
    """Answer for an error of HTTP itself, keeping its headers (Allow, for one)."""
    description = error.description if error.description != type(error).description else None
    suggestions = suggestions_for_path() if error.code == _NOT_FOUND and _kind() == HTML else ()
    answer = problem(
        error.code or 500, description or _default_detail(error), suggestions=suggestions
    )
    for name, value in error.get_headers():
        # These describe the body that werkzeug would have sent.
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _default_detail(error: HTTPException) -> str:
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return f"{request.method} is not supported at this address; use {allowed}"
    return _WORDS.get(error.code or 0, error.description or "")


def problem(
    status: int,
    detail: str,
    members: Mapping[str, object] | None = None,
    suggestions: Sequence[Suggestion] = (),
) -> Response:
    """Say what went wrong in the form that the client reads: page, JSON or plain text."""
    title = HTTP_STATUS_CODES.get(status, "Error")
    kind = _kind()
    if kind == HTML:
        values = {"status": status, "title": gettext(_TITLES.get(status, title)), "detail": detail}
        page = render_template("error.html", **values, suggestions=suggestions)
        return Response(page, status, mimetype=HTML)
    if kind == PROBLEM:
        fields = {"type": status_type(status), "title": title, "status": status, "detail": detail}
        body = json.dumps({**fields, **(members or {})}, ensure_ascii=False, indent=2) + "\n"
        return Response(body, status, mimetype=PROBLEM)
    return Response(f"{title}: {detail}\n", status, mimetype="text/plain")


def _kind() -> str:
    """Return the form to tell it in: problem+json, unless the client would rather have text."""
    header = request.headers.get("Accept", "")
    also = {"application/json": PROBLEM, "application/sparql-results+json": PROBLEM}
    try:
        return choose(_MEDIA_TYPES, header, also=also)
    except NotAcceptable:
        return "text/plain" if "text/" in header else PROBLEM
