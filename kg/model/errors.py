"""What can go wrong, as one tree.

KGError
├── SourceError    a file of the graph cannot be read as it stands
├── CheckFailed    the files can be read, but break a rule
├── QueryError     a query cannot be answered
│   ├── QueryRefused   it is understood, and will not be answered
│   └── LimitReached   it takes more than one query may
│       ├── TimeLimit
│       ├── MemoryLimit
│       └── SizeLimit
├── Overloaded     too many queries at once
│   └── BudgetSpent    too many of one client
├── WorkerLost     the process that answered has ended
├── WorkerFailed   the code that answered has a fault
├── NotFound       no such query, thing or graph
├── Gone           what there was, and is no more
├── Merged         what is now part of another thing
└── BuildMissing   nothing has been built yet
    └── BuildDamaged   what was built has changed since
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake in one place, and the check that found it; an editor can jump to its text.

    >>> str(Finding("kg/entities/a.ttl", 3, 5, "no such term", "did you mean dip:State?"))
    'kg/entities/a.ttl:3:5: no such term; did you mean dip:State?'
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""
    check: str = field(default="", compare=False)

    def __str__(self) -> str:
        """Return `file:line:column: message; hint`, without the parts that are unknown."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        words = "; ".join(part for part in (self.message, self.hint) if part)
        return " ".join(f"{place}: {words}".split()) if place else words


class KGError(Exception):
    """Any failure that a person can understand and mend."""


class SourceError(KGError):
    """A file of the graph cannot be read as it stands."""

    def __init__(self, file: str, line: int, column: int, message: str, hint: str = "") -> None:
        """Record the place (1-based line and column, 0 if unknown) and what is wrong."""
        self.finding = Finding(file, line, column, message, hint)
        super().__init__(str(self.finding))


class CheckFailed(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The files can be read, but break a rule."""

    def __init__(self, findings: Iterable[Finding], *, complete: bool = True) -> None:
        """Record the findings, in the order of files and lines, and whether every check ran."""
        self.findings, self.complete = tuple(sorted(findings)), complete
        super().__init__("\n".join(str(finding) for finding in self.findings))


class QueryError(KGError):
    """A query cannot be answered."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        """Record the reason and the place in the query (1-based, 0 if unknown)."""
        self.message, self.line, self.column = message, line, column
        super().__init__((f"line {line}, column {column}: " if line else "") + message)

    def __reduce__(self) -> tuple[type[QueryError], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.message, self.line, self.column))


class NotFound(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """No such query, thing or graph."""

    def __init__(self, what: str, similar: Iterable[str] = (), name: str = "") -> None:
        """Record what is missing, similar names, and the name that they are similar to."""
        self.what, self.similar, self.name = what, tuple(similar), name
        hint = f"; did you mean {' or '.join(self.similar)}?" if self.similar else ""
        super().__init__(f"there is no {what}{hint}")

    def __reduce__(self) -> tuple[type[NotFound], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.what, self.similar, self.name))


class Gone(KGError):  # noqa: N818 - as NotFound
    """A thing that was taken back: its name stays taken."""

    def __init__(self, what: str, reason: str = "") -> None:
        """Record what is gone, and the reason if one is stated."""
        super().__init__(f"{what} was taken back{f': {reason}' if reason else ''}")


class Merged(KGError):  # noqa: N818 - as NotFound
    """A thing that turned out to be another one, or became part of it."""

    def __init__(self, what: str, into: str) -> None:
        """Record what was merged, and the slug of its successor."""
        self.what, self.into = what, into
        super().__init__(f"{what} is now {into}")


class BuildMissing(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """Nothing has been built yet."""

    def __init__(self, path: Path, what: str = "") -> None:
        """Record where a build was looked for; of one that is damaged, which file is how."""
        self.path, self.what = path, what
        damaged = f"the build in {path} is damaged: {what}; make it again"
        missing = f"there is no build in {path}; make one"
        super().__init__(f"{damaged if what else missing} with: kg build")

    def __reduce__(self) -> tuple[type[BuildMissing], tuple[Path, str]]:
        return (type(self), (self.path, self.what))


class BuildDamaged(BuildMissing):
    """A build is not as it was published."""


class QueryRefused(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """A query that is understood, and will not be answered."""


class LimitReached(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """A query that is understood, but takes more than one query may."""

    unit = ""

    def __init__(self, limit: float, message: str) -> None:
        """Record the limit, in the class's unit, and what to do instead."""
        self.limit = limit
        super().__init__(message)

    def __reduce__(self) -> tuple[type[LimitReached], tuple[object, ...]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.limit,))


class TimeLimit(LimitReached):
    """A query was stopped when its time was up."""

    unit = "seconds"

    def __init__(self, limit: float) -> None:
        """Record the limit in seconds."""
        super().__init__(
            limit,
            f"this query was stopped after {limit:g} s, the most that one may take; ask for less: "
            "name more of what you look for, leave out parts that multiply rows, or add LIMIT",
        )


class MemoryLimit(LimitReached):
    """A query was stopped when it wanted too much memory."""

    unit = "bytes"

    def __init__(self, limit: int) -> None:
        """Record the limit in bytes."""
        super().__init__(
            limit,
            f"this query was stopped when it needed more than {_megabytes(limit)} of memory, the "
            "most that one may take; sorting, grouping and joining without a common variable need "
            "much: narrow the pattern first",
        )


class SizeLimit(LimitReached):
    """An answer is larger than what is sent."""

    unit = "bytes"

    def __init__(self, limit: int) -> None:
        """Record the limit in bytes."""
        super().__init__(
            limit,
            f"the answer is larger than {_megabytes(limit)}, the most that is sent; it is not cut, "
            "so nothing is sent: page through it with ORDER BY, LIMIT and OFFSET, ask for fewer "
            "columns, or take a dump",
        )


def _megabytes(size: int) -> str:
    """Say a size in the unit that people read.

    >>> _megabytes(512_000_000), _megabytes(1500)
    ('512 MB', '1,500 bytes')
    """
    return f"{size / 1e6:g} MB" if size >= 1_000_000 else f"{size:,} bytes"


class Stopped(QueryError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """A query was stopped by the client that sent it."""

    def __init__(self) -> None:
        """Record nothing but the message."""
        super().__init__("this query was stopped, as whoever asked it wished")


class Overloaded(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The server has as many long queries as it takes."""

    _WORDS = "more queries are being answered than this server takes at once"

    def __init__(self, seconds: float) -> None:
        """Record the seconds after which it is worth trying again."""
        self.seconds = seconds
        super().__init__(f"{self._WORDS}; try again in {max(1, math.ceil(seconds))} s")

    def __reduce__(self) -> tuple[type[Overloaded], tuple[float]]:
        """Cross from process to process as what it was made of."""
        return (type(self), (self.seconds,))


class BudgetSpent(Overloaded):
    """A client has used its share of the server's time, and others wait."""

    _WORDS = "others wait, and your address has used all its query time of this minute"


class WorkerLost(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The process that was answering a query ended, for no reason that a query may have."""

    seconds = 5.0  # within which there are new processes, if the graph is not very large

    def __init__(self, reason: str) -> None:
        """Say the reason, as far as it can be determined."""
        words = f"the process that was answering this query ended unexpectedly ({reason}), and so"
        super().__init__(f"{words} did the one before it; try again in {self.seconds:.0f} s")


class WorkerFailed(KGError):  # noqa: N818 - as above
    """The code that was answering a query has a fault, which it will have again."""
