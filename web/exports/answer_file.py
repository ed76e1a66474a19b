"""The answer to a query as a table to download."""

from __future__ import annotations

from werkzeug.exceptions import BadRequest
from werkzeug.wrappers import Response

from kg.endpoint.evidence import TooManyToCite
from kg.endpoint.request import NoAcceptableFormat, QueryRequest
from kg.sparql.form import query_form
from web.exports.result_table import result_table
from web.exports.table_response import table_response
from web.serving.current_build import store
from web.serving.public_queries import is_lasting, public_queries, run_public_query


def answer_file(
    title: str, query: str, media: str, base: str = "", *, evidence: bool = True
) -> Response:
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
        base=base,
    )
    try:
        result = run_public_query(requested)
    except NoAcceptableFormat as error:
        raise BadRequest("the answer to this query is a graph, and no table holds it") from error
    response = table_response(result_table(store(), title, result.body), media)
    if not is_lasting(requested, result):
        response.headers["Cache-Control"] = "no-store"
    return response


def answer_file_cited(title: str, query: str, media: str, base: str = "") -> Response:
    """Return the answer to a query as a table, each row with its sentences.

    Where it has more rows than evidence is looked up for, the columns of evidence are left out.
    """
    try:
        return answer_file(title, query, media, base)
    except TooManyToCite:
        return answer_file(title, query, media, base, evidence=False)
