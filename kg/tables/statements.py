"""The triples of a table, row by row: https://www.w3.org/TR/csv2rdf/, minimal mode."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.errors import CheckFailed, Finding
from kg.model.prefixes import node
from kg.tables.cells import CellValue
from kg.tables.columns import Columns, TableColumn, match_columns
from kg.tables.description import read_description
from kg.tables.iri_templates import IriTemplate
from kg.tables.rows import Row, TableRows

# A person who mends a spreadsheet wants to see more than the first mistake.
MOST_FINDINGS = 20
_Subject = NamedNode | BlankNode
_Values = dict[str, str | list[str] | None]


class TableReader:
    """Reads a table by its metadata; its rows are read once, as the triples are taken."""

    def __init__(self, file: IO[bytes], name: str, metadata: Path, base: str) -> None:
        """Read metadata and header; `base` is the table's IRI unless the metadata has another.

        SourceError says what is wrong in either.
        """
        table = Path(name).name
        description = read_description(metadata, table, base)
        self._rows = TableRows(file, name, description.dialect)
        self.columns: Columns = match_columns(description, self._rows)
        self._findings: list[Finding] = []

    def triples(self) -> Iterator[Triple]:
        """Yield the triples of all rows; CheckFailed at the end, or soon, if cells are wrong."""
        for row in self._rows:
            # Nothing of a row with a mistake, so nothing that depends on a wrong cell.
            triples = self._of_row(row)
            if not self._findings:
                yield from triples
            elif len(self._findings) >= MOST_FINDINGS:
                raise CheckFailed(self._findings, complete=False)
        if self._findings:
            raise CheckFailed(self._findings)

    def _of_row(self, row: Row) -> list[Triple]:
        columns = self.columns
        width = columns.width or 1 + max(column.at for column in columns.described)
        if len(row.cells) != width:
            self._note(row, f"{len(row.cells)} cells, not {width}; is a quote or a comma missing?")
            return []
        cells = [self._cell(row, column) for column in columns.described]
        values: _Values = {"_row": str(row.number), "_sourceRow": str(row.line)}
        for column, cell in zip(columns.described, cells, strict=True):
            values[column.name] = cell.canonical
        triples: list[Triple] = []
        anonymous = BlankNode()
        for column, cell in zip(columns.described, cells, strict=True):
            # A column without cells has a value in each row, if its template does.
            if not column.suppressed and (cell.canonical is not None or column.at < 0):
                try:
                    triples += _of_cell(column, cell, values, anonymous)
                except ValueError as error:
                    self._note(row, f"column {column.name}: {error}")
        return triples

    def _cell(self, row: Row, column: TableColumn) -> CellValue:
        try:
            return column.reader.read(row.cells[column.at] if column.at >= 0 else "")
        except ValueError as error:
            self._note(row, f"column {column.name}: {error}")
            return CellValue((), None)

    def _note(self, row: Row, message: str) -> None:
        finding = Finding(self._rows.name, row.line, 0, f"row {row.number}, {message}")
        # A template of the row fails for each of its columns.
        if len(self._findings) < MOST_FINDINGS and finding not in self._findings:
            self._findings.append(finding)


def _of_cell(
    column: TableColumn, cell: CellValue, values: _Values, anonymous: BlankNode
) -> Iterable[Triple]:
    objects = _objects(column, cell, values)
    if not objects:
        return ()
    subject = _filled(column.about, values) if column.about else anonymous
    predicate = _filled(column.property, values)
    if column.ordered and isinstance(cell.canonical, list):
        return _ordered(subject, predicate, objects)
    return [Triple(subject, predicate, term) for term in objects]


def _objects(
    column: TableColumn, cell: CellValue, values: _Values
) -> Sequence[NamedNode | Literal]:
    if not column.value:
        return cell.literals
    own = cell.canonical
    if isinstance(own, list) and column.name in column.value.variables:
        # An IRI for each value: the standard would join them in one.
        many = [column.value.expand({**values, column.name: value}) for value in own]
        return [iri for iri in many if iri]
    iri = column.value.expand(values)
    return [iri] if iri else []


def _filled(template: IriTemplate, values: _Values) -> NamedNode:
    """Return the IRI of a subject or property; ValueError if a value that it needs is missing."""
    iri = template.expand(values)
    if iri is None:
        empty = [name for name in template.variables if values[name] is None]
        raise ValueError(f"“{template.text}” needs {', '.join(empty)}, which is empty")
    return iri


def _ordered(
    subject: _Subject, predicate: NamedNode, members: Sequence[NamedNode | Literal]
) -> Iterator[Triple]:
    nodes: list[_Subject] = [BlankNode() for _ in members]
    nodes.append(node("rdf:nil"))
    yield Triple(subject, predicate, nodes[0])
    for at, member in enumerate(members):
        yield Triple(nodes[at], node("rdf:first"), member)
        yield Triple(nodes[at], node("rdf:rest"), nodes[at + 1])
