"""What a request decides about its response: no response depends on anything else of a header.

Headers that are written otherwise and decide the same share one cached response; those that differ
after however many characters do not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from kg.model.languages import DEFAULT
from web.request.negotiate import content_coding, preferred_language
from web.request.offered_types import family, kinds
from web.root_path import root_path

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_KEY = "aide-memoire.decisions"
# Feeds and calendars are the same for all who subscribe, whatever their programs ask for.
_ENGLISH = {"feeds", "calendar", "calendar.ics"}


class Decisions(NamedTuple):
    """Content coding, tag of the language, and media types (`web.request.offered_types.kinds`)."""

    coding: str
    language: str
    media_types: tuple[str, ...]


def decisions(environ: WSGIEnvironment) -> Decisions:
    """Return what the headers of a request decide at its address, which may name the language."""
    decided: Decisions | None = environ.get(_KEY)
    if decided is None:
        get = environ.get
        decided = environ[_KEY] = _decide(
            family(environ["PATH_INFO"]),
            get("HTTP_ACCEPT", ""),
            get("HTTP_ACCEPT_ENCODING", ""),
            get("HTTP_ACCEPT_LANGUAGE", ""),
            root_path().language,
        )
    return decided


# Most requests come with the headers of one of a few programs: for these it is one look-up.
@lru_cache(maxsize=256)
def _decide(part: str, accept: str, encodings: str, languages: str, named: str) -> Decisions:
    language = DEFAULT if part in _ENGLISH else named or preferred_language(languages)
    return Decisions(content_coding(encodings), language, kinds(part, accept))
