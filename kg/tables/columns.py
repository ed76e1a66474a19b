"""The columns of a table: which cell of a row belongs to which description."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from csvw.metadata import INVALID, Column

from kg.tables.cells import CellReader, inherited
from kg.tables.description import TableDescription
from kg.tables.iri_templates import IriTemplate
from kg.tables.rows import TableRows

# What a template may name of the row itself, besides columns: https://www.w3.org/TR/tabular-metadata/#uri-template-properties
COUNTERS = ("_row", "_sourceRow")


@dataclass(frozen=True)
class TableColumn:
    """A column, where its cells stand in a row (-1 if it has none), and what becomes of them."""

    name: str
    at: int
    reader: CellReader
    about: IriTemplate | None
    property: IriTemplate
    value: IriTemplate | None
    ordered: bool
    suppressed: bool


@dataclass(frozen=True)
class Columns:
    """The described columns of a file, and the titles of those that no description names."""

    described: tuple[TableColumn, ...]
    left_out: tuple[str, ...]
    width: int


def match_columns(description: TableDescription, rows: TableRows) -> Columns:
    """Find each described column in the header of a file.

    By name or title, in any order; by order where there is no header. SourceError if one is
    missing, there twice, or described wrongly.
    """
    real = [column for column in description.columns if not column.virtual]
    places = _places(description, rows, real)
    names = [_name(column, number) for number, column in enumerate(description.columns, 1)]
    templates = _Templates(description, names)
    described = tuple(
        templates.column(column, name, places.get(id(column), -1))
        for column, name in zip(description.columns, names, strict=True)
    )
    used = set(places.values())
    left_out = [titles[-1] for at, titles in enumerate(rows.header) if at not in used]
    return Columns(described, tuple(left_out), len(rows.header))


def _places(
    description: TableDescription, rows: TableRows, columns: Sequence[Column]
) -> dict[int, int]:
    if not rows.header:
        return {id(column): at for at, column in enumerate(columns)}
    return {
        id(column): at if not (column.name or column.titles) else _place(description, rows, column)
        for at, column in enumerate(columns)
    }


def _place(description: TableDescription, rows: TableRows, column: Column) -> int:
    fits = [at for at, titles in enumerate(rows.header) if any(map(column.has_title, titles))]
    if len(fits) == 1:
        return fits[0]
    if fits:
        wrong = f"columns {fits[0] + 1} and {fits[1] + 1} are both called {column}"
        raise rows.error(rows.header_line, wrong, "rename one")
    headings = [titles[-1] for titles in rows.header]
    raise description.metadata.error(
        f"no column of {rows.name} is called {column}", str(column), _hint(column, headings)
    )


def _hint(column: Column, headings: Sequence[str]) -> str:
    if len(headings) == 1:
        counts = Counter(character for character in headings[0] if character in ";\t|,")
        if counts:
            delimiter = counts.most_common(1)[0][0].replace("\t", "\\t")
            return f'name the delimiter: "dialect": {{"delimiter": "{delimiter}"}}'
    close = difflib.get_close_matches(str(column), headings, 1)
    return f"did you mean {close[0]}?" if close else f"its columns are {', '.join(headings)[:300]}"


def _name(column: Column, number: int) -> str:
    # A title becomes a name by percent-encoding: https://www.w3.org/TR/tabular-metadata/#columns
    titles = [title for many in (column.titles or {}).values() for title in many]
    return column.name or quote("".join(titles[:1]), safe="") or f"_col.{number}"


class _Templates:
    """The templates of a description; columns that inherit one share it, and what it made last."""

    def __init__(self, description: TableDescription, names: Sequence[str]) -> None:
        self._description, self._names = description, names
        self._made: dict[tuple[str, str], IriTemplate] = {}

    def column(self, column: Column, name: str, at: int) -> TableColumn:
        number = str(at + 1)
        constants = {"_name": name, "_column": number, "_sourceColumn": number}
        # A name made from a title is percent-encoded already.
        fragment = quote(name, safe="%")
        default = IriTemplate(f"#{fragment}", self._description.url)
        return TableColumn(
            name,
            at,
            CellReader(column),
            self._of(column, "aboutUrl", constants),
            self._of(column, "propertyUrl", constants) or default,
            self._of(column, "valueUrl", constants),
            bool(column.inherit("ordered")),
            column.suppressOutput or bool(self._description.table.suppressOutput),
        )

    def _of(self, column: Column, kind: str, constants: Mapping[str, str]) -> IriTemplate | None:
        stated = inherited(column, kind)
        if stated is None or stated is INVALID:
            return None
        text = str(stated)
        key = (text, constants["_name"] if any(name in text for name in constants) else "")
        if key not in self._made:
            self._made[key] = self._template(f"{kind} of {column}", text, constants)
        return self._made[key]

    def _template(self, where: str, text: str, constants: Mapping[str, str]) -> IriTemplate:
        try:
            template = IriTemplate(text, self._description.url, constants)
        except ValueError as error:
            raise self._description.metadata.error(f"{where}: {error}", text) from error
        for variable in template.variables:
            if variable not in self._names and variable not in COUNTERS:
                close = difflib.get_close_matches(variable, self._names, 1)
                hint = f"did you mean {{{close[0]}}}?" if close else "name a column, or _row"
                wrong = f"{where} names {{{variable}}}, which is no column"
                raise self._description.metadata.error(wrong, text, hint)
        return template
