"""What the parsers of Turtle and SPARQL say, in words that help."""

from __future__ import annotations

import re

from kg.errors import QueryError, SourceError

_HINTS = {
    r"dot is expected|not a valid predicate|not a valid object|not a valid RDF": (
        "look for a missing . or ; before this place"
    ),
    r"prefix \S+: has not been declared": "declare it as in ontology/prefixes.ttl",
    r"Unexpected end": "close the last string, bracket or statement",
    r"Invalid IRI": "write it without spaces and close it with >",
}
_PLACE = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)


def source_error(file: str, error: SyntaxError) -> SourceError:
    """Say what is wrong with a Turtle or TriG file, where, and what would be right."""
    said = re.sub(r"^Parser error .*?: ", "", error.msg)
    hints = (hint for pattern, hint in _HINTS.items() if re.search(pattern, said))
    hint = next(hints, "check the punctuation")
    return SourceError(file, error.lineno or 0, error.offset or 0, said, hint)


def query_error(error: SyntaxError) -> QueryError:
    """Say what is wrong with a query, and where."""
    found = _PLACE.match(str(error))
    if not found:
        return QueryError(str(error))
    line, column, expected = found.groups()
    return QueryError(_reason(expected), int(line), int(column))


def _reason(expected: str) -> str:
    """Pick what a person can use from the parser's list of all that it could have read.

    >>> _reason("expected one of OPTIONAL, Prefix not found, ['%'], [':']")
    'Prefix not found'
    >>> _reason("expected one of LATERAL, SERVICE, [_]")
    'expected one of LATERAL, SERVICE'
    """
    options = expected.removeprefix("expected ").removeprefix("one of ").split(", ")
    said = [option for option in options if re.match(r"(The|Prefix|[A-Z][a-z]+) \w", option)]
    if said:
        return said[0]
    words = [option for option in options if not option.startswith("[")]
    if not words:
        return "this character is not expected here"
    return f"expected {'one of ' if len(words) > 1 else ''}{', '.join(words[:8])}"
