"""Content codings (RFC 9110, 8.4): which bodies are worth one, and how it is made."""

from __future__ import annotations

import gzip

# Below this a coding saves no packet.
_WORTHWHILE = 800
_LEVEL = 5
_COMPRESSIBLE = ("text/", "application/", "image/svg+xml")


def compressible(content_type: str, size: int) -> bool:
    """Tell whether a body of this type and size is worth coding."""
    return size >= _WORTHWHILE and content_type.startswith(_COMPRESSIBLE)


def encode(body: bytes) -> bytes:
    """Return a body in gzip, without a time stamp: equal bodies are equal bytes."""
    return gzip.compress(body, _LEVEL, mtime=0)
