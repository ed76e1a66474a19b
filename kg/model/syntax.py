"""What the parsers of Turtle and TriG say, in words that help."""

from __future__ import annotations

import re

from kg.model.errors import SourceError

_HINTS = {
    r"dot is expected|not a valid predicate|not a valid object|not a valid RDF": (
        "look for a missing . or ; before this place"
    ),
    r"prefix \S+: has not been declared": "declare it as in ontology/prefixes.ttl",
    r"Unexpected end": "close the last string, bracket or statement",
    r"Invalid IRI": "write it without spaces and close it with >",
}


def source_error(file: str, error: SyntaxError) -> SourceError:
    """Say what is wrong with a Turtle or TriG file, where, and what would be right."""
    said = re.sub(r"^Parser error .*?: ", "", error.msg)
    hints = (hint for pattern, hint in _HINTS.items() if re.search(pattern, said))
    hint = next(hints, "check the punctuation")
    return SourceError(file, error.lineno or 0, error.offset or 0, said, hint)
