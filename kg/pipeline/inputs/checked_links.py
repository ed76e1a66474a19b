"""The report of the last check of all links: `kg/links/check.tsv`, written by `kg links check`.

It is data of the tree, as what other datasets hold at a day is nothing that a build can compute: a
build carries it among its texts, so that a server without the tree shows it, and two builds of one
tree stay equal.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, fields
from datetime import date

from kg.model.errors import SourceError
from kg.model.source_texts import LINK_CHECK_FILE
from kg.model.text import without_controls

# From what to mend first to what needs nothing.
VERDICTS = ("dead", "moved", "doubtful", "unreachable", "fine")

_TITLE = "# The last check of links to other datasets; written by: kg links check"


@dataclass(frozen=True, order=True)
class CheckedLink:
    """A link and what a check of it showed.

    `day` is when it was checked; `compared` names what was: status, label, kind. `status` is that
    of HTTP, empty if the dataset was asked by a query; `moved_to` the new IRI of a target that
    moved; `reason` says why the verdict is not `fine`. A target that did not answer is
    `unreachable`, which says nothing of it: `before` and `before_day` are then the last verdict
    that rests on an answer.
    """

    dataset: str
    subject: str
    predicate: str
    target: str
    subject_label: str = ""
    target_label: str = ""
    verdict: str = "fine"
    day: str = ""
    status: str = ""
    moved_to: str = ""
    reason: str = ""
    compared: str = ""
    before: str = ""
    before_day: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what identifies the link."""
        return self.subject, self.predicate, self.target


COLUMNS = tuple(field.name for field in fields(CheckedLink))


@dataclass(frozen=True)
class LinkReport:
    """All links of a tree as they were when they were checked, in the order of verdicts."""

    day: str
    links: tuple[CheckedLink, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """Return the number of links by verdict, those without links included."""
        counted = Counter(link.verdict for link in self.links)
        return {verdict: counted[verdict] for verdict in VERDICTS}

    def of(self, verdict: str) -> tuple[CheckedLink, ...]:
        """Return the links with a verdict."""
        return tuple(link for link in self.links if link.verdict == verdict)


def parse_link_report(text: str, name: str = LINK_CHECK_FILE) -> LinkReport:
    """Read a report; SourceError says which line is not as `format_link_report` writes it."""
    lines = text.splitlines()
    if len(lines) < 3 or lines[0] != _TITLE or not lines[1].startswith("# checked: "):
        raise _fault(name, 1, "this is no report of a check of links")
    day = _day(name, 2, lines[1].removeprefix("# checked: "))
    rows = csv.reader(lines[2:], delimiter="\t", quoting=csv.QUOTE_NONE)
    if tuple(next(rows)) != COLUMNS:
        raise _fault(name, 3, f"its columns are not {' '.join(COLUMNS)}")
    return LinkReport(day, tuple(_link(name, at, row) for at, row in enumerate(rows, 4)))


def parse_row(text: str, name: str, line: int) -> CheckedLink:
    """Read one row; SourceError if it is none."""
    return _link(name, line, text.split("\t"))


def format_link_report(day: str, links: Iterable[CheckedLink]) -> str:
    """Write a report as a table, each line a link; equal reports are equal texts."""
    ordered = sorted(links, key=lambda link: (VERDICTS.index(link.verdict), link))
    rows = map(format_row, ordered)
    return "\n".join((_TITLE, f"# checked: {day}", "\t".join(COLUMNS), *rows, ""))


def format_row(link: CheckedLink) -> str:
    """Write one link as a row."""
    return "\t".join(_cell(value) for value in asdict(link).values())


def _cell(text: str) -> str:
    r"""Write a text in one line without tabs and controls, as what others send may have all.

    >>> _cell("a\tb\n c")
    'a b c'
    """
    return " ".join(without_controls(text).split())


def _link(name: str, line: int, row: list[str]) -> CheckedLink:
    if len(row) != len(COLUMNS):
        raise _fault(name, line, f"this row has {len(row)} columns, the header {len(COLUMNS)}")
    link = CheckedLink(*row)
    _day(name, line, link.day)
    for verdict in filter(None, (link.verdict, link.before)):
        if verdict not in VERDICTS:
            raise _fault(name, line, f"“{verdict}” is not one of {', '.join(VERDICTS)}")
    return link


def _day(name: str, line: int, text: str) -> str:
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise _fault(name, line, f"“{text}” is not a day such as 2026-11-28") from error


def _fault(name: str, line: int, message: str) -> SourceError:
    return SourceError(name, line, 1, message, "write it again with: kg links check")
