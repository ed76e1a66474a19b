"""Names as they are compared: without accents, case and punctuation."""

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
    apart = unicodedata.normalize("NFKD", name.casefold())
    bare = "".join(sign for sign in apart if not unicodedata.combining(sign))
    return " ".join(re.sub(r"[^\w]+", " ", bare).split())


def marked(name: str, wanted: str) -> tuple[tuple[str, bool], ...]:
    """Cut a name where the words of a folded text stand in it, and tell which pieces are those.

    The text as a whole is marked if it is there, at the start of a word if it can be, else each of
    its words that starts one.

    >>> marked("Shinzō Abe", "abe")
    (('Shinzō ', False), ('Abe', True))
    >>> marked("Abe, Shinzō", "shinzo abe")
    (('Abe', True), (', ', False), ('Shinzō', True))
    """
    folded, places = _placed(name)
    starts = [f" {wanted}", wanted] if wanted else []
    found = next((_spans(folded, text)[:1] for text in starts if text in folded), None)
    if found is None:
        found = sorted({span for word in wanted.split() for span in _spans(folded, f" {word}")})
    pieces, done = [], 0
    for start, end in ((places[first], places[last - 1] + 1) for first, last in found):
        if start >= done:
            pieces += [(name[done:start], False), (name[start:end], True)]
            done = end
    return tuple(piece for piece in (*pieces, (name[done:], False)) if piece[0])


def _placed(name: str) -> tuple[str, list[int]]:
    """Fold a name, with a space before it, and say which sign each of the result is from."""
    folded, places = " ", [0]
    for place, sign in enumerate(name):
        for one in fold_name(sign) or ("" if unicodedata.combining(sign) else " "):
            if one != " " or folded[-1] != " ":
                folded += one
                places.append(place)
    return folded, places


def _spans(folded: str, text: str) -> list[tuple[int, int]]:
    lead = len(text) - len(text.lstrip())
    return [(m.start() + lead, m.end()) for m in re.finditer(re.escape(text), folded)]
