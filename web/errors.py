"""How failures leave: one table from class to status, as a page, plain text or problem+json."""

from __future__ import annotations

import json
from urllib.parse import quote

from flask import Blueprint, Response, render_template, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotAcceptable
from werkzeug.http import HTTP_STATUS_CODES

from kg.errors import BuildMissing, KGError, NotFound, QueryError
from kg.guard import QueryRefused
from web.negotiate import HTML, choose

bp = Blueprint("errors", __name__)

# The first class that fits gives the status.
STATUS: tuple[tuple[type[KGError], int], ...] = (
    (NotFound, 404),
    (QueryRefused, 403),
    (QueryError, 400),
    (BuildMissing, 503),
    (KGError, 500),
)

# https://www.rfc-editor.org/rfc/rfc9457
PROBLEM = "application/problem+json"

_WORDS = {
    404: "there is nothing at this address",
    413: "what was sent is longer than a megabyte, the most that is read here",
    500: "this should not have happened; what went wrong is in the server's log",
}

_KINDS = {"html": HTML, "text": "text/plain", "json": PROBLEM}


def status_of(error: KGError) -> int:
    """Return the HTTP status that tells of an error."""
    return next(status for kind, status in STATUS if isinstance(error, kind))


@bp.app_errorhandler(KGError)
def answer_failure(error: KGError) -> Response:
    """Answer for an error of the graph."""
    near = error.near if isinstance(error, NotFound) else ()
    place = {}
    if isinstance(error, QueryError) and error.line:
        place = {"line": error.line, "column": error.column}
    return problem(status_of(error), str(error), near, place)


@bp.app_errorhandler(HTTPException)
def answer_http(error: HTTPException) -> Response:
    """Answer for an error of HTTP itself, keeping its headers (Allow, for one)."""
    own = error.description if error.description != type(error).description else None
    answer = problem(error.code or 500, own or _own_words(error))
    for name, value in error.get_headers():
        if name.lower() not in {"content-type", "content-length"}:
            answer.headers[name] = value
    return answer


def _own_words(error: HTTPException) -> str:
    if isinstance(error, MethodNotAllowed):
        allowed = ", ".join(sorted(error.valid_methods or ()))
        return f"{request.method} does nothing here; this address answers {allowed}"
    return _WORDS.get(error.code or 0, error.description or "")


def problem(
    status: int, detail: str, near: tuple[str, ...] = (), place: dict[str, int] | None = None
) -> Response:
    """Say what went wrong in the form that the client reads: page, JSON or plain text."""
    title = HTTP_STATUS_CODES.get(status, "Error")
    kind = _kind()
    if kind == HTML:
        body = render_template(
            "error.html", status=status, title=title, detail=detail, near=near, base=_family()
        )
        answer = Response(body, status, mimetype=HTML)
    elif kind == PROBLEM:
        fields = {"title": title, "status": status, "detail": detail, **(place or {})}
        answer = Response(json.dumps(fields, ensure_ascii=False) + "\n", status, mimetype=PROBLEM)
    else:
        answer = Response(f"{title}: {detail}\n", status, mimetype="text/plain")
    return answer


def _family() -> str:
    """Return the start of the addresses like the one asked for, if near names belong there."""
    first, second, *rest = [*request.path.split("/")[1:], ""]
    if first == "source":
        return f"/source/{quote(second)}/" if len(rest) > 1 else "/source/"
    family = {"id": "page", "data": "page", "claim": "page"}.get(first, first)
    return f"/{family}/" if family in {"page", "class", "graph"} else ""


def _kind() -> str:
    header = request.headers.get("Accept", "")
    also = {"application/json": PROBLEM, "application/sparql-results+json": PROBLEM}
    try:
        return choose(_KINDS, header, also=also) if header not in {"", "*/*"} else "text/plain"
    except NotAcceptable:
        return "text/plain"
