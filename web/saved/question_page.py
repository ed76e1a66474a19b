"""A saved question: its answer when it was saved beside its answer now."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, jsonify, make_response, render_template
from werkzeug.wrappers import Response

from kg.exports.csv_file import CSV
from kg.model.errors import KGError
from kg.saved.answers import AnswerRow, row_changes
from kg.saved.asking import ask_again
from kg.saved.questions import AnswerChange, RecordedAnswer, SavedQuestion
from web import urls
from web.exports.answer_file import answer_file_cited
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.saved.access import saved_access
from web.saved.comparison import MOST_SHOWN, compare_answers
from web.saved.saving import asker
from web.serving.current_build import store

bp = Blueprint("saved", __name__)

# The archive says more than the build does; nor is it for search engines, as anybody may save.
APART = {"Cache-Control": "no-cache", "X-Robots-Tag": "noindex"}


@bp.get("/q/<code>")
def show_question(code: str) -> Response:
    """Show a saved question: its answer then and now, and what changed in between."""
    if wanted() == CSV:
        question = saved_access().archive.find(code)
        response = answer_file_cited(f"question-{code}", question.query, CSV, question.base)
        response.headers.update(APART)
        return response
    question, trouble = question_now(code)
    if wanted() != HTML:
        response = jsonify(_record(question, trouble))
    else:
        page = render_template(
            "saved.html",
            question=question,
            comparison=compare_answers(store(), question),
            trouble=trouble,
            most=MOST_SHOWN,
            edit=urls.query_path(question.query),
        )
        response = make_response(page)
    response.headers.update(APART)
    return response


def question_now(code: str) -> tuple[SavedQuestion, str]:
    """Return a saved question, asked at the current build if it was not yet.

    Also why that could not be done, or "".
    """
    archive, build = saved_access().archive, store().number
    question = archive.find(code)
    if question.asked == build:
        return question, question.trouble
    error: KGError | None = None
    if archive.claim(build, code):
        notify = saved_access().webhook is not None
        error = ask_again(archive, code, build, asker(), notify=notify)
        question = archive.find(code)
    if question.asked == build:
        return question, question.trouble
    return question, str(error or "the question is being asked at the current build; reload")


def _record(question: SavedQuestion, trouble: str) -> dict[str, object]:
    then, now = question.then, question.latest
    differences: dict[str, object] = {"added": None, "removed": None, "reordered": None}
    if then.rows is not None and now.rows is not None:
        changes = row_changes(then.rows, now.rows)
        named = ((row, then.rows.columns) for row in changes.added)
        differences = {
            "added": [_named(*pair) for pair in named],
            "removed": [_named(row, then.rows.columns) for row in changes.removed],
            "reordered": changes.reordered,
        }
    return {
        "code": question.code,
        "title": question.title,
        "query": question.query,
        "then": _answer(then),
        "now": {**_answer(now), "build": question.asked, "error": trouble or None},
        "unchanged": question.is_unchanged,
        **differences,
        "changes": [_change(change) for change in question.changes],
    }


def _answer(answer: RecordedAnswer) -> dict[str, object]:
    rows = answer.rows
    return {
        "build": answer.build,
        "day": answer.day,
        "sha256": answer.hash,
        "total": answer.total,
        "columns": rows.columns if rows else None,
        "rows": [_named(row, rows.columns) for row in rows.rows] if rows else None,
    }


def _named(row: AnswerRow, columns: tuple[str, ...]) -> Mapping[str, object]:
    """Return a row by its variables, without those that are unbound, as SPARQL's JSON has it."""
    return {name: term for name, term in zip(columns, row, strict=True) if term}


def _change(change: AnswerChange) -> dict[str, object]:
    return {
        "build": change.build,
        "day": change.day,
        "total": change.total,
        "added": change.added,
        "removed": change.removed,
    }
