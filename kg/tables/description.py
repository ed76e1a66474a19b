"""The description of a table, from metadata in the W3C's vocabulary for tabular data.

The `csvw` library reads it (https://www.w3.org/TR/tabular-metadata/). What it would only warn of,
or fetch from elsewhere, is an error here.
"""

from __future__ import annotations

import difflib
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlparse

from csvw.metadata import Column, Dialect, Schema, Table, TableGroup
from csvw.metadata_utils import dialect_props

from kg.tables.lexical import fault_of_datatype
from kg.tables.metadata_file import TABLES, MetadataFile

CONTEXT = "http://www.w3.org/ns/csvw"
# What the library raises for metadata that it does not expect.
_REFUSALS = (ValueError, TypeError, KeyError, AttributeError, AssertionError)


@dataclass(frozen=True)
class TableDescription:
    """The columns of one table, how its file is written, and its IRI."""

    metadata: MetadataFile
    table: Table
    dialect: Dialect
    url: str

    @property
    def columns(self) -> list[Column]:
        """Return the columns, those without cells last."""
        return list(self.table.tableSchema.columns)


def read_description(path: Path, table_name: str, base: str) -> TableDescription:
    """Read the metadata of the table in the file of a name, whose IRI is `base` unless it says so.

    SourceError says what is wrong in it, and where.
    """
    metadata = MetadataFile(path)
    table = _table(metadata, {"url": table_name, **metadata.table(table_name)})
    return TableDescription(metadata, table, _dialect(table, table_name), _url(table, base))


def _table(metadata: MetadataFile, chosen: dict[str, Any]) -> Table:
    for part in (metadata.data, chosen):
        for name in ("tableSchema", "dialect"):
            # The library would fetch it.
            if isinstance(part.get(name), str):
                raise metadata.error(f"{name} is a reference", name, "write it in this file")
    _check_properties(metadata, chosen)
    group = {**metadata.data, "tables": [chosen]} if "tables" in metadata.data else None
    whole = group or {"@context": chosen.pop("@context", CONTEXT), "tables": [chosen]}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            table: Table = TableGroup.fromvalue(whole).tables[0]
        except _REFUSALS as error:
            raise metadata.error(f"not metadata of CSVW ({error or 'its context'})") from error
    if caught:
        words = str(caught[0].message)
        raise metadata.error(words[:1].lower() + words[1:], words.rpartition(": ")[2])
    return table


def _check_properties(metadata: MetadataFile, table: dict[str, Any]) -> None:
    schema = table.get("tableSchema")
    columns = schema.get("columns") if isinstance(schema, dict) else None
    if not isinstance(columns, list) or not columns:
        hint = '"tableSchema": {"columns": [{"titles": "…", "propertyUrl": "…"}]}'
        raise metadata.error("it describes no column", "tableSchema", hint)
    if not all(isinstance(column, dict) for column in columns):
        raise metadata.error("a column is not an object", "columns")
    for kind, part in ((Table, table), (Schema, schema), *((Column, c) for c in columns)):
        names = sorted(f for f in kind.__dataclass_fields__ if f[0] != "_" and "_props" not in f)
        for name in part:
            if name not in names and ":" not in name and not name.startswith("@"):
                close = difflib.get_close_matches(name, names, 1)
                hint = f"did you mean “{close[0]}”?" if close else ""
                wrong = f"“{name}” is no property of a {kind.__name__.lower()}"
                raise metadata.error(wrong, name, hint)
        fault = fault_of_datatype(part["datatype"]) if "datatype" in part else ""
        if fault:
            title = part.get("name") or part.get("titles")
            words = f"column {title}" if isinstance(title, str) else kind.__name__.lower()
            raise metadata.error(f"datatype of {words}: {fault}", "datatype")


def _dialect(table: Table, table_name: str) -> Dialect:
    described = table.dialect or table._parent.dialect
    if described:
        return described
    end = next((end for end in Path(table_name).suffixes[::-1] if end.lower() in TABLES), ".csv")
    return Dialect(**dialect_props({"delimiter": TABLES[end.lower()]}))


def _url(table: Table, base: str) -> str:
    """Return the IRI of the table: `@base` and `url` say it, or the place it is taken from."""
    bases = [base for part in (table._parent, table) for base in _stated_bases(part)]
    url = str(table.url)
    if bases or urlparse(url).scheme:
        return urljoin(bases[-1] if bases else "", url)
    return base


def _stated_bases(part: Any) -> Iterator[str]:
    context = part.at_props.get("context")
    for item in context if isinstance(context, list) else ():
        if isinstance(item, dict) and "@base" in item:
            yield item["@base"]
