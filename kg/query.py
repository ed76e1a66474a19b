"""What is wrong with a query, in words that help."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from kg.errors import Finding, NotFound, QueryError, SourceError
from kg.prefixes import expand, prefixes
from kg.text import source

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NAME = re.compile(r"((?:[^\W\d_][\w.-]*)?):")
_WORD = re.compile(r"[^\W\d_]\w*")
_ENDS = re.compile(r"(?<![?$:\w])[^\W\d_]\w*\Z")


def broken(root: Path) -> Iterator[Finding]:
    """Parse every query, rule and check under a root; find what is wrong with each."""
    folders = (root / "kg" / "queries", root / "ontology" / "rules", root / "ontology" / "checks")
    for path in sorted(path for folder in folders for path in folder.rglob("*.rq")):
        name = path.relative_to(root).as_posix()
        try:
            text = source(path, name)
            pyoxigraph.Store().query(text)
        except SourceError as error:
            yield error.finding
        except SyntaxError as error:
            found = query_error(error, text)
            yield Finding(name, found.line, found.column, found.message)


def query_error(error: SyntaxError, text: str) -> QueryError:
    """Say what is wrong with a query, and where."""
    if not re.sub(r"#[^\r\n]*", "", text).strip():
        return QueryError("the query is empty")
    found = _PLACE.match(str(error))
    if not found:
        return QueryError(str(error))
    line, column, expected = int(found[1]), int(found[2]), _options(found[3])
    at = _offset(text, line, column)
    said = [option for option in expected if re.match(r"(The|[A-Z][a-z]+) \w", option)]
    if "Prefix not found" in said:
        return QueryError(_undeclared(text[:at]), line, column)
    if said:
        return QueryError(said[0], line, column)
    return _unexpected(text, at, expected)


def _options(expected: str) -> list[str]:
    return expected.removeprefix("expected ").removeprefix("one of ").split(", ")


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")[: line - 1]
    return min(sum(len(above) + 1 for above in lines) + column - 1, len(text))


def _undeclared(before: str) -> str:
    """Name the prefix that a text ends with.

    >>> _undeclared("SELECT * { ?x zzz:thing")
    'the prefix zzz: is not declared'
    >>> _undeclared("SELECT * { ?x dpi:agent")
    'the prefix dpi: is not declared; did you mean dip: <https://w3id.org/aide-memoire/ontology#>?'
    """
    names = _NAME.findall(before)
    name = f"{names[-1]}:" if names else ":"
    try:
        return f"the prefix {name} is not declared; add PREFIX {name} <{expand(name)}>"
    except NotFound:
        near = difflib.get_close_matches(name[:-1], prefixes(), n=1, cutoff=0.5)
        hint = f"; did you mean {near[0]}: <{prefixes()[near[0]]}>?" if near else ""
        return f"the prefix {name} is not declared{hint}"


def _unexpected(text: str, at: int, expected: list[str]) -> QueryError:
    # The engine tells how far it has looked: past a word as long as each keyword that it tried.
    starts = (at - len(word) for word in expected if word.isupper())
    words = [_WORD.match(text, at) for at in starts if at >= 0 and not text[at - 1 : at].isalnum()]
    found = next((word for word in words if word), None) or _ENDS.search(text[:at])
    if found and not (found.end() == at and not text[at:].strip()):
        return _error(text, found.start(), f"this is not SPARQL here: “{found[0]}”")
    if len(expected) == 1 and expected[0].isupper():
        return _error(text, at - len(expected[0]), f"{expected[0]} is expected here")
    if expected == ["[_]"]:
        last = len(text[:at].rstrip()) - 1
        return _error(text, last, f"“{text[last]}”, or what stands before it, does not fit here")
    if not text[at:].strip():
        return _error(text, at, "the query ends too early; close its last string or bracket")
    return _error(text, at, f"this is not SPARQL here: “{text[at:].split(maxsplit=1)[0]}”")


def _error(text: str, at: int, message: str) -> QueryError:
    before = text.rfind("\n", 0, at)
    return QueryError(message, text.count("\n", 0, at) + 1, at - before)
