"""Links to other datasets: SSSOM tables (https://mapping-commons.github.io/sssom/) to triples."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg.model.errors import NotFound, SourceError
from kg.model.prefixes import expand
from kg.model.text_files import source

# SSSOM leaves confidence optional (https://w3id.org/sssom/confidence); here every link has one.
REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification", "confidence")
PREDICATES = frozenset(
    ["owl:sameAs", "owl:equivalentClass", "owl:equivalentProperty", "rdfs:seeAlso"]
    + [f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")]
)
_CURIE = re.compile(r"([A-Za-z][\w-]*):(\S+)")
_REASON = re.compile(r"semapv:[A-Z]\w+|https://w3id\.org/semapv/vocab/[A-Z]\w+")
# float() alone would take nan, inf and 1_0.
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True)
class Link:
    """A row of a table: what it links, by what name, and where its cells stand."""

    line: int
    cells: dict[str, str]
    columns: dict[str, int]
    triple: Triple

    def at(self, name: str) -> tuple[int, int]:
        """Return the line and column of a cell."""
        return self.line, self.columns.get(name, 1)


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    cells: dict[str, str]
    columns: dict[str, int]

    def wrong(self, cell: str, message: str, hint: str) -> SourceError:
        return SourceError(self.file, self.line, self.columns[cell], message, hint)


def links(path: Path, name: str) -> Iterator[Link]:
    """Read an SSSOM table row by row.

    `name` is what the file is called in a message. A row that lacks a column, a justification, a
    confidence or a known predicate is a SourceError: a link without a reason is not a link.
    """
    lines = source(path, name).splitlines()
    # The lines before the header are SSSOM's metadata: https://mapping-commons.github.io/sssom/tsv/
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    # Without quoting, a cell is as long as its text: so its column in the line can be computed.
    rows = csv.reader(lines[first:], delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = next(rows, [])
    for column in REQUIRED:
        if column not in columns:
            raise SourceError(name, first + 1, 1, f"there is no column {column}", "add it")
    for number, row in enumerate(rows, first + 2):
        if row:
            yield _link(name, number, columns, row)


def _link(name: str, line: int, columns: list[str], cells: list[str]) -> Link:
    if len(cells) != len(columns):
        message = f"this row has {len(cells)} columns, the header has {len(columns)}"
        raise SourceError(name, line, 1, message, "separate columns by one tab each")
    starts = [sum(len(cell) + 1 for cell in cells[:n]) + 1 for n in range(len(cells))]
    places = dict(zip(columns, starts, strict=True))
    row = _Row(name, line, dict(zip(columns, cells, strict=True)), places)
    _vet(row)
    subject, predicate, target = (_iri(row, column) for column in REQUIRED[:3])
    return Link(line, row.cells, row.columns, Triple(subject, predicate, target))


def _vet(row: _Row) -> None:
    reason, confidence = row.cells["mapping_justification"], row.cells["confidence"]
    predicate = row.cells["predicate_id"]
    if not _REASON.fullmatch(reason):
        subject = f"“{reason}” is not a" if reason else "this link has no"
        hint = "give one, such as semapv:ManualMappingCuration"
        raise row.wrong("mapping_justification", f"{subject} mapping_justification", hint)
    if not (_NUMBER.fullmatch(confidence) and float(confidence) <= 1):
        wrong = f"“{confidence}” is not a confidence"
        raise row.wrong("confidence", wrong, "write a number from 0 to 1, such as 0.95")
    if predicate not in PREDICATES:
        wrong = f"{predicate or 'an empty cell'} is not a way to link"
        raise row.wrong("predicate_id", wrong, f"use one of {', '.join(sorted(PREDICATES))}")


def _iri(row: _Row, column: str) -> NamedNode:
    cell = row.cells[column]
    try:
        return NamedNode(expand(cell) if _CURIE.fullmatch(cell) else cell)
    except NotFound as error:
        raise row.wrong(column, f"{cell}: {error}", "add the prefix there") from error
    except ValueError as error:
        hint = "write a prefixed name or a full IRI"
        raise row.wrong(column, f"“{cell}” is not an IRI", hint) from error
