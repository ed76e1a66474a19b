"""What an answer's ETag is made of: build, site and request."""

from __future__ import annotations

import hashlib
import json
import re

from kg.endpoint.guard import LARGEST

# Answers to these change by themselves, or with another server.
_WORDS = ("RAND", "NOW", "UUID", "BNODE", "SERVICE")
_VOLATILE = re.compile(r"\b(?:RAND|NOW|UUID|STRUUID|BNODE)\b|SERVICE")


def volatile(query: str) -> bool:
    """Tell whether the answer to a query may change though the build does not.

    What is too long to be answered is not read, and is not cached either.
    """
    if len(query) > LARGEST:
        return True
    text = query.upper()
    # Few queries hold any of the words: looking for these takes a twentieth of the expression.
    return any(word in text for word in _WORDS) and _VOLATILE.search(text) is not None


def version(number: str, revision: str, path: str, args: list[tuple[str, str]], accept: str) -> str:
    """Return what must change when the answer does."""
    parts = (number, revision, path, sorted(args), accept)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
