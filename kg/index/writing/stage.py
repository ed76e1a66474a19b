"""The tables that one pass over a dataset fills, as batches of rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.model.text_files import read

_SCHEMA = Path(__file__).with_name("stage.sql")
# IRIs that were mentioned, beyond which some are mentioned twice.
_REMEMBERED = 400_000


class Stage:
    """Lists of rows by table, which `flush` writes; the caller appends to them.

    IRIs are named by their hash in this process: of ten million, two are alike once in 400,000
    builds, which the writer sees.
    """

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take a database to which `stage` is attached, and make its tables."""
        self._database = database
        database.executescript(read(_SCHEMA))
        tables = database.execute("SELECT name FROM stage.sqlite_schema WHERE type = 'table'")
        self.rows: dict[str, list[tuple[object, ...]]] = {name: [] for (name,) in tables}
        self._insert = {name: self._statement(name) for name in self.rows}
        self._mentioned: set[int] = set()
        self.remembered = _REMEMBERED

    def mention(self, iri: bytes) -> int:
        """Return the key of an IRI, as N-Quads writes it, and see that it gets a number."""
        key = hash(iri)
        if key not in self._mentioned:
            self._mentioned.add(key)
            self.rows["mention"].append((key, iri[1:-1].decode()))
        return key

    def flush(self) -> None:
        """Write the rows that there are, and forget them."""
        for name, rows in self.rows.items():
            if rows:
                self._database.executemany(self._insert[name], rows)
                rows.clear()
        if len(self._mentioned) > self.remembered:
            self._mentioned.clear()

    def _statement(self, table: str) -> str:
        columns = self._database.execute("SELECT name FROM pragma_table_info(?, 'stage')", (table,))
        marks = ", ".join("?" for _ in columns)
        return f"INSERT INTO stage.{table} VALUES ({marks})"  # noqa: S608


@contextmanager
def staged(database: sqlite3.Connection, path: Path | None) -> Iterator[Stage]:
    """Attach tables to a database, in a file that is removed at the end, or in memory."""
    database.execute("ATTACH ? AS stage", (str(path) if path else ":memory:",))
    try:
        database.execute("PRAGMA stage.journal_mode = OFF")
        database.execute("PRAGMA stage.synchronous = OFF")
        yield Stage(database)
        database.execute("DETACH stage")
    finally:
        if path:
            path.unlink(missing_ok=True)
