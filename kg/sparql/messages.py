"""What is wrong with a query: the engine's message in words that help, with line and column."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Sequence

from kg.model.errors import NotFound, QueryError
from kg.model.prefixes import expand, prefixes
from kg.sparql.form import FORMS
from kg.sparql.tokens import Token, fits, tokenize

# The engine's message, not the query's text: read by an expression.
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_SENTENCE = re.compile(r"(The|[A-Z][a-z]++) \w")
_EXCERPT = 80
_UNGROUPED = "The SELECT contains a variable that is unbound"

_PAIRS = {"{": "}", "(": ")", "[": "]"}
_BEGINNINGS = {*FORMS, "PREFIX", "BASE"}
_AGGREGATES = {"COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"}
_KEYWORDS = (
    *("SELECT", "ASK", "CONSTRUCT", "DESCRIBE", "PREFIX", "WHERE", "FILTER", "OPTIONAL", "UNION"),
    *("MINUS", "VALUES", "DISTINCT", "ORDER", "GROUP", "HAVING", "LIMIT", "OFFSET"),
)
_COMPUTED = "; what SELECT computes gets a name: (COUNT(?thing) AS ?number)"
# Common slips: the keyword that the engine expects, the shape of the tokens before the place and of
# those from it on (`kg.sparql.tokens.fits`), and the mend.
_SLIPS = (
    (
        *("OPTIONAL", "", "variable/iri/name"),
        "; a full stop or semicolon may be missing before it",
    ),
    ("DISTINCT", "( word (", "", _COMPUTED),
    ("DISTINCT", "", "word (", _COMPUTED),
    ("DISTINCT", "", "variable ,", "; SELECT names its variables without commas"),
    ("BY", "", "", "; BY is expected here"),
)


def query_error(error: SyntaxError, text: str) -> QueryError:
    """Return the engine's complaint about a query as an error that says what to change."""
    if not tokenize(text):
        return QueryError("the query is empty; one begins with SELECT, ASK, CONSTRUCT or DESCRIBE")
    place = _PLACE.match(str(error))
    if not place:
        return QueryError(str(error))
    line, column, expected = int(place[1]), int(place[2]), _options(place[3])
    at = _offset(text, line, column)
    sentences = [option for option in expected if _SENTENCE.match(option)]
    if "Prefix not found" in sentences:
        return QueryError(_undeclared(text[:at]), line, column)
    if _UNGROUPED in sentences:
        ungrouped = "SELECT names a variable that is unbound after grouping; add it to GROUP BY"
        return QueryError(f"{ungrouped}, or aggregate it", line, column)
    if sentences:
        return QueryError(sentences[0], line, column)
    return _unexpected(text, at, expected)


def _options(expected: str) -> list[str]:
    return expected.removeprefix("expected ").removeprefix("one of ").split(", ")


def _offset(text: str, line: int, column: int) -> int:
    lines = text.split("\n")[: line - 1]
    return min(sum(len(above) + 1 for above in lines) + column - 1, len(text))


def _undeclared(before: str) -> str:
    """Name the prefix of the last name in a text, and the nearest of ours.

    >>> _undeclared("SELECT * { ?x zzz:thing")
    'the prefix zzz: is not declared'
    >>> _undeclared("SELECT * { ?x foaf:name")
    'the prefix foaf: is not declared'
    >>> _undeclared("SELECT * { ?x dpi:agent")
    'the prefix dpi: is not declared; did you mean dip: <https://w3id.org/aide-memoire/ontology#>?'
    """
    names = (token.text for token in reversed(tokenize(before)) if token.kind == "name")
    prefix = next(names, ":").partition(":")[0]
    try:
        namespace = expand(f"{prefix}:")
        return f"the prefix {prefix}: is not declared; add PREFIX {prefix}: <{namespace}>"
    except NotFound:
        # Slips of so short a word are seldom in its first letter.
        alike = [ours for ours in prefixes() if ours[:1] == prefix[:1]]
        nearest = difflib.get_close_matches(prefix, alike, n=1, cutoff=0.6)
        hint = f"; did you mean {nearest[0]}: <{prefixes()[nearest[0]]}>?" if nearest else ""
        return f"the prefix {prefix}: is not declared{hint}"


