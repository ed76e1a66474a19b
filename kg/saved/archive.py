"""The archive of saved questions: one SQLite file that all processes of a server share."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

from kg.model.errors import KGError, NotFound, Overloaded
from kg.saved.answer_tables import forget_old_answers, insert_answer, saved_question
from kg.saved.answers import RecordedRows
from kg.saved.errors import ArchiveFull, ArchiveUnwritable
from kg.saved.questions import LONG, SHORT, SavedQuestion, question_code

MOST_QUESTIONS, MOST_BYTES = 10_000, 500_000_000
_SCHEMA = Path(__file__).with_name("schema.sql")
_FILE = "questions.sqlite"
# A process waits for another one's transaction; one that asks a question may take so long.
_BUSY_SECONDS, _CLAIM_SECONDS = 10.0, 120.0
_PAGE = 4096


class QuestionArchive:
    """Saved questions in a folder, which is made when the first of them is saved."""

    def __init__(
        self,
        folder: Path,
        most: int = MOST_QUESTIONS,
        most_bytes: int = MOST_BYTES,
        clock: Callable[[], float] = time.time,
    ) -> None:
        """Take the folder, and how many questions and bytes it may hold."""
        self._folder, self._most, self._most_bytes, self._clock = folder, most, most_bytes, clock

    def save(self, query: str, title: str, base: str, build: str, rows: RecordedRows) -> str:
        """Store a question with its answer at a build; return its code.

        The same query at the same build is stored once, with its first title. ArchiveFull if there
        is no room for another.
        """
        with self.transaction() as tables:
            code = next(
                code
                for code in (question_code(query, build, size) for size in (SHORT, LONG))
                if _query_of(tables, code) in (None, query)
            )
            if _query_of(tables, code) is None:
                if tables.execute("SELECT COUNT(*) FROM question").fetchone()[0] >= self._most:
                    raise ArchiveFull(f"{self._most:,} questions, the most that it stores")
                tables.execute(
                    "INSERT INTO question (code, query, title, base, asked) VALUES (?, ?, ?, ?, ?)",
                    (code, query, title, base, build),
                )
                insert_answer(tables, code, 0, (build, self._day), rows)
        return code

    def find(self, code: str) -> SavedQuestion:
        """Return a saved question by its code; NotFound if there is none."""
        if self._exists:
            with self.reading() as tables:
                columns = "code, query, title, base, asked, trouble"
                row = tables.execute(
                    f"SELECT {columns} FROM question WHERE code = ?",  # noqa: S608 - our own names
                    (code,),
                ).fetchone()
                if row:
                    return saved_question(tables, row)
        raise NotFound("saved question at this address")

    def list(self) -> list[SavedQuestion]:
        """Return all saved questions, those saved first before others."""
        if not self._exists:
            return []
        with self.reading() as tables:
            codes = tables.execute(
                "SELECT code FROM answer WHERE number = 0 ORDER BY day, code"
            ).fetchall()
        return [self.find(code) for (code,) in codes]

    def remove(self, code: str) -> None:
        """Remove a saved question and all of its answers; NotFound if there is none."""
        self.find(code)
        with self.transaction() as tables:
            tables.execute("DELETE FROM question WHERE code = ?", (code,))

    def claim(self, build: str, code: str = "") -> str:
        """Return the code of a question that was not asked at a build yet; "" if there is none.

        No other process is given it for two minutes. With `code`, only that question is claimed.
        """
        if not self._exists:
            return ""
        now = self._clock()
        with self.transaction() as tables:
            row = tables.execute(
                "SELECT code FROM question WHERE asked <> ? AND claimed < ? AND ? IN ('', code) "
                "LIMIT 1",
                (build, now, code),
            ).fetchone()
            if row:
                tables.execute(
                    "UPDATE question SET claimed = ? WHERE code = ?", (now + _CLAIM_SECONDS, *row)
                )
        return str(row[0]) if row else ""

    def record(self, code: str, build: str, rows: RecordedRows, notify: bool = False) -> bool:
        """Record the answer to a question at a build; tell whether it has changed.

        With `notify` a notice of a change waits to be sent.
        """
        with self.transaction() as tables:
            tables.execute(
                "UPDATE question SET asked = ?, trouble = '', claimed = 0 WHERE code = ?",
                (build, code),
            )
            latest = tables.execute(
                "SELECT number, hash, body FROM answer WHERE code = ? ORDER BY number DESC LIMIT 1",
                (code,),
            ).fetchone()
            # Its owner may have removed the question meanwhile.
            if latest is None or latest[1] == rows.hash:
                return False
            number = latest[0] + 1
            insert_answer(tables, code, number, (build, self._day), rows, latest[2])
            forget_old_answers(tables, code, number)
            if notify:
                tables.execute("INSERT INTO notice (code, number) VALUES (?, ?)", (code, number))
            return True

    def record_trouble(self, code: str, build: str, reason: str) -> None:
        """Record why a question has no answer at a build."""
        with self.transaction() as tables:
            tables.execute(
                "UPDATE question SET asked = ?, trouble = ?, claimed = 0 WHERE code = ?",
                (build, reason, code),
            )

    def release(self, code: str) -> None:
        """Let a question that was claimed be asked by others: it was not asked after all."""
        with self.transaction() as tables:
            tables.execute("UPDATE question SET claimed = 0 WHERE code = ?", (code,))

    @cached_property
    def path(self) -> Path:
        """Return the file."""
        return self._folder / _FILE

    @property
    def _exists(self) -> bool:
        return self.path.is_file()

    @property
    def _day(self) -> str:
        return datetime.fromtimestamp(self._clock(), UTC).date().isoformat()

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """Open the tables for as long as a block lasts."""
        with closing(sqlite3.connect(self.path, _BUSY_SECONDS, isolation_level=None)) as tables:
            tables.execute("PRAGMA foreign_keys = ON")
            tables.execute(f"PRAGMA max_page_count = {self._most_bytes // _PAGE}")
            yield tables

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """Change the tables all at once, or not at all; ArchiveFull beyond the bytes."""
        if not self._exists:
            self._create()
        with self.reading() as tables:
            try:
                tables.execute("BEGIN IMMEDIATE")
                yield tables
                tables.execute("COMMIT")
            except sqlite3.OperationalError as error:
                raise _failure(error) from error
            finally:
                if tables.in_transaction:
                    tables.execute("ROLLBACK")

    def _create(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ArchiveUnwritable(error.strerror or str(error)) from error
        with self.reading() as tables:
            tables.execute(f"PRAGMA page_size = {_PAGE}")
            tables.execute("PRAGMA journal_mode = WAL")
            tables.executescript(_SCHEMA.read_text(encoding="utf-8"))


def _failure(error: sqlite3.OperationalError) -> KGError:
    """Return what an error of SQLite means to whoever saves a question."""
    if error.sqlite_errorcode == sqlite3.SQLITE_FULL:
        return ArchiveFull("all the bytes that it may take")
    if error.sqlite_errorcode == sqlite3.SQLITE_BUSY:
        return Overloaded(_BUSY_SECONDS)
    return ArchiveUnwritable(str(error))


def _query_of(tables: sqlite3.Connection, code: str) -> str | None:
    row = tables.execute("SELECT query FROM question WHERE code = ?", (code,)).fetchone()
    return str(row[0]) if row else None
