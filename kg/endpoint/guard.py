"""Refuses the queries that would reach beyond the graph, change it or take the engine down."""

from __future__ import annotations

import re
from typing import NamedTuple

from kg.model.errors import QueryError

# The engine reads nested queries by recursion. `kg.store.store` gives it a stack that no query of
# this size can fill (tests/kg/store/test_depth.py): the two numbers go together.
LARGEST = 16 * 1024

# Every repeat is possessive and every run is eaten whole, so that the scan is linear: a character
# is read at most three times. An unclosed quote ends the scan, and what follows counts as code.
_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\r\n]*+)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*+>)
  | (?P<loose><[^<>\s]*+>)
  | (?P<string>\"{3}(?:[^"\\]|\\.|"(?!""))*+\"{3} | '{3}(?:[^'\\]|\\.|'(?!''))*+'{3}
      | "(?!"")(?:[^"\\\r\n]|\\.)*+" | '(?!'')(?:[^'\\\r\n]|\\.)*+')
  | (?P<open>["'].*+)
  | (?P<variable>[?$]\w++)
  | (?P<language>@[A-Za-z]++(?:-[A-Za-z0-9]++)*+)
  | (?P<prefix>[\w.-]*+):(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:-]|%[0-9A-Fa-f]{2}|\\.)*+)?+
  | (?P<run>[\w.-]++)
  | (?P<brace>[{}])
    """,
    re.VERBOSE | re.DOTALL,
)
_CODE = frozenset({"run", "prefix", "loose", "open"})
_CODE_POINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")
_UPDATES = {"insert", "delete", "load", "clear", "create", "drop", "copy", "move", "add", "with"}
_SUSPECT = ("service", *sorted(_UPDATES))
_COMMENT_IN_CALL = re.compile(r"(?i)service(?:\s+silent)?\s*#")
_BEYOND_UNICODE = 0x110000
NESTED = (
    "a SERVICE within a SERVICE is not answered: what stands in the braces goes to the other "
    "endpoint as it is; end the first SERVICE before the second and join the two here"
)


class QueryRefused(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """A query that is understood, and will not be answered."""


class Call(NamedTuple):
    """A SERVICE in a query: where the IRI that it calls begins and ends, with its brackets."""

    start: int
    end: int
    endpoint: str
    silent: bool


def guard(query: str, endpoints: frozenset[str] = frozenset()) -> None:
    """Raise QueryRefused if a query calls another server, is an update or is too large.

    SERVICE passes if the keyword, with SILENT or without, is followed by one of `endpoints` as an
    IRI in full, and no other SERVICE stands in its braces. Parsers differ in when they resolve code
    point escapes (SPARQL 1.1, 19.2), so the text is read both ways, and whatever either reading
    refuses is refused. They differ too in where a number, a name with a full stop or a keyword ends
    (`1SERVICE`, `ex:.SERVICE`), so any word in code that contains the keyword counts; variables,
    prefixed names, strings, IRIs and comments do not.
    """
    check_size(query)
    folded = query.casefold()
    if "\\" not in query and not any(word in folded for word in _SUSPECT):
        return
    for text in {query, _resolved(query)}:
        code = _code(text)
        if any("service" in words.casefold() for _, words in code):
            _check_calls(text, query, endpoints)
        if _verb(code) in _UPDATES:
            raise QueryRefused(
                "this graph is not changed by update: it is built from files that people review; "
                "send SELECT, ASK, CONSTRUCT or DESCRIBE"
            )


def check_size(query: str) -> None:
    """Raise QueryRefused if a query has more than `LARGEST` bytes in UTF-8.

    Whatever reads a query of the public does so after this.
    """
    size = len(query.encode(errors="surrogatepass"))
    if size > LARGEST:
        raise QueryRefused(f"this query has {size} bytes; at most {LARGEST} are answered")


def _check_calls(text: str, query: str, endpoints: frozenset[str]) -> None:
    """Refuse a text unless each SERVICE in it names one of the endpoints in full."""
    if not endpoints:
        raise QueryRefused(
            "SERVICE is not answered here: this endpoint sends nothing to other servers; "
            "ask the other endpoint yourself and join the answers"
        )
    tokens = _tokens(text)
    plain = text == query and not _COMMENT_IN_CALL.search(text)
    called = {n: _call(tokens, n) for n, token in enumerate(tokens) if "service" in _word(token)}
    if not plain or not all(call and call.endpoint in endpoints for call in called.values()):
        raise QueryRefused(
            "SERVICE is answered here only as SERVICE <…> with one of these endpoints, written in "
            f"full: {', '.join(sorted(endpoints))}"
        )
    if _nests(tokens, set(called)):
        raise QueryRefused(NESTED)


def calls(query: str) -> list[Call]:
    """Return each SERVICE of a query that `guard` has let pass, in the order written."""
    tokens = _tokens(query)
    each = (_call(tokens, n) for n in range(len(tokens)))
    return [call for call in each if call]


def _tokens(text: str) -> list[re.Match[str]]:
    return [token for token in _TOKEN.finditer(text) if token.lastgroup != "comment"]


def _call(tokens: list[re.Match[str]], at: int) -> Call | None:
    """Return the call if the token at a place is the keyword and nothing else, before an IRI."""
    if _word(tokens[at]) != "service" or tokens[at].lastgroup != "run":
        return None
    after = tokens[at + 1 : at + 3]
    silent = bool(after) and _word(after[0]) == "silent"
    iri = next(iter(after[silent:]), None)
    if iri is None or iri.lastgroup != "iri":
        return None
    return Call(iri.start(), iri.end(), iri[0][1:-1], silent)


def _nests(tokens: list[re.Match[str]], called: set[int]) -> bool:
    """Tell whether a SERVICE stands between the braces of another."""
    depth, within = 0, -1
    for n, token in enumerate(tokens):
        if n in called:
            if within >= 0:
                return True
            within = depth
        elif token.lastgroup in {"brace", "loose"}:
            depth += token[0].count("{") - token[0].count("}")
            if depth <= within and "}" in token[0]:
                within = -1
    return False


def _word(token: re.Match[str]) -> str:
    return token[0].casefold() if token.lastgroup in _CODE else ""


def _resolved(query: str) -> str:
    r"""Replace code point escapes by their characters.

    >>> _resolved(r"\u0053ERVICE")
    'SERVICE'
    """
    return _CODE_POINT.sub(_character, query)


def _character(escape: re.Match[str]) -> str:
    code = int(escape[1] or escape[2], 16)
    return chr(code) if code < _BEYOND_UNICODE else escape[0]


def _code(text: str) -> list[tuple[str, str]]:
    """Return what may be a keyword, and what some parser might not take for an IRI or a string."""
    kinds = ((token.lastgroup or "", token) for token in _TOKEN.finditer(text))
    return [(kind, token[kind]) for kind, token in kinds if kind in _CODE]


def _verb(code: list[tuple[str, str]]) -> str:
    """Return the first word that is not part of the prologue, in lower case."""
    words = (w for kind, run in code if kind == "run" for w in re.split(r"[.-]+", run.casefold()))
    return next((word for word in words if word not in {"", "prefix", "base"}), "")