def _unexpected(text: str, at: int, expected: list[str]) -> QueryError:
    """Say which token the engine could not read, or that something is missing before the end."""
    tokens = tokenize(text)
    rest = text[at:].strip()
    # The engine reports how far it has looked: beyond a word by as much as each keyword it tried.
    starts = [at - len(keyword) for keyword in expected if keyword.isupper()]
    word = _word_at(tokens, starts) or _word_ending(tokens, at)
    if word and (rest or word.end != at):
        return _misplaced(text, word.start, expected)
    if len(expected) == 1 and expected[0].isupper():
        return _misplaced(text, starts[0], expected)
    if expected == ["[_]"]:
        last = len(text[:at].rstrip()) - 1
        return _error(text, last, f"“{text[last]}”, or what stands before it, does not fit here")
    if rest:
        return _misplaced(text, at, expected)
    if not any(token.keyword in _BEGINNINGS for token in tokens):
        return _misplaced(text, 0, expected)
    if _closed(tokens):
        return _error(text, at, "something is missing or does not fit before the end of the query")
    return _error(text, at, "the query ends too early; close its last string or bracket")


def _word_at(tokens: Iterable[Token], starts: Sequence[int]) -> Token | None:
    """Return the word or name that starts at the first of some offsets at which there is one."""
    words = {token.start: token for token in tokens if token.kind in {"word", "name"}}
    return next((words[start] for start in starts if start in words), None)


def _word_ending(tokens: Iterable[Token], at: int) -> Token | None:
    """Return the word in which, or behind which, the engine stopped reading."""
    return next((t for t in tokens if t.kind == "word" and t.start < at <= t.end), None)


def _misplaced(text: str, at: int, expected: list[str]) -> QueryError:
    """Say that the token at or behind an offset does not belong there, and what may be meant."""
    tokens = tokenize(text)
    place = next((n for n, token in enumerate(tokens) if token.end > at), len(tokens))
    if place == len(tokens):
        return _error(text, at, f"{expected[0]} is expected here")
    token = tokens[place]
    # Of a string that is not closed, its quote alone is certain.
    written = token.text[:1] if token.kind == "unclosed" else token.text
    hint = _slip(tokens, place, expected) or _meant(tokens[:place], written)
    excerpt = written if len(written) <= _EXCERPT else f"{written[:_EXCERPT]}…"
    return _error(text, token.start, f"this is not SPARQL here: “{excerpt}”{hint}")


def _slip(tokens: Sequence[Token], place: int, expected: list[str]) -> str:
    for keyword, before, following, mend in _SLIPS:
        start = place - len(before.split())
        fitting = fits(tokens, max(start, 0), before) and fits(tokens, place, following)
        if [keyword] == expected and start >= 0 and fitting:
            return mend
    return ""


def _meant(before: Sequence[Token], word: str) -> str:
    r"""Guess what a misplaced word was meant for, from the tokens before it.

    >>> _meant((), "SELEC"), _meant(tokenize("SELECT ?s { ?s ?p ?o . "), "FILTR")
    ('; did you mean SELECT?', '; did you mean FILTER?')
    >>> _meant(tokenize("# a question\n"), "Who")
    '; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE'
    >>> _meant(tokenize("SELECT * { ?s a "), "State")
    ''
    """
    keyword = word.upper()
    if keyword in _AGGREGATES and not any(token.text == "{" for token in before):
        return _COMPUTED
    # Above difflib's 0.6, at which many words of a text are like some keyword.
    nearest = difflib.get_close_matches(keyword, _KEYWORDS, n=1, cutoff=0.75)
    if nearest and keyword != nearest[0]:
        return f"; did you mean {nearest[0]}?"
    return "" if before else "; a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE"


def _closed(tokens: Iterable[Token]) -> bool:
    """Tell whether all strings and brackets of a query are closed, and there are braces.

    >>> [_closed(tokenize(f"ASK {{ {end}")) for end in ("?s ?p '}' }", "FILTER(?x > 1 }", "'x }")]
    [True, False, False]
    """
    opened: list[str] = []
    braces = False
    for token in tokens:
        braces = braces or token.text == "{"
        if token.kind == "unclosed":
            return False
        if token.text in _PAIRS:
            opened.append(_PAIRS[token.text])
        elif token.text in _PAIRS.values() and (not opened or opened.pop() != token.text):
            return False
    return braces and not opened


def _error(text: str, at: int, message: str) -> QueryError:
    before = text.rfind("\n", 0, at)
    return QueryError(message, text.count("\n", 0, at) + 1, at - before)
