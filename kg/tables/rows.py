"""The rows of a CSV file with their line numbers; errors say in which line what is wrong."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from csvw.metadata import Dialect

from kg.model.errors import SourceError

# Characters; the csv module's own limit for a cell is 131,072.
MOST_OF_LINE = 4_000_000
_SPREADSHEETS = ("PK\x03\x04", "\udcd0\udccf\x11\udce0")


@dataclass(frozen=True)
class Row:
    """The cells of a row, the line on which it begins, and its number among the data's rows."""

    line: int
    number: int
    cells: list[str]


class TableRows:
    """The header of a CSV file, and then its rows, read one at a time.

    `header` has the cells of each line of the header, for each column.
    """

    def __init__(self, file: IO[bytes], name: str, dialect: Dialect) -> None:
        """Read the header; SourceError if the file is empty or that cannot be read."""
        self.name, self._dialect, self._line = name, dialect, 0
        self._lines = self._decoded(file)
        for _ in range(dialect.skipRows):
            next(self._lines, None)
        formatting = dialect.as_python_formatting_parameters()
        self._reader = csv.reader(self._lines, **formatting)
        count = dialect.headerRowCount if dialect.header else 0
        rows = [self._next() for _ in range(count)]
        if None in rows:
            raise self.error(0, "it is empty" if not self._line else "it ends within its header")
        self.header_line = self._line
        self.header = [list(titles) for titles in zip(*filter(None, rows), strict=False)]

    def error(self, line: int, message: str, hint: str = "") -> SourceError:
        """Return an error in a line of the file."""
        return SourceError(self.name, line, 0, message, hint)

    def __iter__(self) -> Iterator[Row]:
        """Yield the rows below the header that are not empty lines."""
        number, before = 0, self._line
        while (cells := self._next()) is not None:
            line, before = before + 1, self._line
            number += 1
            # What a row of empty cells says depends on the columns, but an empty line has no cells.
            if cells and not (self._dialect.skipBlankRows and not any(cells)):
                yield Row(line, number, cells)

    def _next(self) -> list[str] | None:
        while True:
            start = self._line + 1
            try:
                cells = next(self._reader, None)
            except csv.Error as error:
                raise self._unquoted(start, error) from error
            if cells is None:
                return None
            prefix = self._dialect.commentPrefix
            if prefix and cells and cells[0].startswith(prefix):
                continue
            return [self._dialect.trimmer(cell) for cell in cells[self._dialect.skipColumns :]]

    def _unquoted(self, line: int, error: csv.Error) -> SourceError:
        words = str(error)
        if "unexpected end of data" in words:
            return self.error(line, "a quote that opens here is never closed")
        if "field larger than" in words:
            return self.error(
                line, "a cell of more than 131,072 characters", "is a quote unclosed?"
            )
        return self.error(self._line, f"text after a closing quote ({words})", "double the quotes")

    def _decoded(self, file: IO[bytes]) -> Iterator[str]:
        encoding = self._dialect.python_encoding
        # Programs for spreadsheets put a byte order mark before UTF-8.
        encoding = "utf-8-sig" if encoding.lower() in {"utf-8", "utf8"} else encoding
        # Bytes that are not of the encoding become surrogates, so that their line can be named.
        text = io.TextIOWrapper(file, encoding, errors="surrogateescape", newline="")
        try:
            while line := text.readline(MOST_OF_LINE):
                self._line += 1
                self._check(line, encoding)
                yield line
        except UnicodeError as error:
            raise self.error(0, f"it is not text in {encoding} ({error})", _ENCODING) from error
        finally:
            # Else it would close the file that it was given.
            if not file.closed:
                text.detach()

    def _check(self, line: str, encoding: str) -> None:
        if self._line == 1 and line.startswith(_SPREADSHEETS):
            raise self.error(0, "it is a file of a spreadsheet program", "save it as CSV")
        if len(line) == MOST_OF_LINE and line[-1] not in "\r\n":
            raise self.error(self._line, f"a line of more than {MOST_OF_LINE:,} characters")
        if "\0" in line:
            hint = _ENCODING.replace("windows-1252", "utf-16")
            raise self.error(self._line, "a NUL character: it is binary, or UTF-16", hint)
        if not line.isascii() and any("\ud800" <= letter <= "\udfff" for letter in line):
            byte = next(ord(letter) & 0xFF for letter in line if "\ud800" <= letter <= "\udfff")
            name = encoding.removesuffix("-sig").upper()
            raise self.error(self._line, f"the byte {byte:02X} is not text in {name}", _ENCODING)


_ENCODING = 'name its encoding in the metadata: "dialect": {"encoding": "windows-1252"}'
