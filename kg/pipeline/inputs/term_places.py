"""Where in a file a term is written, so that a finding carries its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from kg.model.prefixes import BASE, prefixes

BLANK = "[]"  # stands for any blank node

# Comments and strings are read so as to be passed over; of the rest, only terms and braces count.
# Not the parser's tokens: it reports no position of a term.
_TOKEN = re.compile(
    r'''(?P<skip>\#[^\n]*|"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\'|'''
    r"""\"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')"""
    r"""|<(?P<iri>[^<>"{}|^`\s]*)>"""
    r"""|(?P<name>[A-Za-z][\w-]*:(?:[\w%:-]|\\.|\.(?=[\w%\\:-]))*)"""
    r"""|(?P<brace>[{}])|(?P<blank>\[|_:\w)""",
    re.DOTALL,
)


@dataclass(frozen=True)
class Place:
    """Where a term stands (line and column from 1), and whether within a graph's braces."""

    offset: int
    line: int
    column: int
    inside: bool


def locate(path: Path, term: str, *, outside: bool = False) -> tuple[int, int]:
    """Return line and column of the first place where a file writes an IRI, or any other text.

    Prefixed names and relative IRIs count. With `outside`, only places outside a graph's braces
    do. (0, 0) means that it is not there.
    """
    text = path.read_text(encoding="utf-8")
    places = _terms(text).get(term, ())
    for place in places:
        if not (outside and place.inside):
            return place.line, place.column
    at = text.find(term)
    return _line_column(text, at) if at >= 0 else (0, 0)


def locate_statement(paths: Iterable[Path], terms: Sequence[str]) -> tuple[Path, int, int] | None:
    """Return the file, line and column that most likely writes a statement about these IRIs.

    That is the file with most of them, and in it the second IRI where it follows the first most
    closely (a subject and its property); or None if no file writes the first.
    """
    if not terms:
        return None
    texts = {path: _terms(path.read_text(encoding="utf-8")) for path in paths}
    holding = [path for path, places in texts.items() if terms[0] in places]
    if not holding:
        return None
    best = max(holding, key=lambda path: _fitness(texts[path], terms))
    place = _closest(texts[best], terms)
    return best, place.line, place.column


def _closest(places: dict[str, list[Place]], terms: Sequence[str]) -> Place:
    firsts, seconds = places[terms[0]], places.get(terms[1], []) if len(terms) > 1 else []
    pairs = [(b.offset - a.offset, b) for a in firsts for b in seconds if b.offset > a.offset]
    return min(pairs, key=lambda pair: pair[0])[1] if pairs else _subject(firsts)


def _subject(places: Sequence[Place]) -> Place:
    return next((place for place in places if place.column == 1), places[0])


def _fitness(places: dict[str, list[Place]], terms: Sequence[str]) -> tuple[int, bool]:
    # A subject begins its line, so the file that describes a thing goes before one that uses it.
    return sum(term in places for term in terms), _subject(places[terms[0]]).column == 1


@cache
def _terms(text: str) -> dict[str, list[Place]]:
    namespaces = prefixes()
    places: dict[str, list[Place]] = {}
    for offset, iri, inside in _tokens(text, namespaces):
        line, column = _line_column(text, offset)
        places.setdefault(iri, []).append(Place(offset, line, column, inside))
    return places


def _tokens(text: str, namespaces: dict[str, str]) -> Iterator[tuple[int, str, bool]]:
    depth = 0
    for token in _TOKEN.finditer(text):
        if token["brace"]:
            depth += 1 if token["brace"] == "{" else -1
        elif token["blank"]:
            yield token.start(), BLANK, depth > 0
        elif token["iri"] is not None:
            yield token.start(), urljoin(BASE, token["iri"]), depth > 0
        elif token["name"]:
            prefix, _, local = token["name"].partition(":")
            if prefix in namespaces:
                plain = re.sub(r"\\(.)", r"\1", local)
                yield token.start(), namespaces[prefix] + plain, depth > 0


def _line_column(text: str, offset: int) -> tuple[int, int]:
    before = text.rfind("\n", 0, offset)
    return text.count("\n", 0, offset) + 1, offset - before
