"""A complete HTTP response in memory: taken from WSGI, compressed, replaced by a 304."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from web.request.negotiate import GZIP

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication, WSGIEnvironment

# The key in `environ` under which the view of a query leaves its text, for log and errors.
QUERY_TEXT = "aide-memoire.query"

# On every response, whoever makes it. Other sites may read all: the graph is public, and there is
# nothing to log in to.
EVERYWHERE = (
    (
        "Content-Security-Policy",
        (
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "
            "font-src 'self'; connect-src 'self'; "
            "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "no-referrer"),
    ("Access-Control-Allow-Origin", "*"),
    ("Access-Control-Expose-Headers", "ETag, Link, Retry-After"),
)

# What decides about every response (RFC 9110, 12.5.5), how those of a build are validated, and what
# keeps others out of caches.
VARY = "Accept, Accept-Encoding"
VALIDATED = "no-cache"
NOT_STORED = {"Cache-Control": "no-store"}

# Pages made for frames of other sites: they run no script, and send nothing.
EMBEDS = "/embed/"
EMBEDDED = (
    (
        "Content-Security-Policy",
        (
            "default-src 'none'; style-src 'self'; img-src 'self'; font-src 'self'; "
            "form-action 'none'; base-uri 'none'; frame-ancestors *"
        ),
    ),
    *EVERYWHERE[1:],
)
# Clients of the reconciliation service show its previews in a frame of their page.
FRAMED = {"/reconcile/preview", "/reconcile/1.0/preview"}
IN_FRAMES = tuple(
    (name, value.replace("frame-ancestors 'none'", "frame-ancestors *"))
    for name, value in EVERYWHERE
)

# Below this a coding saves no packet.
_WORTHWHILE = 800
# From level 6 on, gzip takes half as long again for a hundredth less.
_LEVEL = 5
_COMPRESSIBLE = ("text/", "application/", "image/svg+xml")
_OF_A_BODY = {"Content-Type", "Content-Length", "Content-Encoding"}


class CachedResponse(NamedTuple):
    """An HTTP response as WSGI sends it.

    `media_type` is its Content-Type, "" if it is coded already; `tag` its ETag; `lasting` whether
    it stays the same for as long as the build does; `query` the SPARQL query that it answers.
    """

    status: str
    headers: list[tuple[str, str]]
    body: bytes
    media_type: str = ""
    tag: str = ""
    lasting: bool = False
    query: str = ""


def capture(wsgi: WSGIApplication, environ: WSGIEnvironment) -> CachedResponse:
    """Have a WSGI application respond, and read the response to its end (PEP 3333)."""
    heads: list[tuple[str, list[tuple[str, str]]]] = []

    def start_response(
        status: str, headers: list[tuple[str, str]], _: object = None
    ) -> Callable[[bytes], object]:
        heads.append((status, headers))
        return lambda _: None

    parts = wsgi(environ, start_response)
    try:
        body = b"".join(parts)
    finally:
        close = getattr(parts, "close", None)
        if close:
            close()
    # A second call of start_response replaces the first (PEP 3333).
    return CachedResponse(*heads[-1], body)


def capture_for_cache(wsgi: WSGIApplication, environ: WSGIEnvironment) -> CachedResponse:
    """Have the application respond, and read from the headers whether the response lasts."""
    status, pairs, body, *_ = capture(wsgi, environ)
    # All headers are written here or in Flask, in the same letters.
    headers = dict(pairs)
    tag = headers.get("ETag", "")
    lasting = status.startswith("200") and "no-store" not in headers.get("Cache-Control", "")
    return CachedResponse(
        status,
        pairs,
        body,
        media_type="" if "Content-Encoding" in headers else headers.get("Content-Type", ""),
        tag=tag,
        # A POST has no tag: it cannot be conditional (RFC 9110, 13.1.2).
        lasting=lasting and (bool(tag) or environ["REQUEST_METHOD"] == "POST"),
        query=environ.get(QUERY_TEXT, ""),
    )


def compressed(coding: str, response: CachedResponse) -> CachedResponse:
    """Compress the body if the client can read it and it is worth the while."""
    worthwhile = len(response.body) >= _WORTHWHILE
    if coding != GZIP or not worthwhile or not response.media_type.startswith(_COMPRESSIBLE):
        return response
    # Equal in meaning, no longer in bytes.
    weak = response.tag.startswith("W/") or not response.tag
    tag = response.tag if weak else f"W/{response.tag}"
    # Without a time stamp, equal bodies are equal bytes.
    body = gzip.compress(response.body, _LEVEL, mtime=0)
    replaced = {"Content-Length": str(len(body)), "ETag": tag}
    headers = [(name, replaced.get(name, value)) for name, value in response.headers]
    return response._replace(headers=[*headers, ("Content-Encoding", GZIP)], body=body, tag=tag)


def not_modified(condition: str, response: CachedResponse) -> CachedResponse:
    """Return 304 without a body if the client has what would be sent (RFC 9110, 13.1.2)."""
    if not response.tag or not response.status.startswith("200"):
        return response
    if response.tag.removeprefix("W/") not in condition and condition.strip() != "*":
        return response
    headers = [(name, value) for name, value in response.headers if name not in _OF_A_BODY]
    return CachedResponse("304 NOT MODIFIED", headers, b"")
