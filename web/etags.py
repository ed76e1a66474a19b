"""What an answer's ETag is made of: build, site and request."""

from __future__ import annotations

import hashlib
import json
import re

from kg.public.guard import LARGEST

# Answers to these change by themselves, or with another server.
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b|SERVICE", re.IGNORECASE)


def volatile(query: str) -> bool:
    """Tell whether the answer to a query may change though the build does not.

    What is too long to be answered is not read, and is not cached either.
    """
    return len(query) > LARGEST or _VOLATILE.search(query) is not None


def version(number: str, revision: str, path: str, args: list[tuple[str, str]], accept: str) -> str:
    """Return what must change when the answer does."""
    parts = (number, revision, path, sorted(args), accept)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
