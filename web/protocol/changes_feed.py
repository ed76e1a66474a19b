"""A feed of the builds at which the answer to a saved question changed."""

from __future__ import annotations

from urllib.parse import quote

from flask import Blueprint, request
from werkzeug.wrappers import Response

from kg.model.languages import DEFAULT, use_language
from kg.model.prefixes import BASE
from kg.saved.questions import AnswerChange, SavedQuestion
from web.protocol.atom import ATOM, Entry, Feed, FeedLink, write_atom
from web.request.hosts import root
from web.saved.comparison import shown_terms
from web.saved.question_page import APART, question_now
from web.serving.current_build import store

bp = Blueprint("changes_feed", __name__)


@bp.get("/q/<code>.atom")
def send_changes(code: str) -> Response:
    """Send an entry for each build at which the answer changed, newest first, and for the first.

    The question is asked at the current build if it was not yet. Names are in English, as in all
    feeds.
    """
    use_language(DEFAULT)
    question, _ = question_now(code)
    page = f"{root(request.environ)}/q/{quote(code)}"
    changes = [_entry(question, change, page) for change in question.changes]
    feed = Feed(
        f"{BASE}q/{code}",
        f"Aide-Mémoire: {question.title or f'question {code}'}",
        "what changed in the answer to a saved question",
        f"{page}.atom",
        page,
        [*changes, _first(question, page)],
    )
    body = write_atom(feed, 1, store().number)
    return Response(body, content_type=f"{ATOM}; charset=utf-8", headers=APART)


def _first(question: SavedQuestion, page: str) -> Entry:
    then = question.then
    return Entry(
        f"{BASE}q/{question.code}#0",
        f"Saved at build {then.build}: {rows_text(then.total)}",
        then.day,
        "",
        (FeedLink("alternate", page),),
    )


def _entry(question: SavedQuestion, change: AnswerChange, page: str) -> Entry:
    return Entry(
        f"{BASE}q/{question.code}#{change.number}",
        f"{change_text(change)} at build {change.build}",
        change.day,
        "\n".join(_line(mark, row) for mark, row in change.excerpt),
        (FeedLink("alternate", page),),
    )


def _line(mark: str, row: tuple[dict[str, object] | None, ...]) -> str:
    terms = (term.text if term else "–" for term in shown_terms(store(), row))
    return f"{mark}: {', '.join(terms)}"


def change_text(change: AnswerChange) -> str:
    """Say what changed in a few words.

    >>> change_text(AnswerChange(1, "b", "2026-11-28", 3, 2, 0))
    '2 rows added, 0 rows removed'
    >>> change_text(AnswerChange(1, "b", "2026-11-28", 9000, None, None))
    'The answer changed (9,000 rows)'
    """
    if change.added is None or change.removed is None:
        return f"The answer changed ({rows_text(change.total)})"
    if not change.added and not change.removed:
        return f"The same {rows_text(change.total)} in another order"
    return f"{rows_text(change.added)} added, {rows_text(change.removed)} removed"


def rows_text(count: int) -> str:
    """Return a number of rows with its noun.

    >>> rows_text(1), rows_text(1200)
    ('1 row', '1,200 rows')
    """
    return f"{count:,} row{'' if count == 1 else 's'}"
