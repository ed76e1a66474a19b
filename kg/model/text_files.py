"""Text files, read as UTF-8 or refused in one line."""

from __future__ import annotations

from pathlib import Path

from kg.model.errors import SourceError

_MARK = "\ufeff"


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
    if text.startswith(_MARK):
        hint = "save it as UTF-8 without one"
        raise SourceError(name or str(path), 1, 1, "begins with a byte order mark", hint)
    return text


def _place(before: bytes) -> tuple[int, int]:
    r"""Return the line and column after some bytes.

    >>> _place("a\nété".encode())
    (2, 4)
    """
    lines = before.split(b"\n")
    return len(lines), len(lines[-1].decode(errors="replace")) + 1
