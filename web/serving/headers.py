"""Headers that depend on the request: Vary, ETag, caching by build, preflights."""

from __future__ import annotations

from flask import Blueprint, Request, Response

from kg.exports.csv_file import CSV
from kg.exports.geojson import GEOJSON
from kg.exports.graphml import GRAPHML
from kg.exports.xlsx_file import XLSX
from kg.references.formats import REFERENCE_FORMATS
from web.request.cache_key import entity_tag, representation
from web.request.current_request import current_application, current_request
from web.request.decisions import decisions
from web.request.offered_types import PICTURE_TYPES
from web.root_path import root_path
from web.serving.cached_response import VALIDATED, VARY
from web.serving.current_build import store

bp = Blueprint("headers", __name__)

# What pages of other sites may send along.
_REQUEST_HEADERS = "Accept, Content-Type, If-None-Match, Query-Handle"
_VARY_BY_LANGUAGE = f"{VARY}, Accept-Language"

# Responses that name things in the reader's language.
_WORDED = {
    *("text/html", "application/json", "application/x-suggestions+json"),
    *(CSV, XLSX, GEOJSON, GRAPHML, *PICTURE_TYPES.values()),
    *(form.media_type for form in REFERENCE_FORMATS.values()),
}
# Files that have no words in them, of the same media types.
_WORDLESS = {"static", "look.send_image"}

_OK, _NOT_MODIFIED = 200, 304
# Views that read no build, or more than a build.
_APART = {
    None,
    "static",
    "script_texts.send_texts",
    "monitoring.show_health",
    "monitoring.show_metrics",
    "crawlers.show_robots_txt",
    "crawlers.redirect_to_icon",
    "look.show_record",
    "look.send_image",
    "saving.save_question",
    "saved.show_question",
    "changes_feed.send_changes",
    # Files with a hash of their own.
    "dumps.send_dump",
    "dumps.send_checksums",
}


@bp.before_app_request
def answer_unchanged() -> Response | None:
    """Respond 304 before any work is done if the client has what would be sent."""
    request = current_request()
    if "HTTP_IF_NONE_MATCH" not in request.environ:
        return None
    condition = request.if_none_match
    if not condition.star_tag and condition.contains_weak(_entity_tag(request)):
        return Response(status=_NOT_MODIFIED)
    return None


@bp.after_app_request
def add_headers(response: Response) -> Response:
    """Add what caches and other sites need to know of a response."""
    request, headers = current_request(), response.headers
    if request.method == "OPTIONS" and "Allow" in headers:
        headers["Access-Control-Allow-Methods"] = headers["Allow"]
        headers["Access-Control-Allow-Headers"] = _REQUEST_HEADERS
    # Every address reports at least its errors in the media type that the client reads.
    worded = response.mimetype in _WORDED and not _is_wordless(request, response)
    # An address that names the language has one for all readers.
    by_language = worded and not root_path().language
    headers.add("Vary", _VARY_BY_LANGUAGE if by_language else VARY)
    # Of what is missing, `get` raises and catches an exception inside: 3 µs.
    caching = next((value for name, value in headers if name == "Cache-Control"), None)
    if response.status_code in {_OK, _NOT_MODIFIED} and caching != "no-store":
        tag = _entity_tag(request)
        if tag:
            headers.add("ETag", f'W/"{tag}"')
            if caching is None:
                headers.add("Cache-Control", VALIDATED)
    return response


def _is_wordless(request: Request, response: Response) -> bool:
    """Tell a file without words, and data of the endpoint, whose 304 has no longer its type."""
    if request.blueprint != "sparql":
        return request.endpoint in _WORDLESS
    if response.status_code != _NOT_MODIFIED:
        return response.mimetype == CSV
    page = decisions(request.environ).media_types[0]
    return not page and request.args.get("format") != "html"


def _entity_tag(request: Request) -> str:
    """Return the opaque tag of the response; "" for what is read from no build, and for POSTs."""
    if request.method not in {"GET", "HEAD"} or request.endpoint in _APART:
        return ""
    represented = representation(request.environ, store().number)
    return entity_tag(represented, current_application().config["REVISION"])
