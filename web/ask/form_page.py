"""The form of questions: who did what, to whom, about what, when, where; and its answer."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, jsonify, make_response, redirect, render_template, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.ask.answer import describe_deeds
from kg.ask.deeds import check_deed, deed_groups
from kg.ask.names import NamedThing, field_text, find_named
from kg.ask.plain_words import read_plainly
from kg.ask.question import FIELDS, QUESTIONS
from kg.lists.facets import DAYS
from kg.model.errors import NotFound
from kg.model.prefixes import THING
from kg.model.translations import gettext
from kg.statements.footnotes import Footnotes
from web import urls
from web.ask.answer_file import asked_records, asked_table
from web.ask.asking import AskedAnswer, ask_question, emptying_field, with_less
from web.ask.paths import ask_path
from web.exports.table_response import MOST_ROWS, TooManyRows, is_table, table_response
from web.request.negotiate import HTML
from web.request.offered_types import wanted
from web.request.query_string import read_day_filters, read_page_number, require_page
from web.serving.current_build import store

bp = Blueprint("ask", __name__)
bp.add_app_template_global(ask_path)

ROWS_PER_PAGE = 50
_PAGED = ("page", "format")


@bp.get("/ask")
def show_form() -> Response:
    """Show the form and, if it is filled in, the rows that answer it."""
    if words := request.args.get("q", "").strip():
        return _plain(words)
    typed = {name: request.args.get(name, "").strip() for name in FIELDS}
    named = {name: find_named(store(), typed[name], name) for name in QUESTIONS if typed[name]}
    if typed["did"]:
        check_deed(store(), typed["did"])
    fields = _fields(typed, named)
    unclear = {name: thing for name, thing in named.items() if not thing.slug}
    if wanted() != HTML:
        _require_answer(fields, unclear)
    if unclear:
        return _page(fields, unclear=unclear)
    if any(request.args.get(name) != fields.get(name) for name in FIELDS):
        # The address to keep and to pass on has the things' slugs, and no empty field.
        paged = {name: request.args.get(name, "") for name in _PAGED}
        return redirect(ask_path(fields | paged), 303)
    return _answer(fields) if fields else _page(fields)


def _plain(words: str) -> Response:
    """Show the named questions like a plain one, and the form as it is read; JSON has both."""
    reading = read_plainly(store(), words)
    if wanted() != HTML:
        return jsonify(
            text=words,
            question=reading.fields,
            form=ask_path(reading.fields),
            questions=[
                {
                    "name": one.question.name,
                    "title": one.question.title,
                    "page": urls.named_query_path(one.question),
                    "score": round(one.score, 3),
                }
                for one in reading.questions
            ],
        )
    return _page(reading.fields, words=words, reading=reading)


def _require_answer(fields: Mapping[str, str], unclear: Mapping[str, NamedThing]) -> None:
    """Raise 404 for an unclear name, 400 for an empty form: programs get rows or an error."""
    for thing in unclear.values():
        slugs = [item.thing.iri.removeprefix(THING) for item in thing.choices]
        raise NotFound(f"single thing called {thing.name[:80]}", slugs, thing.name)
    if not fields:
        raise BadRequest(f"the question is empty; fill in one of {', '.join(FIELDS)}")


def _fields(typed: Mapping[str, str], named: Mapping[str, NamedThing]) -> dict[str, str]:
    """Return the fields that are filled in: slugs of things, a class, and ISO days."""
    days = read_day_filters()
    values = {
        name: named[name].slug if name in named else days.get(name, "") if name in DAYS else value
        for name, value in typed.items()
    }
    return {name: value for name, value in values.items() if value}


def _answer(fields: Mapping[str, str]) -> Response:
    answer, page = ask_question(fields), read_page_number()
    pages = max(1, -(-len(answer.solutions) // ROWS_PER_PAGE))
    require_page(pages)
    on_page = answer.solutions[ROWS_PER_PAGE * (page - 1) : ROWS_PER_PAGE * page]
    if is_table(wanted()):
        solutions = on_page if "page" in request.args else answer.solutions
        if len(solutions) > MOST_ROWS:
            raise TooManyRows(len(solutions))
        response = table_response(asked_table(store(), solutions), wanted())
    elif wanted() != HTML:
        response = jsonify(
            question=fields,
            query=answer.query,
            total=len(answer.solutions),
            page=page,
            pages=pages,
            results=asked_records(store(), on_page),
        )
    else:
        footnotes = Footnotes(store())
        rows = describe_deeds(store(), on_page, footnotes)
        response = _page(
            fields, answer=answer, rows=rows, cited=footnotes.sentences, page=page, pages=pages
        )
    if not answer.lasting:
        response.headers["Cache-Control"] = "no-store"
    return response


def _page(
    fields: Mapping[str, str],
    unclear: Mapping[str, NamedThing] | None = None,
    answer: AskedAnswer | None = None,
    **context: object,
) -> Response:
    """Render the form as it was filled in, with the choices or the answer below it."""
    empty = answer is not None and not answer.solutions
    page = render_template(
        "ask.html",
        fields=fields,
        texts=_texts(fields, unclear or {}),
        deeds=deed_groups(store()),
        unclear=unclear or {},
        answer=answer,
        labels=_labels(),
        emptying=emptying_field(fields) if empty else "",
        less=with_less(fields) if empty else [],
        **context,
    )
    return make_response(page)


def _texts(fields: Mapping[str, str], unclear: Mapping[str, NamedThing]) -> dict[str, str]:
    """Return what each field shows: a thing's label, a day, or the name as it was typed."""
    texts = {
        name: field_text(store(), value, name) if name in QUESTIONS else value
        for name, value in fields.items()
    }
    return texts | {name: thing.name for name, thing in unclear.items()}


def _labels() -> dict[str, str]:
    return {
        "who": gettext("Who"),
        "did": gettext("Did what"),
        "whom": gettext("To or with whom"),
        "about": gettext("About what"),
        "where": gettext("Where"),
        "from": gettext("From"),
        "until": gettext("Until"),
    }
