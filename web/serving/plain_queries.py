"""Requests that send a query and nothing else, answered without Flask.

Flask takes longer than the engine does for most queries. What it does for these is little: the
result, with the headers that any result has. Whatever else a request says, it is for Flask.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.endpoint.guard import LARGEST
from kg.endpoint.request import QueryRequest, QueryResult
from kg.sparql.base import needs_base
from kg.workers.query_limits import Limits
from web.request.arguments import arguments
from web.request.cache_key import SPARQL
from web.request.decisions import decisions
from web.request.negotiate import content_type
from web.serving.cached_response import (
    EVERYWHERE,
    NOT_STORED,
    VALIDATED,
    VARY,
    CachedResponse,
)
from web.serving.public_queries import HANDLE

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_KEY = "aide-memoire.plain-query"
# Flask answers a conditional request without running the query, and cancels one by its handle.
_APART = ("HTTP_IF_NONE_MATCH", HANDLE)


def plain_query(environ: WSGIEnvironment, limits: Limits, build: str) -> QueryRequest | None:
    """Return the query of a request that sends one query and no more; None for any other.

    It is what `web.protocol.sparql` would read there. A request that was tried at once comes a
    second time, in a thread.
    """
    query: QueryRequest | None = environ.get(_KEY)
    if query is None or query.build != build:
        query = environ[_KEY] = _read(environ, limits, build)
    return query


def _read(environ: WSGIEnvironment, limits: Limits, build: str) -> QueryRequest | None:
    if environ["PATH_INFO"] != SPARQL or environ["REQUEST_METHOD"] != "GET":
        return None
    pairs, (page, rows_type, graph_type, _) = arguments(environ), decisions(environ).media_types
    queries = pairs.getlist("query")
    # Of a MultiDict, the length is that of its keys.
    if page or not (rows_type or graph_type) or len(pairs) != 1 or len(queries) != 1:
        return None
    query = queries[0]
    if any(name in environ for name in _APART) or len(query) > LARGEST or needs_base(query):
        return None
    return QueryRequest(
        query,
        rows_type,
        graph_type,
        timeout=limits.query_seconds,
        max_bytes=limits.result_bytes,
        build=build,
    )


def plain_response(query: str, result: QueryResult, tag: str) -> CachedResponse:
    """Return the response that Flask would make of a result, with its entity tag.

    Without a tag the result is not to be stored: it may be another one the next time.
    """
    media_type = content_type(result.media_type)
    headers = [
        ("Content-Type", media_type),
        ("Content-Length", str(len(result.body))),
        ("Vary", VARY),
        *((("ETag", tag), ("Cache-Control", VALIDATED)) if tag else NOT_STORED.items()),
        *EVERYWHERE,
    ]
    return CachedResponse("200 OK", headers, result.body, media_type, tag, bool(tag), query)
