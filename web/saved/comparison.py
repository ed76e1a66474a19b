"""The answers to a saved question, then and now, as the page sets them side by side."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.model.prefixes import BASE, shorten
from kg.saved.answers import AnswerRow, JsonTerm, RecordedRows, row_changes
from kg.saved.questions import RecordedAnswer, SavedQuestion
from kg.store.store import Store
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# Rows of either answer on the page, and of what changed; JSON has all that is stored.
MOST_SHOWN = 100
_LONGEST = 300


@dataclass(frozen=True)
class ShownTerm:
    """One term of a row as the page shows it: its label or text, its IRI, its language."""

    text: str
    iri: str = ""
    language: str = ""


@dataclass(frozen=True)
class ShownRow:
    """A row with its mark: "added", "removed" or "" for what both answers have."""

    mark: str
    terms: tuple[ShownTerm | None, ...]


@dataclass(frozen=True)
class ShownAnswer:
    """One of the two answers: where and when it was recorded, and its first rows."""

    answer: RecordedAnswer
    rows: tuple[ShownRow, ...]


@dataclass(frozen=True)
class ThenAndNow:
    """Two answers under their variables, and the rows that only one of them has.

    `is_stored` tells whether all rows of both are there to be compared; else only hashes are.
    """

    columns: tuple[str, ...]
    then: ShownAnswer
    now: ShownAnswer
    is_stored: bool
    reordered: bool
    added: int
    removed: int
    changed: tuple[ShownRow, ...]


def compare_answers(store: Store, question: SavedQuestion) -> ThenAndNow:
    """Return the saved answer beside the latest, with names in the reader's language."""
    vocabulary = read_vocabulary(store)
    then, now = question.then, question.latest
    first = then.rows or now.rows
    before, after = then.rows or _none(first), now.rows or _none(first)
    stored = then.rows is not None and now.rows is not None
    changes = row_changes(before, after)
    added, removed = (changes.added, changes.removed) if stored else ((), ())
    marked = [*(("added", row) for row in added), *(("removed", row) for row in removed)]
    return ThenAndNow(
        before.columns,
        ShownAnswer(then, _rows(vocabulary, before, removed, "removed")),
        ShownAnswer(now, _rows(vocabulary, after, added, "added")),
        stored,
        changes.reordered and stored,
        len(added),
        len(removed),
        tuple(ShownRow(mark, _terms(vocabulary, row)) for mark, row in marked[:MOST_SHOWN]),
    )


def shown_terms(store: Store, row: AnswerRow) -> tuple[ShownTerm | None, ...]:
    """Return the terms of a row as a page or feed shows them."""
    return _terms(read_vocabulary(store), row)


def _none(rows: RecordedRows | None) -> RecordedRows:
    return RecordedRows(rows.columns if rows else (), ())


def _rows(
    vocabulary: Vocabulary, answer: RecordedRows, changed: Iterable[AnswerRow], mark: str
) -> tuple[ShownRow, ...]:
    """Return the first rows of an answer, with a mark at those that only this answer has."""
    left = [*changed]
    shown = []
    for row in answer.rows[:MOST_SHOWN]:
        marked = row in left
        if marked:
            left.remove(row)
        shown.append(ShownRow(mark if marked else "", _terms(vocabulary, row)))
    return tuple(shown)


def _terms(vocabulary: Vocabulary, row: Sequence[JsonTerm]) -> tuple[ShownTerm | None, ...]:
    return tuple(_term(vocabulary, term) if term else None for term in row)


def _term(vocabulary: Vocabulary, term: dict[str, object]) -> ShownTerm:
    value = term["value"] if isinstance(term["value"], str) else json.dumps(term["value"])
    if term["type"] != "uri":
        cut = value if len(value) <= _LONGEST else f"{value[:_LONGEST]}…"
        return ShownTerm(cut, language=str(term.get("xml:lang", "")))
    label = vocabulary.name(value) if value.startswith(BASE) else ""
    name = shorten(value).strip("<>") if len(value) < _LONGEST else value
    return ShownTerm(label or name, value)
