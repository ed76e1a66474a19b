"""A saved question, and the answers that were recorded for it."""

from __future__ import annotations

from base64 import b32encode
from dataclasses import dataclass
from hashlib import sha256

from kg.saved.answers import AnswerRow, RecordedRows

# Characters of an address: 50 bits, and all 52 characters where two questions share the first.
SHORT, LONG = 10, 52


@dataclass(frozen=True)
class RecordedAnswer:
    """The answer to a saved question at a build.

    `day` is when it was recorded, `total` its number of rows; `rows` is None where there are too
    many to store.
    """

    build: str
    day: str
    hash: str
    total: int
    rows: RecordedRows | None


@dataclass(frozen=True)
class AnswerChange:
    """A build at which an answer was no longer what it was before.

    `added` and `removed` count rows, and are None where either answer was too large to store;
    `excerpt` has the first of them, each with "added" or "removed".
    """

    number: int
    build: str
    day: str
    total: int
    added: int | None
    removed: int | None
    excerpt: tuple[tuple[str, AnswerRow], ...] = ()


@dataclass(frozen=True)
class SavedQuestion:
    """A query with its answer at the build that it was saved at, and at the one asked last.

    `base` resolves relative IRIs. `trouble` says why the answer at the build `asked` is not known.
    """

    code: str
    query: str
    title: str
    base: str
    then: RecordedAnswer
    latest: RecordedAnswer
    asked: str
    trouble: str = ""
    changes: tuple[AnswerChange, ...] = ()

    @property
    def is_unchanged(self) -> bool:
        """Tell whether the latest answer is the one that was saved."""
        return self.then.hash == self.latest.hash


def question_code(query: str, build: str, length: int = SHORT) -> str:
    """Return the code of a question's address: equal for equal queries saved at one build.

    >>> question_code("ASK {}", "0123456789ab")
    'lz7ix57t5y'
    """
    digest = sha256(f"{build}\n{query}".encode(errors="surrogatepass")).digest()
    return b32encode(digest).decode().lower().rstrip("=")[:length]
