"""Answers on their way out: taken from Flask, coded, left out where the client has them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from web.request.negotiate import GZIP
from web.serving.cache import CachedResponse
from web.serving.compress import compressible, encode

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

# Where Flask finds what has already gone wrong with the request, and leaves the query of one.
FAILURE, ASKED = "aide-memoire.failure", "aide-memoire.asked"

_OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}


def whole(wsgi: WSGIApplication, environ: WSGIEnvironment) -> CachedResponse:
    """Have a WSGI application answer, and take its answer whole (PEP 3333)."""
    head: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _: object = None
    ) -> Callable[[bytes], object]:
        head.append((status, headers))
        return lambda _: None

    parts = wsgi(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    # A second call replaces what the first one said.
    return CachedResponse(*head[-1], body)


def through(flask: WSGIApplication, environ: WSGIEnvironment) -> CachedResponse:
    """Have Flask answer, and tell what may be done with its answer."""
    sent = whole(flask, environ)
    headers = {name.lower(): value for name, value in sent.headers}
    tag = headers.get("etag", "")
    stored = tag or environ["REQUEST_METHOD"] == "POST"
    lasting = sent.status.startswith("200") and "no-store" not in headers.get("cache-control", "")
    kind = "" if "content-encoding" in headers else headers.get("content-type", "")
    asked = environ.get(ASKED, "")
    return sent._replace(kind=kind, tag=tag, lasting=bool(stored) and lasting, query=asked)


def coded(coding: str, sent: CachedResponse) -> CachedResponse:
    """Code the body if the client can read it and it is worth the while."""
    if coding != GZIP or not compressible(sent.kind, len(sent.body)):
        return sent
    # Equal in meaning, no longer in bytes.
    tag = sent.tag if sent.tag.startswith("W/") or not sent.tag else f"W/{sent.tag}"
    body = encode(sent.body)
    replaced = {"Content-Length": str(len(body)), "ETag": tag}
    headers = [(name, replaced.get(name, value)) for name, value in sent.headers]
    return sent._replace(headers=[*headers, ("Content-Encoding", GZIP)], body=body, tag=tag)


def unchanged(had: str, sent: CachedResponse) -> CachedResponse:
    """Answer 304 without a body if the client has what would be sent (RFC 9110, 13.1.2)."""
    if not sent.tag or not sent.status.startswith("200"):
        return sent
    if sent.tag.removeprefix("W/") not in had and had.strip() != "*":
        return sent
    left = [(n, v) for n, v in sent.headers if n not in _OF_A_BODY]
    return CachedResponse("304 NOT MODIFIED", left, b"")
