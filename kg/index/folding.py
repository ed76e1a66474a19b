"""Fold names for comparison: without accents, case and punctuation."""

from __future__ import annotations

import re
import unicodedata


def fold_name(name: str) -> str:
    """Write a name without accents, case and punctuation.

    >>> fold_name("Viktor  ORBÁN")
    'viktor orban'
    >>> fold_name("Владимир Путин") == fold_name("владимир путин")
    True
    """
    if name.isascii():
        return " ".join(re.sub(r"[^\w]+", " ", name.lower()).split())
    # NFKD separates letters from accents, and unifies full-width with usual letters
    # (https://www.unicode.org/reports/tr15/).
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(c for c in decomposed if not unicodedata.combining(c))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def highlight(name: str, query: str) -> tuple[tuple[str, bool], ...]:
    """Cut a name into (text, whether it matches) pieces, where the words of a folded query stand.

    The query matches at the start of a word if it can, else inside one, else word by word.

    >>> highlight("Shinzō Abe", "abe")
    (('Shinzō ', False), ('Abe', True))
    >>> highlight("Abe, Shinzō", "shinzo abe")
    (('Abe', True), (', ', False), ('Shinzō', True))
    """
    folded, positions = _fold_with_positions(name)
    starts = [f" {query}", query] if query else []
    spans = next((_spans(folded, text)[:1] for text in starts if text in folded), None)
    if spans is None:
        spans = sorted({span for word in query.split() for span in _spans(folded, f" {word}")})
    pieces, done = [], 0
    for start, end in ((positions[first], positions[last - 1] + 1) for first, last in spans):
        # One word of a query may start another: their spans overlap, and the first one counts.
        if start >= done:
            pieces += [(name[done:start], False), (name[start:end], True)]
            done = end
    return tuple(piece for piece in (*pieces, (name[done:], False)) if piece[0])


def _fold_with_positions(name: str) -> tuple[str, list[int]]:
    """Fold a name, with a space before it; return each character's position in the name, too.

    A folded name may be shorter or longer than the name: "ß" folds to "ss".
    """
    folded, positions = " ", [0]
    for position, character in enumerate(name):
        # A combining accent vanishes, any other character without a fold separates words.
        for c in fold_name(character) or ("" if unicodedata.combining(character) else " "):
            if c != " " or folded[-1] != " ":
                folded += c
                positions.append(position)
    return folded, positions


def _spans(folded: str, text: str) -> list[tuple[int, int]]:
    lead = len(text) - len(text.lstrip())
    return [(m.start() + lead, m.end()) for m in re.finditer(re.escape(text), folded)]
