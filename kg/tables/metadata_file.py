"""The JSON file that holds the metadata of a table, and the places of what is wrong in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlparse

from kg.model.errors import SourceError
from kg.model.text_files import source

# The ends of the names of tables, and what separates their cells unless the metadata says.
TABLES = {".csv": ",", ".tsv": "\t", ".tab": "\t"}


class MetadataFile:
    """Metadata as a JSON object: of one table, or of several under `tables`."""

    def __init__(self, path: Path) -> None:
        """Read a file; SourceError if it is no JSON, or describes no table."""
        self.file, self.text = str(path), source(path)
        try:
            self.data: dict[str, Any] = json.loads(self.text)
        except json.JSONDecodeError as error:
            words = f"this is not JSON: {error.msg[:1].lower()}{error.msg[1:]}"
            raise SourceError(self.file, error.lineno, error.colno, words) from error
        except RecursionError as error:
            raise SourceError(self.file, 0, 0, "it nests too deeply to be read") from error
        data = self.data
        self.tables = data.get("tables", [data]) if isinstance(data, dict) else []
        if (
            not isinstance(self.tables, list)
            or not self.tables
            or not all(map(_is_object, self.tables))
        ):
            hint = 'it needs "url" and "tableSchema", or "tables"'
            raise SourceError(self.file, 1, 1, "it describes no table", hint)

    @property
    def names(self) -> list[str]:
        """Return the file names of the tables; an empty string for one that names none."""
        return [_file_name(table) for table in self.tables]

    def table(self, name: str) -> dict[str, Any]:
        """Return the only table, or that of a file name; SourceError if there is none."""
        # The name may also have the end of a packed file.
        fits = [t for t in self.tables if f"{name}.".startswith(f"{_file_name(t)}.")]
        fits = self.tables if len(self.tables) == 1 else fits
        if not fits:
            raise self.error(f"it describes {', '.join(self.names)}, not {name}", "tables")
        return dict(fits[0])

    def error(self, message: str, words: str = "", hint: str = "") -> SourceError:
        """Return an error at the first place of some words in the file."""
        at = re.search(rf'"{re.escape(words)}"', self.text) if words else None
        if not at:
            return SourceError(self.file, 0, 0, message, hint)
        before = self.text[: at.start()]
        column = len(before) - before.rfind("\n")
        return SourceError(self.file, before.count("\n") + 1, column, message, hint)


def _is_object(value: object) -> bool:
    return isinstance(value, dict)


def _file_name(table: dict[str, Any]) -> str:
    return unquote(urlparse(str(table.get("url", ""))).path).rpartition("/")[2]
