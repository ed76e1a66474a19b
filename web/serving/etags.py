"""What an answer's ETag is made of: build, site and request."""

from __future__ import annotations

import hashlib
import json

from kg.endpoint.guard import LARGEST
from kg.sparql.form import is_volatile


def volatile(query: str) -> bool:
    """Tell whether the answer to a query may change though the build does not.

    What is too long to be answered is not read, and is not cached either.
    """
    return len(query) > LARGEST or is_volatile(query)


def version(number: str, revision: str, path: str, args: list[tuple[str, str]], accept: str) -> str:
    """Return what must change when the answer does."""
    parts = (number, revision, path, sorted(args), accept)
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()[:20]
