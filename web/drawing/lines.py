"""A name broken into lines of a drawing, where nothing breaks lines by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

_WIDE = {"W", "F"}


def broken(name: str, most: int, lines: int = 2) -> tuple[str, ...]:
    """Break a name into lines of at most so many letters; the last ends in … if more would follow.

    Signs of East Asian scripts are as wide as two letters, and lines may end between them.

    >>> broken("meeting of the two leaders at Sochi", 16)
    ('meeting of the', 'two leaders at…')
    >>> broken("ビクトル・オルバン", 10)
    ('ビクトル・', 'オルバン')
    """
    found = [""]
    for word in name.split():
        joined = f"{found[-1]} {word}".strip()
        if letters(joined) <= most:
            found[-1] = joined
        else:
            parts = list(_cut(word, most))
            found = [*found, *parts] if found[-1] else parts
    if len(found) <= lines:
        return tuple(found)
    last = found[lines - 1]
    while letters(last) >= most:
        last = last[:-1].rstrip()
    return (*found[: lines - 1], f"{last}…")


def _cut(word: str, most: int) -> Iterator[str]:
    """Cut a word that is longer than a line."""
    part = ""
    for sign in word:
        if letters(part + sign) > most:
            yield part
            part = ""
        part += sign
    yield part


def letters(text: str) -> int:
    """Return how many letters wide a text is."""
    if text.isascii():
        return len(text)
    return sum(2 if unicodedata.east_asian_width(sign) in _WIDE else 1 for sign in text)
