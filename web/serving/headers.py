"""Headers that every answer carries: security, cross-origin reading, caching by build, ETag."""

from __future__ import annotations

from flask import Blueprint, Response, current_app, request

from kg.model.languages import DEFAULT, language
from web.request.offers import family, kinds
from web.serving.current_build import store
from web.serving.etags import version, volatile

bp = Blueprint("headers", __name__)

# Cross-origin reading is harmless here: the graph is public and there is nothing to log in to.
EVERYWHERE = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
        "font-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Retry-After",
}
VARY = ("Accept", "Accept-Encoding")
# What pages of other sites may send along.
ASKED_WITH = "Accept, Content-Type, If-None-Match, Query-Handle"
# What a build has made may be kept, and asked about again before it is used.
DATA = (("Cache-Control", "no-cache"),)

# Answers that name things in the reader's language.
_WORDED = {"text/html", "application/json", "application/x-suggestions+json"}

_OK, _NOT_MODIFIED = 200, 304
# Answers that come from no build.
_APART = {
    None,
    "static",
    "language.switch",
    "monitoring.show_health",
    "monitoring.show_metrics",
    "crawlers.show_robots_txt",
    "crawlers.redirect_to_icon",
}


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
        answer.headers["Access-Control-Allow-Headers"] = ASKED_WITH
    # Every address tells at least of its failures in the form that the client reads.
    answer.vary.update(VARY)
    if answer.mimetype in _WORDED and not _bare(answer):
        answer.vary.update(("Accept-Language", "Cookie"))
    return answer


def _bare(answer: Response) -> bool:
    """Tell an answer of the endpoint that says 304, and so no longer that it would be of data."""
    if answer.status_code != _NOT_MODIFIED or request.blueprint != "sparql":
        return False
    page = kinds(family(request.path), request.headers.get("Accept", ""))[0]
    return not page and request.args.get("format") != "html"


@bp.after_app_request
def add_version(answer: Response) -> Response:
    """Version an answer by build, site and request; 304 if the client has it."""
    tag = _version() if answer.status_code in {_OK, _NOT_MODIFIED} else ""
    if not tag:
        return answer
    answer.set_etag(tag, weak=True)
    for name, value in DATA:
        answer.headers.setdefault(name, value)
    answer.make_conditional(request)
    return answer


def _version() -> str:
    """Return what must change when the answer does; nothing if it may change by itself."""
    if request.method not in {"GET", "HEAD"} or request.endpoint in _APART:
        return ""
    if any(volatile(query) for query in request.args.getlist("query")):
        return ""
    decided = kinds(family(request.path), request.headers.get("Accept", ""))
    return version(
        store().number,
        current_app.config["REVISION"],
        request.path,
        list(request.args.items(multi=True)),
        " ".join((*decided, *([language()] if language() != DEFAULT else []))),
    )
