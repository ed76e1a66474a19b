"""Refuses the queries that would reach beyond the graph or change it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.errors import QueryError

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  | (?P<loose><[^<>\s]*>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*'{3}
      | "(?:[^"\\\r\n]|\\.)*" | '(?:[^'\\\r\n]|\\.)*')
  | (?P<variable>[?$]\w+)
  | (?P<language>@[A-Za-z]+(?:-[A-Za-z0-9]+)*)
  | (?P<prefix>[\w.-]*):(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)*)?
  | (?P<word>\w+)
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = {"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"}
_BEYOND_UNICODE = 0x110000


class QueryRefused(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """A query that is understood, and will not be answered."""


def guard(query: str) -> None:
    """Raise QueryRefused if a query calls another server or is an update.

    Parsers differ in when they resolve code point escapes (SPARQL 1.1, 19.2), so the text is read
    both ways, and whatever either reading refuses is refused. They differ too in where a number, a
    name with a full stop or a keyword ends (`1SERVICE`, `ex:.SERVICE`), so any word in code that
    contains the keyword counts; variables, prefixed names, strings, IRIs and comments do not.
    """
    for text in (query, _resolved(query)):
        if any("service" in word.casefold() for word in _code(text)):
            raise QueryRefused(
                "SERVICE is not answered here: this endpoint sends nothing to other servers; "
                "ask the other endpoint yourself and join the answers"
            )
        if next(_verbs(text), "") in _UPDATES:
            raise QueryRefused(
                "this graph is not changed by update: it is built from files that people review; "
                "send SELECT, ASK, CONSTRUCT or DESCRIBE"
            )


def _resolved(query: str) -> str:
    r"""Replace code point escapes by their characters.

    >>> _resolved(r"\u0053ERVICE")
    'SERVICE'
    """
    return _CODE_POINT.sub(_character, query)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < _BEYOND_UNICODE else escape[0]


def _code(text: str) -> Iterator[str]:
    """Yield what may be a keyword, and what some parser might not take for an IRI."""
    for token in _TOKEN.finditer(text):
        if token.lastgroup in {"word", "prefix", "loose"}:
            yield token[token.lastgroup]


def _verbs(text: str) -> Iterator[str]:
    words = (t["word"].casefold() for t in _TOKEN.finditer(text) if t.lastgroup == "word")
    return (word for word in words if word not in {"prefix", "base"})
