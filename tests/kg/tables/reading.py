"""A table read as tests write it: text and metadata in, triples as text out."""

import io
import json
from pathlib import Path
from typing import Any

from kg.tables.statements import TableReader

BASE = "http://example.org/t"
Column = dict[str, Any]


def read_table(
    folder: Path, body: str | bytes, *columns: Column, name: str = "t.csv", **table: Any
) -> list[str]:
    """Return the triples of a table, whose metadata has these columns and properties."""
    schema = {"columns": list(columns), **table.pop("schema", {})}
    metadata = table if "tables" in table else {"url": name, "tableSchema": schema, **table}
    return read_with(folder, body, json.dumps(metadata, indent=1), name)


def read_with(folder: Path, body: str | bytes, metadata: str, name: str = "t.csv") -> list[str]:
    path = folder / "metadata.json"
    path.write_text(metadata, "utf-8")
    file = io.BytesIO(body if isinstance(body, bytes) else body.encode())
    return [str(triple) for triple in TableReader(file, name, path, BASE).triples()]


def column(title: str, **properties: Any) -> Column:
    return {"titles": title, "propertyUrl": "urn:p", **properties}
