"""What an answer is cached under: all of a request that it depends on, but for the host."""

from __future__ import annotations

import io
from collections.abc import Hashable
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl, urlencode

from web.request.decisions import Decisions
from web.request.offers import FORM, QUERY
from web.request.parameters import without_tracking

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SPARQL = "/sparql"

_LONGEST_BODY = 20_000


def cache_key(environ: WSGIEnvironment, number: str, decided: Decisions) -> Hashable | None:
    """Return all that an answer depends on, but for the host; None if it is not to be kept."""
    path, query = environ["PATH_INFO"], environ.get("QUERY_STRING", "")
    if query:
        query = environ["QUERY_STRING"] = without_tracking(query)
    if len(query) > _LONGEST_BODY:
        return None
    if environ["REQUEST_METHOD"] == "POST":
        posted = _posted(environ)
        return posted and (number, path, query, decided, *posted)
    return (number, path, query if path == SPARQL else _arguments(query), decided)


def _arguments(query: str) -> str:
    """Return the arguments as they are written without needless escapes and separators.

    >>> _arguments("kind=%53tate&&q=a%20b&"), _arguments("kind=State&q=a+b")
    ('kind=State&q=a+b', 'kind=State&q=a+b')
    """
    if not ("%" in query or "&&" in query or query[:1] == "&" or query[-1:] == "&"):
        return query
    # As Flask reads them.
    return urlencode(parse_qsl(query, keep_blank_values=True, errors="werkzeug.url_quote"))


def _posted(environ: WSGIEnvironment) -> tuple[str, bytes] | None:
    """Read the small body of a POST to the endpoint, and what kind it is of."""
    kind = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if environ["PATH_INFO"] != SPARQL or kind not in {QUERY, FORM}:
        return None
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None  # its length, if it says one, is not what counts
    body = _small_body(environ)
    if body is None:
        return None
    environ["wsgi.input"] = io.BytesIO(body)
    return kind, body


def _small_body(environ: WSGIEnvironment) -> bytes | None:
    """Read the body of a request if it says that it is small, and is as long as it says."""
    try:
        size = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        return None
    return environ["wsgi.input"].read(size) if 0 <= size <= _LONGEST_BODY else None
