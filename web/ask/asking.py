"""Run the query of a form as one of the public, within the public's limits."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, NamedTuple

from kg.ask.answer import Solution
from kg.ask.question import beginnings, question_query, relaxed
from kg.endpoint.request import QueryRequest
from web.serving.current_build import store
from web.serving.public_queries import is_lasting, public_queries, run_public_query


class AskedAnswer(NamedTuple):
    """The query of a form and its solutions; `lasting` if they stay while the build does."""

    query: str
    solutions: tuple[Solution, ...]
    lasting: bool


class LessAsked(NamedTuple):
    """A form with one field less, the field, and the number of rows that it has then."""

    field: str
    fields: Mapping[str, str]
    rows: int


def ask_question(fields: Mapping[str, str]) -> AskedAnswer:
    """Run the query of a form; errors are those of the endpoint."""
    limits = public_queries().limits
    query_request = QueryRequest(
        question_query(fields),
        graph_type="",
        timeout=limits.query_seconds,
        max_bytes=limits.result_bytes,
        build=store().number,
    )
    result = run_public_query(query_request)
    rows = json.loads(result.body)["results"]["bindings"]
    return AskedAnswer(
        query_request.query, tuple(map(_solution, rows)), is_lasting(query_request, result)
    )


def emptying_field(fields: Mapping[str, str]) -> str:
    """Return the first field, in the order of the form, that leaves no row of those before it."""
    for name, beginning in beginnings(fields):
        if not ask_question(beginning).solutions:
            return name
    return ""


def with_less(fields: Mapping[str, str]) -> list[LessAsked]:
    """Return the forms with one field less that have rows, those with the fewest first."""
    counted = (
        LessAsked(name, less, len(ask_question(less).solutions)) for name, less in relaxed(fields)
    )
    return sorted((one for one in counted if one.rows), key=lambda one: one.rows)


def _solution(row: dict[str, dict[str, Any]]) -> Solution:
    return Solution(**{name: row[name]["value"] for name in Solution._fields if name in row})
