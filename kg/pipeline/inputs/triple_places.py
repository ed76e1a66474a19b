"""Where in a Turtle or TriG file each triple is written: the parser reports no positions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from urllib.parse import urljoin

from pyoxigraph import Literal, NamedNode, Quad

from kg.model.prefixes import BASE, node, prefixes

# https://www.w3.org/TR/trig/#sec-grammar-grammar, as far as our files go: a literal is one token
# with its language or datatype, and what a blank node or a collection holds is passed over.
_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n]*)"""
    r'''|(?P<text>"""(?:[^"\\]|\\.|"(?!""))*"""|\'\'\'(?:[^'\\]|\\.|'(?!''))*\'\'\''''
    r"""|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')(?:@[\w-]+|\^\^(?:<[^>]*>|[\w-]*:[\w.-]+))?"""
    r"""|<(?P<iri>[^<>"{}|^`\s]*)>"""
    r"""|(?P<name>(?:[^\W\d_][\w.-]*)?:(?:[\w%:-]|\\.|\.(?=[\w%\\:-]))*)"""
    r"""|(?P<word>@?[A-Za-z]\w*)|(?P<number>[+-]?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)"""
    r"""|(?P<mark>[.;,{}\[\]()])""",
    re.DOTALL,
)
_ESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}
_TYPE = node("rdf:type").value
# Graph, subject, predicate and object: IRIs, or the value of a literal.
_Key = tuple[str, str, str, str]


@dataclass
class _Reading:
    """How far a file has been read: which terms the next object completes to a triple."""

    namespaces: dict[str, str]
    terms: list[str] = field(default_factory=list)
    graph: str = ""
    declared: list[str] | None = None


def triple_place(path: Path, quad: Quad) -> tuple[int, int]:
    """Return line and column of a triple's object in a file; (0, 0) if it is not written there."""
    text = path.read_text(encoding="utf-8")
    graph = quad.graph_name.value if isinstance(quad.graph_name, NamedNode) else ""
    key = (_value(quad.subject), _value(quad.predicate), _value(quad.object))
    places = _places(text)
    # A Turtle file names no graph: the build puts what it states in one.
    at = places.get((graph, *key), places.get(("", *key)))
    return (0, 0) if at is None else _line_column(text, at)


def _value(term: object) -> str:
    return term.value if isinstance(term, NamedNode | Literal) else ""


@cache
def _places(text: str) -> dict[_Key, int]:
    places: dict[_Key, int] = {}
    reading, depth = _Reading(dict(prefixes())), 0
    for token in _TOKEN.finditer(text):
        mark = token["mark"]
        depth += {"[": 1, "(": 1, "]": -1, ")": -1}.get(mark, 0)
        if depth or token["comment"] is not None:
            continue
        if mark in {"]", ")"}:
            _read_term(reading, "", token.start(), places)
        elif mark:
            _read_mark(reading, mark)
        else:
            for value in _values(reading, token):
                _read_term(reading, value, token.start(), places)
    return places


def _read_term(reading: _Reading, value: str, at: int, places: dict[_Key, int]) -> None:
    reading.terms.append(value)
    if len(reading.terms) == 3:
        subject, predicate, target = reading.terms
        places.setdefault((reading.graph, subject, predicate, target), at)
        reading.terms.pop()


def _read_mark(reading: _Reading, mark: str) -> None:
    if mark == "{":
        reading.graph = reading.terms[0] if reading.terms else ""
    if mark == "}":
        reading.graph = ""
    # After a comma, the next term is another object: nothing is forgotten.
    if mark != ",":
        del reading.terms[1 if mark == ";" else 0 :]
    reading.declared = None


def _values(reading: _Reading, token: re.Match[str]) -> Iterator[str]:
    """Yield the term that a token is, unless it is part of a declaration."""
    word = token["word"]
    if word and word.lstrip("@").lower() in {"prefix", "base"}:
        reading.declared = []
    elif reading.declared is not None:
        _declare(reading, token)
    elif word and word.upper() != "GRAPH":
        yield _TYPE if word == "a" else word
    elif not word:
        yield _term(reading, token)


def _declare(reading: _Reading, token: re.Match[str]) -> None:
    if token["name"]:
        reading.namespaces.pop(token["name"][:-1], None)
        reading.declared = [token["name"][:-1]]
    elif token["iri"] is not None:
        for name in reading.declared or ():
            reading.namespaces[name] = _absolute(token["iri"])
        reading.declared = None


def _term(reading: _Reading, token: re.Match[str]) -> str:
    if token["iri"] is not None:
        return _absolute(token["iri"])
    if token["name"]:
        prefix, _, local = token["name"].partition(":")
        return reading.namespaces.get(prefix, "") + re.sub(r"\\(.)", r"\1", local)
    return token["number"] or _unescaped(token["text"])


def _absolute(iri: str) -> str:
    # `urljoin` would drop the # at the end of a namespace.
    return iri if ":" in iri else urljoin(BASE, iri)


def _unescaped(text: str) -> str:
    r"""Return the value of a quoted string.

    >>> _unescaped(r'"a \"b\" \u00e9"')
    'a "b" é'
    """
    edge = 3 if text[:3] in {'"""', "'''"} else 1
    body = re.sub(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8}))", _character, text[edge:-edge])
    return re.sub(r"\\(.)", lambda match: _ESCAPES.get(match[1], match[1]), body, flags=re.DOTALL)


def _character(match: re.Match[str]) -> str:
    return chr(int(match[1] or match[2], 16))


def _line_column(text: str, offset: int) -> tuple[int, int]:
    before = text.rfind("\n", 0, offset)
    return text.count("\n", 0, offset) + 1, offset - before
