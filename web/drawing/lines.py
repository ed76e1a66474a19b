"""Labels broken into lines: text in SVG does not wrap by itself."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

# East Asian width classes that take the room of two letters (Unicode annex 11).
_WIDE = {"W", "F"}


def wrap_label(text: str, width: int, lines: int = 2) -> tuple[str, ...]:
    """Break a label into lines of at most `width` letters; end the last in … if text is left out.

    Characters of East Asian scripts are two letters wide, and a line may end between them.

    >>> wrap_label("meeting of the two leaders at Sochi", 16)
    ('meeting of the', 'two leaders at…')
    >>> wrap_label("ビクトル・オルバン", 10)
    ('ビクトル・', 'オルバン')
    """
    wrapped = [""]
    for word in text.split():
        joined = f"{wrapped[-1]} {word}".strip()
        if text_width(joined) <= width:
            wrapped[-1] = joined
        else:
            parts = list(_cut(word, width))
            wrapped = [*wrapped, *parts] if wrapped[-1] else parts
    if len(wrapped) <= lines:
        return tuple(wrapped)
    last = wrapped[lines - 1]
    while text_width(last) >= width:
        last = last[:-1].rstrip()
    return (*wrapped[: lines - 1], f"{last}…")


def _cut(word: str, width: int) -> Iterator[str]:
    """Cut a word that is longer than a line."""
    part = ""
    for character in word:
        if text_width(part + character) > width:
            yield part
            part = ""
        part += character
    yield part


def text_width(text: str) -> int:
    """Return how many letters wide a text is."""
    if text.isascii():
        return len(text)
    wide = (unicodedata.east_asian_width(character) in _WIDE for character in text)
    return sum(2 if one else 1 for one in wide)
