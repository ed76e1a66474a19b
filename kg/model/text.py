"""Texts cut to a length."""

from __future__ import annotations

# A page shows so many characters of a value; the data has all of them.
LONGEST_VALUE = 1000


def truncate(text: str, most: int = LONGEST_VALUE) -> str:
    """Return a text, or the first so many characters of a longer one and an ellipsis.

    >>> truncate("a long name", 6)
    'a long…'
    """
    return text if len(text) <= most else f"{text[:most].rstrip()}…"
