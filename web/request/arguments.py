"""The arguments of an address, read once for the cache key and for Flask."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

from werkzeug.datastructures import ImmutableMultiDict

from web.request.parameters import without_tracking

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

Arguments = ImmutableMultiDict[str, str]

_KEY = "aide-memoire.arguments"
# Clients repeat short addresses; the long ones carry queries that are mostly sent once.
_LONGEST_CACHED = 2_000


def arguments(environ: WSGIEnvironment) -> Arguments:
    """Return the arguments of a request without those that only track its reader."""
    parsed: Arguments | None = environ.get(_KEY)
    if parsed is None:
        text = without_tracking(environ.get("QUERY_STRING", ""))
        environ["QUERY_STRING"] = text
        parse = _parse_repeated if len(text) <= _LONGEST_CACHED else _parse
        parsed = environ[_KEY] = parse(text)
    return parsed


def _parse(text: str) -> Arguments:
    # WSGI has bytes as Latin-1 (PEP 3333); "url_quote" is how Flask reads what is not UTF-8.
    if not text.isascii():
        text = text.encode("latin-1").decode(errors="replace")
    return ImmutableMultiDict(parse_qsl(text, keep_blank_values=True, errors="werkzeug.url_quote"))


_parse_repeated = lru_cache(maxsize=256)(_parse)
