"""Content codings (RFC 9110, 8.4): which one to send, and how to make it."""

from __future__ import annotations

import gzip
from functools import lru_cache

from werkzeug.datastructures import Accept
from werkzeug.http import parse_accept_header

IDENTITY, GZIP = "", "gzip"

# Below this a coding saves no packet.
_WORTHWHILE = 800
_LEVEL = 5
_COMPRESSIBLE = ("text/", "application/", "image/svg+xml")


@lru_cache(maxsize=256)
def coding(accepted: str) -> str:
    """Return the coding to send for an Accept-Encoding header.

    >>> coding("gzip, deflate, br"), coding("gzip;q=0"), coding("")
    ('gzip', '', '')
    """
    return GZIP if parse_accept_header(accepted, Accept)[GZIP] > 0 else IDENTITY


def compressible(content_type: str, size: int) -> bool:
    """Tell whether a body of this type and size is worth coding."""
    return size >= _WORTHWHILE and content_type.startswith(_COMPRESSIBLE)


def encode(body: bytes) -> bytes:
    """Return a body in gzip, without a time stamp: equal bodies are equal bytes."""
    return gzip.compress(body, _LEVEL, mtime=0)
