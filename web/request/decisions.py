"""What the headers of a request decide: answers depend on nothing else of them but the host.

Headers that are written otherwise and decide the same share one cached answer; those that differ
after however many characters do not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from web.request.language import preferred
from web.request.negotiate import content_coding
from web.request.offers import kinds

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment


class Decisions(NamedTuple):
    """Content coding, tag of the language, kinds of representation (`web.request.offers`)."""

    coding: str
    language: str
    kinds: tuple[str, ...]


def decide(environ: WSGIEnvironment) -> Decisions:
    """Return what the headers of a request decide at its address."""
    got = environ.get
    return _decide(
        environ["PATH_INFO"][1:].partition("/")[0],  # its family, without the call
        got("HTTP_ACCEPT", ""),
        got("HTTP_ACCEPT_ENCODING", ""),
        got("HTTP_ACCEPT_LANGUAGE", ""),
        got("HTTP_COOKIE", ""),
    )


# Most requests come with the headers of one of a few programs: for these it is one look-up.
@lru_cache(maxsize=256)
def _decide(part: str, accept: str, encodings: str, languages: str, cookie: str) -> Decisions:
    return Decisions(content_coding(encodings), preferred(cookie, languages), kinds(part, accept))
