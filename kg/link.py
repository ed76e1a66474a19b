"""Links to other datasets: SSSOM tables (https://mapping-commons.github.io/sssom/) to triples."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Triple

from kg.errors import NotFound, SourceError
from kg.prefixes import expand

REQUIRED = ("subject_id", "predicate_id", "object_id", "mapping_justification")
PREDICATES = frozenset(
    ["owl:sameAs", "owl:equivalentClass", "owl:equivalentProperty", "rdfs:seeAlso"]
    + [f"skos:{kind}Match" for kind in ("exact", "close", "broad", "narrow", "related")]
)
_CURIE = re.compile(r"([A-Za-z][\w-]*):(\S+)")


def links(path: Path, name: str) -> Iterator[tuple[int, Triple]]:
    """Read an SSSOM table: each row's line number and triple.

    `name` is what the file is called in a message. A row that lacks a column, a justification or
    a known predicate is a SourceError: a link without a reason is not a link.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    first = next((n for n, line in enumerate(lines) if not line.startswith("#")), len(lines))
    rows = csv.reader(lines[first:], delimiter="\t", quoting=csv.QUOTE_NONE)
    columns = next(rows, [])
    for column in REQUIRED:
        if column not in columns:
            raise SourceError(name, first + 1, 1, f"there is no column {column}", "add it")
    for number, row in enumerate(rows, first + 2):
        if row:
            yield number, _triple(name, number, columns, row)


def _triple(name: str, line: int, columns: list[str], row: list[str]) -> Triple:
    if len(row) != len(columns):
        message = f"this row has {len(row)} columns, the header has {len(columns)}"
        raise SourceError(name, line, 1, message, "separate columns by one tab each")
    value = dict(zip(columns, row, strict=True))
    if not value["mapping_justification"]:
        hint = "give one, such as semapv:ManualMappingCuration"
        raise SourceError(name, line, 1, "this link has no mapping_justification", hint)
    if value["predicate_id"] not in PREDICATES:
        message = f"{value['predicate_id'] or 'an empty cell'} is not a way to link"
        raise SourceError(name, line, 1, message, f"use one of {', '.join(sorted(PREDICATES))}")
    subject, predicate, target = (_iri(name, line, value[column]) for column in REQUIRED[:3])
    return Triple(subject, predicate, target)


def _iri(name: str, line: int, cell: str) -> NamedNode:
    try:
        return NamedNode(expand(cell) if _CURIE.fullmatch(cell) else cell)
    except NotFound as error:
        raise SourceError(name, line, 1, f"{cell}: {error}", "add the prefix there") from error
    except ValueError as error:
        hint = "write a prefixed name or a full IRI"
        raise SourceError(name, line, 1, f"“{cell}” is not an IRI", hint) from error
