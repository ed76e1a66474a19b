"""What is wrong with a query, in words that help."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph

from kg.model.errors import Finding, NotFound, QueryError, SourceError
from kg.model.prefixes import expand, prefixes
from kg.model.text_files import source
from kg.sparql.tokens import MARK

_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
# Read from behind, from the last colon of a text.
_NAME_BACKWARDS = re.compile(r":([\w.-]*+)")
_NO_LETTERS = re.compile(r"[\W\d_]*+")
_WORD = re.compile(r"[^\W\d_]\w*+")
_ENDS = re.compile(r"(?<![?$:\w])[^\W\d_]\w*+\Z")
_TERM = re.compile(r"<[^<>\s]*+>|[?$]?+[\w:][\w:.-]*+|\S")
_EXCERPT = 80
_UNGROUPED = "The SELECT contains a variable that is unbound"

# The keyword that the engine would take, what stands before it and there instead, what is meant.
_COMPUTED = "; what SELECT computes gets a name: (COUNT(?thing) AS ?number)"
_HABITS = (
    ("OPTIONAL", r"", r"[?$<]|\w*+:", "; a full stop or semicolon may be missing before it"),
    ("DISTINCT", r"\(\s*+\w++\(\s*+\Z", r"", _COMPUTED),
    ("DISTINCT", r"", r"\w++\s*+\(", _COMPUTED),
    ("DISTINCT", r"", r"[?$]\w++\s*+,", "; SELECT names its variables without commas"),
    ("BY", r"", r"", "; BY is expected here"),
)
_AGGREGATES = {"COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"}
_KEYWORDS = (
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "WHERE", "FILTER", "OPTIONAL", "UNION"),
    *("MINUS", "VALUES", "DISTINCT", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET"),
)


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
    if not _says(text):
        return QueryError("the query is empty; one begins with SELECT, ASK, CONSTRUCT or DESCRIBE")
    found = _PLACE.match(str(error))
    if not found:
        return QueryError(str(error))
    line, column, expected = int(found[1]), int(found[2]), _options(found[3])
    at = _offset(text, line, column)
    said = [option for option in expected if re.match(r"(The|[A-Z][a-z]++) \w", option)]
    if "Prefix not found" in said:
        return QueryError(_undeclared(text[:at]), line, column)
    if _UNGROUPED in said:
        ungrouped = "SELECT names a variable that is unbound after grouping; add it to GROUP BY"
        return QueryError(f"{ungrouped}, or aggregate it", line, column)
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
    >>> _undeclared("SELECT * { ?x foaf:name")
    'the prefix foaf: is not declared'
    >>> _undeclared("SELECT * { ?x dpi:agent")
    'the prefix dpi: is not declared; did you mean dip: <https://w3id.org/aide-memoire/ontology#>?'
    """
    found = _NAME_BACKWARDS.search(before[::-1])
    written = found[1][::-1] if found else ""
    name = f"{_NO_LETTERS.sub('', written, count=1)}:"
    try:
        return f"the prefix {name} is not declared; add PREFIX {name} <{expand(name)}>"
    except NotFound:
        # Slips of so short a word are seldom in its first letter.
        alike = [known for known in prefixes() if known[:1] == name[:1]]
        near = difflib.get_close_matches(name[:-1], alike, n=1, cutoff=0.6)
        hint = f"; did you mean {near[0]}: <{prefixes()[near[0]]}>?" if near else ""
        return f"the prefix {name} is not declared{hint}"


def _unexpected(text: str, at: int, expected: list[str]) -> QueryError:
    # The engine tells how far it has looked: past a word as long as each keyword that it tried.
    starts = [at - len(word) for word in expected if word.isupper()]
    words = [_WORD.match(text, s) for s in starts if s >= 0 and not text[s - 1 : s].isalnum()]
    found = next((word for word in words if word), None) or _ENDS.search(text[:at])
    if found and not (found.end() == at and not text[at:].strip()):
        return _stranger(text, found.start(), expected)
    if len(expected) == 1 and expected[0].isupper():
        return _stranger(text, starts[0], expected)
    if expected == ["[_]"]:
        last = len(text[:at].rstrip()) - 1
        return _error(text, last, f"“{text[last]}”, or what stands before it, does not fit here")
    if text[at:].strip():
        return _stranger(text, len(text) - len(text[at:].lstrip()), expected)
    if not _BEGUN.search(text):
        return _stranger(text, 0, expected)
    if _closed(text):
        return _error(text, at, "something is missing or does not fit before the end of the query")
    return _error(text, at, "the query ends too early; close its last string or bracket")


def _stranger(text: str, at: int, expected: list[str]) -> QueryError:
    """Say of what stands somewhere that it does not belong there, and what may be meant."""
    found = _TERM.search(text, at)
    if not found:
        return _error(text, at, f"{expected[0]} is expected here")
    hint = _habit(text, found.start(), expected) or _meant(text[: found.start()], found[0])
    word = found[0] if len(found[0]) <= _EXCERPT else f"{found[0][:_EXCERPT]}…"
    return _error(text, found.start(), f"this is not SPARQL here: “{word}”{hint}")


def _habit(text: str, at: int, expected: list[str]) -> str:
    for keyword, before, there, meant in _HABITS:
        if [keyword] != expected:
            continue
        if re.search(before, text[:at]) and re.match(there, text[at:]):
            return meant
    return ""


def _meant(before: str, word: str) -> str:
    r"""Guess what a word that does not belong where it stands was meant for.

    >>> _meant("", "SELEC"), _meant("SELECT ?s { ?s ?p ?o . ", "FILTR")
    ('; did you mean SELECT?', '; did you mean FILTER?')
    >>> _meant("# a question\n", "Who")
    '; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE'
    >>> _meant("SELECT * { ?s a ", "State")
    ''
    """
    said = word.upper()
    if said in _AGGREGATES and "{" not in before:
        return _COMPUTED
    near = difflib.get_close_matches(said, _KEYWORDS, n=1, cutoff=0.75)
    if near and said != near[0]:
        return f"; did you mean {near[0]}?"
    if not _says(before):
        return "; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"
    return ""


def _says(text: str) -> bool:
    """Tell whether there is more than comments."""
    return bool(re.sub(r"#[^\r\n]*+", "", text).strip())


def _closed(text: str) -> bool:
    """Tell whether all strings and brackets of a query are closed.

    >>> _closed("ASK { ?s ?p '}' }"), _closed("ASK { FILTER(?x > 1 }"), _closed("ASK { ?s ?p 'x }")
    (True, False, False)
    """
    opened: list[str] = []
    for mark in MARK.finditer(text):
        if mark.lastgroup == "open":
            return False
        if mark[0] in _PAIRS:
            opened.append(_PAIRS[mark[0]])
        elif mark[0] in _PAIRS.values() and (not opened or opened.pop() != mark[0]):
            return False
    return "{" in text and not opened


_BEGUN = re.compile(r"\b(?:SELECT|ASK|CONSTRUCT|DESCRIBE|PREFIX|BASE)\b", re.IGNORECASE)
_PAIRS = {"{": "}", "(": ")", "[": "]"}


def _error(text: str, at: int, message: str) -> QueryError:
    before = text.rfind("\n", 0, at)
    return QueryError(message, text.count("\n", 0, at) + 1, at - before)
