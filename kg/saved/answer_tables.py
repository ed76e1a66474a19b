"""The answers of a saved question in the tables of the archive."""

from __future__ import annotations

import json
import sqlite3

from kg.saved.answers import AnswerRow, RecordedRows, read_rows, row_changes
from kg.saved.questions import AnswerChange, RecordedAnswer, SavedQuestion

# Bytes of an answer that is stored; of a larger one the hash and the number of rows are.
LARGEST_ANSWER = 100_000
# The changes of one question that are remembered, and the rows of each that a feed names.
MOST_CHANGES, EXCERPT = 50, 20


def insert_answer(
    tables: sqlite3.Connection,
    code: str,
    number: int,
    when: tuple[str, str],
    rows: RecordedRows,
    before: str | None = None,
) -> None:
    """Insert an answer as the one of a number; `before` are the rows of the one before it.

    `when` is the number of the build and the day.
    """
    body = rows.as_json()
    stored = body if len(body.encode()) <= LARGEST_ANSWER else None
    added = removed = None
    excerpt: list[tuple[str, AnswerRow]] = []
    if before and stored:
        changes = row_changes(read_rows(before), rows)
        added, removed = len(changes.added), len(changes.removed)
        marked = [("added", row) for row in changes.added]
        excerpt = [*marked, *(("removed", row) for row in changes.removed)][:EXCERPT]
    values = (code, number, *when, rows.hash, len(rows.rows), stored, added, removed)
    tables.execute(
        "INSERT INTO answer (code, number, build, day, hash, total, body, added, removed, excerpt) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*values, json.dumps(excerpt, ensure_ascii=False)),
    )


def forget_old_answers(tables: sqlite3.Connection, code: str, number: int) -> None:
    """Drop the rows of answers between the first and the latest, and changes of long ago."""
    tables.execute(
        "UPDATE answer SET body = NULL WHERE code = ? AND number BETWEEN 1 AND ?",
        (code, number - 1),
    )
    tables.execute(
        "DELETE FROM answer WHERE code = ? AND number BETWEEN 1 AND ?",
        (code, number - MOST_CHANGES),
    )


def saved_question(tables: sqlite3.Connection, row: tuple[str, ...]) -> SavedQuestion:
    """Return a question with its answers, from its row without `claimed`."""
    code, query, title, base, asked, trouble = row
    columns = "number, build, day, hash, total, body, added, removed, excerpt"
    answers = tables.execute(
        f"SELECT {columns} FROM answer WHERE code = ? ORDER BY number",  # noqa: S608 - as above
        (code,),
    ).fetchall()
    first, last = (_answer(one) for one in (answers[0], answers[-1]))
    changes = tuple(_change(one) for one in reversed(answers[1:]))
    return SavedQuestion(code, query, title, base, first, last, asked, trouble, changes)


def _answer(row: tuple[object, ...]) -> RecordedAnswer:
    _, build, day, digest, total, body, *_ = row
    rows = read_rows(str(body)) if body else None
    return RecordedAnswer(build, day, digest, total, rows)  # type: ignore[arg-type]


def _change(row: tuple[object, ...]) -> AnswerChange:
    number, build, day, _, total, _, added, removed, excerpt = row
    rows = tuple((mark, tuple(terms)) for mark, terms in json.loads(str(excerpt)))
    return AnswerChange(number, build, day, total, added, removed, rows)  # type: ignore[arg-type]
