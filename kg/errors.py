"""What can go wrong, as one tree.

KGError
├── SourceError    a file of the graph cannot be read as it stands
├── CheckFailed    the files can be read, but break a rule
├── QueryError     a query cannot be answered
├── NotFound       no such question, thing or graph
└── BuildMissing   nothing has been built yet
    └── BuildDamaged   what was built has changed since
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, order=True)
class Finding:
    """One mistake in one place; its text is one line that an editor can jump to.

    >>> str(Finding("kg/entities/a.ttl", 3, 5, "no such term", "did you mean dip:State?"))
    'kg/entities/a.ttl:3:5: no such term; did you mean dip:State?'
    """

    file: str
    line: int
    column: int
    message: str
    hint: str = ""

    def __str__(self) -> str:
        """Return `file:line:column: message; hint`, without the parts that are not known."""
        place = ":".join(str(part) for part in (self.file, self.line, self.column) if part)
        words = "; ".join(part for part in (self.message, self.hint) if part)
        return " ".join(f"{place}: {words}".split()) if place else words


class KGError(Exception):
    """Any failure that a person can understand and mend."""


class SourceError(KGError):
    """A file of the graph cannot be read as it stands."""

    def __init__(self, file: str, line: int, column: int, message: str, hint: str = "") -> None:
        """Record the place (1-based line and column, 0 if not known) and what is wrong."""
        self.finding = Finding(file, line, column, message, hint)
        super().__init__(str(self.finding))


class CheckFailed(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """The files can be read, but break a rule."""

    def __init__(self, findings: Iterable[Finding]) -> None:
        """Record the findings, in the order of files and lines."""
        self.findings = tuple(sorted(findings))
        super().__init__("\n".join(str(finding) for finding in self.findings))


class QueryError(KGError):
    """A query cannot be answered."""

    def __init__(self, message: str, line: int = 0, column: int = 0) -> None:
        """Record the reason and the place in the query (1-based, 0 if not known)."""
        self.message, self.line, self.column = message, line, column
        place = f"line {line}, column {column}: " if line else ""
        super().__init__(place + message)


class NotFound(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """No such question, thing or graph."""

    def __init__(self, what: str, near: Iterable[str] = ()) -> None:
        """Record what was asked for and the names that come near."""
        self.what, self.near = what, tuple(near)
        hint = f"; did you mean {' or '.join(self.near)}?" if self.near else ""
        super().__init__(f"there is no {what}{hint}")


class BuildMissing(KGError):  # noqa: N818 - the name says what happened, as werkzeug's NotFound does
    """Nothing has been built yet."""

    def __init__(self, path: Path) -> None:
        """Record where a build was looked for."""
        self.path = path
        super().__init__(f"there is no build in {path}; make one with: kg build")


class BuildDamaged(BuildMissing):
    """A build is not as it was published."""

    def __init__(self, path: Path) -> None:
        """Record which build it is."""
        super().__init__(path)
        self.args = (f"the build in {path} is damaged; make it again with: kg build",)
