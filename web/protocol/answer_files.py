"""Answers to queries as tables to download: labels beside IRIs, and the sentences of each row.

`/query/NAME.csv` has the answer to a named question, `/sparql/table?query=…&format=csv` that to any
query. The endpoint's own CSV is that of its standard, which has neither labels nor sentences.
"""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.endpoint.guard import check_size
from kg.exports.csv_file import CSV
from kg.exports.xlsx_file import XLSX
from kg.model.errors import NotFound
from kg.sparql.base import needs_base
from kg.sparql.named_queries import named_query
from web.exports.answer_file import answer_file, answer_file_cited
from web.query.snippets import endpoint_address
from web.request.parameters import switch_of
from web.serving.current_build import store

bp = Blueprint("answer_files", __name__)

FILES = {"csv": CSV, "xlsx": XLSX}


@bp.get("/query/<name>.<extension>")
def send_named_answer(name: str, extension: str) -> Response:
    """Send the answer to a named question as a table, each row with its sentences."""
    if extension not in FILES:
        raise NotFound(f"answer as {extension}; the formats are {', '.join(FILES)}")
    return named_answer_file(name, FILES[extension])


@bp.route("/sparql/table", methods=["GET", "POST"])
def send_answer_table() -> Response:
    """Send the answer to a query as a table; with `evidence=true` each row has its sentences."""
    fields = request.values
    query = fields.get("query", "")
    check_size(query)
    if not query.strip():
        raise BadRequest("there is no query: send it as ?query=… or as the field query of a form")
    name = fields.get("format") or "csv"
    if name not in FILES:
        raise BadRequest(f"“{name[:80]}” is not a valid format; use {' or '.join(FILES)}")
    evidence = switch_of(fields, "evidence")
    return answer_file("answer", query, FILES[name], _base(query), evidence=evidence)


def named_answer_file(name: str, media: str) -> Response:
    """Return the answer to a named question; NotFound suggests similar names."""
    query = named_query(store().texts, name)
    return answer_file_cited(name, query, media, _base(query))


def _base(query: str) -> str:
    return endpoint_address() if needs_base(query) else ""
