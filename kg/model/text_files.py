"""Text files, read as UTF-8, and the errors of those that cannot be read or parsed."""

from __future__ import annotations

import re
from pathlib import Path

from kg.model.errors import SourceError

# Editors add one unseen; Turtle and SPARQL have no such character before the first token.
_BYTE_ORDER_MARK = "\ufeff"

# What the parser says, and what a person would try first.
_HINTS = {
    r"dot is expected|not a valid predicate|not a valid object|not a valid RDF": (
        "look for a missing . or ; before this place"
    ),
    r"prefix \S+: has not been declared": "declare it as in ontology/prefixes.ttl",
    r"Unexpected end": "close the last string, bracket or statement",
    r"Invalid IRI": "write it without spaces and close it with >",
}


def read(path: Path, name: str = "") -> str:
    """Return a file's text; SourceError if it cannot be read or is not UTF-8.

    `name` is what the file is called in a message.
    """
    name = name or str(path)
    try:
        body = path.read_bytes()
    except FileNotFoundError as error:
        wrong = "a link to nothing" if path.is_symlink() else "there is no such file"
        raise SourceError(name, 0, 0, wrong) from error
    except OSError as error:
        raise SourceError(name, 0, 0, f"cannot be read: {error.strerror}") from error
    try:
        return body.decode()
    except UnicodeDecodeError as error:
        line, column = _place(body[: error.start])
        raise SourceError(name, line, column, "this is not text in UTF-8") from error


def source(path: Path, name: str = "") -> str:
    """Return the text of a file of the graph, as `read` does, but without a byte order mark."""
    text = read(path, name)
    if text.startswith(_BYTE_ORDER_MARK):
        hint = "save it as UTF-8 without one"
        raise SourceError(name or str(path), 1, 1, "begins with a byte order mark", hint)
    return text


def source_error(file: str, error: SyntaxError) -> SourceError:
    """Say what is wrong with a Turtle or TriG file, where, and what would be right."""
    message = re.sub(r"^Parser error .*?: ", "", error.msg)
    hints = (hint for pattern, hint in _HINTS.items() if re.search(pattern, message))
    hint = next(hints, "check the punctuation")
    return SourceError(file, error.lineno or 0, error.offset or 0, message, hint)


def _place(before: bytes) -> tuple[int, int]:
    r"""Return the line and column after some bytes.

    >>> _place("a\nété".encode())
    (2, 4)
    """
    lines = before.split(b"\n")
    return len(lines), len(lines[-1].decode(errors="replace")) + 1
