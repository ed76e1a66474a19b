"""Headers that every answer carries: security, cross-origin reading, caching by build, ETag."""

from __future__ import annotations

import hashlib
import json
import re

from flask import Blueprint, Response, current_app, request

from web.graph import store

bp = Blueprint("headers", __name__)

# Cross-origin reading is harmless here: the graph is public and there is nothing to log in to.
EVERYWHERE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link",
}

_OK, _NOT_MODIFIED = 200, 304
# Answers that come from no build.
_APART = {None, "static", "pages.health", "pages.robots"}
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b", re.IGNORECASE)


@bp.before_app_request
def answer_unchanged() -> Response | None:
    """Answer 304 before any work is done if the client has what would be sent."""
    had = request.if_none_match
    if had and not had.star_tag and had.contains_weak(_version()):
        return Response(status=_NOT_MODIFIED)
    return None


@bp.after_app_request
def add_everywhere(answer: Response) -> Response:
    """Keep the browser from loading or sending anything elsewhere; let other sites read."""
    for name, value in EVERYWHERE.items():
        answer.headers[name] = value
    if request.method == "OPTIONS" and "Allow" in answer.headers:
        answer.headers["Access-Control-Allow-Methods"] = answer.headers["Allow"]
        answer.headers["Access-Control-Allow-Headers"] = "Accept, Content-Type, If-None-Match"
    if request.endpoint != "static":
        # Every address tells at least of its failures in the form that the client reads.
        answer.vary.add("Accept")
    return answer


@bp.after_app_request
def add_version(answer: Response) -> Response:
    """Version an answer by build, site and request; 304 if the client has it."""
    version = _version() if answer.status_code in {_OK, _NOT_MODIFIED} else ""
    if not version:
        return answer
    answer.set_etag(version, weak=True)
    answer.headers.setdefault("Cache-Control", "no-cache")
    answer.make_conditional(request)
    return answer


def _version() -> str:
    """Return what must change when the answer does; nothing if it may change by itself."""
    if request.method not in {"GET", "HEAD"} or request.endpoint in _APART:
        return ""
    if any(_VOLATILE.search(query) for query in request.args.getlist("query")):
        return ""
    parts = (
        store().number,
        current_app.config["REVISION"],
        request.path,
        sorted(request.args.items(multi=True)),
        request.headers.get("Accept", ""),
    )
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
