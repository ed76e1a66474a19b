"""Mappings to other datasets: SSSOM tables (https://mapping-commons.github.io/sssom/), row by row.

A row is a link, or says that two things are not the same (`predicate_modifier` Not), or that the
dataset has no record of a thing (`object_id` sssom:NoTermFound, with the reason in `comment`).
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg.model.errors import NotFound, SourceError
from kg.model.prefixes import expand, node
from kg.model.text_files import source
from kg.pipeline.inputs.sssom_header import MappingSet, parse_header

# SSSOM leaves all but the first four optional; here every mapping has a date and an author, and
# every link a confidence.
REQUIRED = (
    *("subject_id", "predicate_id", "object_id", "mapping_justification"),
    *("confidence", "mapping_date"),
)
AUTHORS = ("author_id", "reviewer_id", "creator_id")
# https://mapping-commons.github.io/sssom/Mapping/
_COLUMNS = frozenset(
    (
        *("subject_label", "predicate_label", "predicate_modifier", "object_label"),
        *("author_label", "reviewer_label", "creator_label", "comment", "see_also", "other"),
        *("mapping_tool", "mapping_tool_version", "similarity_score", "similarity_measure"),
        *("match_string", "subject_source", "object_source"),
        *REQUIRED,
        *AUTHORS,
    )
)
PREDICATES = frozenset(
    ["owl:sameAs", "owl:equivalentClass", "owl:equivalentProperty", "rdfs:seeAlso"]
    + [f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")]
)
NO_TERM = "sssom:NoTermFound"
_CURIE = re.compile(r"([A-Za-z][\w-]*):(\S+)")
_REASON = re.compile(r"semapv:[A-Z]\w+|https://w3id\.org/semapv/vocab/[A-Z]\w+")
# float() alone would take nan, inf and 1_0.
_NUMBER = re.compile(r"\d+(\.\d+)?")


@dataclass(frozen=True)
class MappingRow:
    """A row of a table: what it maps, and where its cells stand."""

    line: int
    cells: Mapping[str, str]
    columns: Mapping[str, int]
    triple: Triple
    authors: tuple[tuple[str, NamedNode], ...] = ()

    @property
    def negative(self) -> bool:
        """Tell whether the row says that the mapping does not hold."""
        return self.cells.get("predicate_modifier") == "Not"

    @property
    def no_term(self) -> bool:
        """Tell whether the row says that the dataset has no record of the thing."""
        return self.triple.object == node(NO_TERM)

    @property
    def link(self) -> Triple | None:
        """Return the statement that links the thing with a record, if the row is a link."""
        return None if self.negative or self.no_term else self.triple

    def at(self, name: str) -> tuple[int, int]:
        """Return the line and column of a cell."""
        return self.line, self.columns.get(name, 1)


@dataclass(frozen=True)
class MappingTable:
    """A table: the dataset that its file is named after, its metadata, its rows."""

    dataset: str
    mapping_set: MappingSet
    rows: tuple[MappingRow, ...]


@dataclass(frozen=True)
class _Row:
    file: str
    line: int
    cells: dict[str, str]
    columns: dict[str, int]
    declared: frozenset[str]

    def wrong(self, cell: str, message: str, hint: str) -> SourceError:
        return SourceError(self.file, self.line, self.columns.get(cell, 1), message, hint)


def read_mapping_table(path: Path, name: str) -> MappingTable:
    """Read an SSSOM table; `name` is what its file is called in a message.

    SourceError if the header lacks a slot, or a row a column, a justification, a confidence, a
    date, an author or a predicate of PREDICATES: a link without a reason is not a link.
    """
    lines = source(path, name).splitlines()
    # The lines before the columns are SSSOM's metadata.
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    mapping_set = parse_header(lines[:first], name)
    rows = tuple(_rows(name, lines, first, mapping_set.declared))
    return MappingTable(path.name.partition(".")[0], mapping_set, rows)


def _rows(
    name: str, lines: list[str], first: int, declared: frozenset[str]
) -> Iterator[MappingRow]:
    # Without quoting, a cell is as long as its text: so its column in the line can be computed.
    rows = csv.reader(lines[first:], delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = next(rows, [])
    _check_columns(name, first + 1, columns)
    for number, row in enumerate(rows, first + 2):
        if row:
            yield _mapping(name, number, columns, row, declared)


def _check_columns(name: str, line: int, columns: list[str]) -> None:
    for column in REQUIRED:
        if column not in columns:
            raise SourceError(name, line, 1, f"there is no column {column}", "add it")
    if not any(column in columns for column in AUTHORS):
        raise SourceError(name, line, 1, "there is no column author_id", "say who made the mapping")
    for place, column in zip(_starts(columns), columns, strict=True):
        if column not in _COLUMNS or columns.count(column) > 1:
            wrong = f"“{column}” is no column of a mapping, or stands here twice"
            hint = "see https://mapping-commons.github.io/sssom/Mapping/"
            raise SourceError(name, line, place, wrong, hint)


def _mapping(
    name: str, line: int, columns: list[str], cells: list[str], declared: frozenset[str]
) -> MappingRow:
    if len(cells) != len(columns):
        message = f"this row has {len(cells)} columns, the header has {len(columns)}"
        raise SourceError(name, line, 1, message, "separate columns by one tab each")
    places = dict(zip(columns, _starts(cells), strict=True))
    row = _Row(name, line, dict(zip(columns, cells, strict=True)), places, declared)
    _vet(row)
    _vet_modifier(row)
    subject, predicate, target = (_iri(row, column) for column in REQUIRED[:3])
    authors = tuple(
        (column, _iri(row, column, one))
        for column in AUTHORS
        for one in row.cells.get(column, "").split("|")
        if one
    )
    if not authors:
        raise row.wrong("author_id", "nobody has made this mapping", "name who did in author_id")
    return MappingRow(line, row.cells, row.columns, Triple(subject, predicate, target), authors)


def _starts(cells: list[str]) -> list[int]:
    return [sum(len(cell) + 1 for cell in cells[:n]) + 1 for n in range(len(cells))]


def _vet(row: _Row) -> None:
    reason, confidence = row.cells["mapping_justification"], row.cells["confidence"]
    predicate, day = row.cells["predicate_id"], row.cells["mapping_date"]
    if not _REASON.fullmatch(reason):
        subject = f"“{reason}” is not a" if reason else "this link has no"
        hint = "give one, such as semapv:ManualMappingCuration"
        raise row.wrong("mapping_justification", f"{subject} mapping_justification", hint)
    # How sure a search is that there is nothing cannot be said by a number.
    needed = confidence or not _absent(row)
    if needed and not (_NUMBER.fullmatch(confidence) and float(confidence) <= 1):
        wrong = f"“{confidence}” is not a confidence"
        raise row.wrong("confidence", wrong, "write a number from 0 to 1, such as 0.95")
    if predicate not in PREDICATES:
        wrong = f"{predicate or 'an empty cell'} is not a way to link"
        raise row.wrong("predicate_id", wrong, f"use one of {', '.join(sorted(PREDICATES))}")
    try:
        date.fromisoformat(day)
    except ValueError as error:
        hint = "write it like 2018-04-30"
        raise row.wrong("mapping_date", f"“{day}” is not a date", hint) from error


def _vet_modifier(row: _Row) -> None:
    modifier, comment = row.cells.get("predicate_modifier", ""), row.cells.get("comment", "")
    absent = _absent(row)
    if modifier not in ("", "Not") or (modifier and absent):
        wrong = f"“{modifier}” with {NO_TERM}" if absent else f"“{modifier}” is no modifier"
        raise row.wrong("predicate_modifier", wrong, "write Not, or nothing")
    if absent and row.cells["predicate_id"] != "skos:exactMatch":
        message = f"{NO_TERM} stands with skos:exactMatch alone"
        raise row.wrong("predicate_id", message, "write skos:exactMatch")
    if not comment and (absent or modifier):
        what = "no link" if absent else "a mapping that does not hold"
        raise row.wrong("comment", f"{what} needs a reason", "write it in the comment")


def _absent(row: _Row) -> bool:
    return row.cells["object_id"] in (NO_TERM, expand(NO_TERM))


def _iri(row: _Row, column: str, written: str = "") -> NamedNode:
    cell = written or row.cells[column]
    match = _CURIE.fullmatch(cell)
    try:
        iri = NamedNode(expand(cell) if match else cell)
    except NotFound as error:
        raise row.wrong(column, f"{cell}: {error}", "add the prefix there") from error
    except ValueError as error:
        hint = "write a prefixed name or a full IRI"
        raise row.wrong(column, f"“{cell}” is not an IRI", hint) from error
    if match and not match[2].startswith("//") and match[1] not in row.declared:
        hint = f"add # {match[1]}: {expand(match[1] + ':')} below it"
        raise row.wrong(column, f"the curie_map has no prefix {match[1]}:", hint)
    return iri
