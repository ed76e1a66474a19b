"""Answers to queries as tables to download: labels beside IRIs, and the sentences of each row.

`/query/NAME.csv` has the answer to a named question, `/sparql/table?query=…&format=csv` that to any
query. The endpoint's own CSV is that of its standard, which has neither labels nor sentences.
"""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.endpoint.evidence import TooManyToCite
from kg.endpoint.guard import check_size
from kg.endpoint.request import NoAcceptableFormat, QueryRequest
from kg.exports.csv_file import CSV
from kg.exports.xlsx_file import XLSX
from kg.model.errors import NotFound
from kg.sparql.base import needs_base
from kg.sparql.form import query_form
from kg.sparql.named_queries import named_query
from web.exports.result_table import result_table
from web.exports.table_response import table_response
from web.query.snippets import endpoint_address
from web.request.parameters import switch_of
from web.serving.current_build import store
from web.serving.public_queries import is_lasting, public_queries, run_public_query

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
    return answer_file("answer", query, FILES[name], evidence=switch_of(fields, "evidence"))


def named_answer_file(name: str, media: str) -> Response:
    """Return the answer to a named question; NotFound suggests similar names.

    Where it has more rows than evidence is looked up for, the columns of evidence are left out.
    """
    query = named_query(store().texts, name)
    try:
        return answer_file(name, query, media)
    except TooManyToCite:
        return answer_file(name, query, media, evidence=False)


def answer_file(title: str, query: str, media: str, *, evidence: bool = True) -> Response:
    """Run a query for the client of the request, and return its answer as a table.

    400 for a query whose answer is a graph; other errors as the endpoint has them.
    """
    requested = QueryRequest(
        query,
        graph_type="",
        evidence=evidence and query_form(query) == "SELECT",
        timeout=public_queries().limits.query_seconds,
        max_bytes=public_queries().limits.result_bytes,
        build=store().number,
        base=endpoint_address() if needs_base(query) else "",
    )
    try:
        result = run_public_query(requested)
    except NoAcceptableFormat as error:
        raise BadRequest("the answer to this query is a graph, and no table holds it") from error
    response = table_response(result_table(store(), title, result.body), media)
    if not is_lasting(requested, result):
        response.headers["Cache-Control"] = "no-store"
    return response
