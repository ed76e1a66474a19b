"""What a response is cached under, and what its entity tag is made of."""

from __future__ import annotations

import hashlib
import io
from typing import TYPE_CHECKING, NamedTuple

from web.request.arguments import arguments
from web.request.decisions import decisions
from web.request.offered_types import FORM, JSON, QUERY
from web.root_path import RootPath, root_path

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

SPARQL = "/sparql"
# The cache key and the entity tag of one request share it.
_KEY = "aide-memoire.representation"

# What is read by POST, as it may be long, and changes nothing.
_POSTED = {SPARQL: {QUERY, FORM}, "/reconcile": {FORM}, "/reconcile/1.0/match": {JSON}}

# Queries are shorter; what is longer is a form for which no second client is likely.
_LONGEST = 20_000


class Representation(NamedTuple):
    """All that the content of a response to a GET depends on, but for the host."""

    build: str
    root: RootPath
    path: str
    arguments: tuple[tuple[str, str], ...]
    language: str
    media_types: tuple[str, ...]


class CacheKey(NamedTuple):
    """A representation in a coding; the media type and body of a POST, if it is one.

    `address` is the site's, where the response holds it: else the response is for all hosts.
    """

    representation: Representation
    coding: str
    posted: tuple[str, bytes] | None = None
    address: str = ""


def representation(environ: WSGIEnvironment, build: str) -> Representation:
    """Return what the content of the response to a request depends on."""
    made: Representation | None = environ.get(_KEY)
    if made is None or made.build != build:
        decided = decisions(environ)
        pairs = tuple(arguments(environ).items(multi=True))
        made = environ[_KEY] = Representation(
            build,
            root_path(),
            environ["PATH_INFO"],
            pairs,
            decided.language,
            decided.media_types,
        )
    return made


def entity_tag(represented: Representation, revision: str) -> str:
    """Return the opaque part of a weak entity tag: another build or revision has another one."""
    return hashlib.sha256(repr((revision, *represented)).encode(errors="replace")).hexdigest()[:20]


def cache_key(environ: WSGIEnvironment, build: str) -> CacheKey | None:
    """Return the key of the response to a request; None if it is not to be cached."""
    posted = None
    if environ["REQUEST_METHOD"] == "POST":
        posted = _posted(environ)
        if posted is None:
            return None
    key = CacheKey(representation(environ, build), decisions(environ).coding, posted)
    return key if len(environ.get("QUERY_STRING", "")) <= _LONGEST else None


def _posted(environ: WSGIEnvironment) -> tuple[str, bytes] | None:
    """Read the small body of a POST that only asks; return its media type and bytes."""
    media = environ.get("CONTENT_TYPE", "").partition(";")[0].strip().lower()
    if media not in _POSTED.get(environ["PATH_INFO"], ()):
        return None
    if "HTTP_TRANSFER_ENCODING" in environ:
        return None  # its length, if it says one, is not what counts
    body = _small_body(environ)
    if body is None:
        return None
    environ["wsgi.input"] = io.BytesIO(body)
    return media, body


def _small_body(environ: WSGIEnvironment) -> bytes | None:
    """Read the body of a request if it says that it is small, and is as long as it says."""
    try:
        size = int(environ.get("CONTENT_LENGTH") or -1)
    except ValueError:
        return None
    return environ["wsgi.input"].read(size) if 0 <= size <= _LONGEST else None
