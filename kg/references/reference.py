"""What a reference says, whatever the format that it is written in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

CONTAINER = "Aide-Mémoire"
# A date as RDF has it: a year, of five digits or before the common era too, a month, a day.
_DATE = re.compile(r"(-?\d{4,})(?:-(0[1-9]|1[0-2])(?:-(\d\d))?)?")


class CitedKind(Enum):
    """What is cited; formats have types of their own for each."""

    PAGE = "page"
    STATEMENT = "statement"
    ANSWER = "answer"
    SOURCE = "source"


@dataclass(frozen=True)
class Edition:
    """The build that a reference is to: its number and, if it was published, its day."""

    number: str
    day: str = ""


@dataclass(frozen=True)
class Reference:
    """A citable part of the graph, or a source as the graph records it.

    `name` is its key in a bibliography, `address` its permanent address, `place` the part that is
    cited, in words. Dates are as RDF has them. `original` is where a source can be read. `notes`
    are sentences of their own, such as the evidence for a statement.
    """

    kind: CitedKind
    name: str
    title: str
    address: str
    edition: Edition
    authors: tuple[str, ...] = ()
    publishers: tuple[str, ...] = ()
    issued: str = ""
    place: str = ""
    language: str = ""
    original: str = ""
    notes: tuple[str, ...] = ()

    @property
    def date(self) -> tuple[int, ...]:
        """Return year, month and day of what is cited, as far as they are known.

        A source has its date; a page, statement or answer that of the build.
        """
        return date_parts(self.issued if self.kind is CitedKind.SOURCE else self.edition.day)

    @property
    def key(self) -> str:
        """Return the name as all formats take it: ASCII letters, digits and hyphens."""
        return re.sub(r"[^A-Za-z0-9]+", "-", self.name).strip("-") or "aide-memoire"


def date_parts(day: str) -> tuple[int, ...]:
    """Return the numbers of a date.

    >>> date_parts("2018-04"), date_parts("-0044-03-15"), date_parts("2018-04-07T12:00:00Z")
    ((2018, 4), (-44, 3, 15), (2018, 4, 7))
    >>> date_parts("spring"), date_parts("")
    ((), ())
    """
    match = _DATE.match(day)
    return tuple(int(part) for part in match.groups() if part) if match else ()


def one_line(text: str) -> str:
    r"""Return a text without line breaks or other control characters.

    >>> one_line("Two\r\nlines\x07")
    'Two lines'
    """
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
