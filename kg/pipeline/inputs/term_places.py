"""Where in a file a term is written, so that a finding carries its line and column."""

from __future__ import annotations

import re
from collections.abc import Iterator
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

# The only declaration of Turtle that has a name with a colon.
_DECLARED = re.compile(r"(?m)^\s*@\w+\s+([\w-]*):\s*<([^<>\s]*)>")


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


@cache
def _terms(text: str) -> dict[str, list[Place]]:
    # A file may choose a short prefix of its own for the sentences of its source.
    namespaces = {**prefixes(), **dict(_DECLARED.findall(text))}
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
