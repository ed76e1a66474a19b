"""The tool `explain_empty`: why a query has no row, and what comes closest to one."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from kg.agents.tool_answer import ToolAnswer, ToolRow
from kg.agents.tools.answer_rows import answer_rows
from kg.agents.tools.tool_call import ToolCall
from kg.endpoint.explain import matching_part
from kg.endpoint.request import ROWS_JSON
from kg.model.errors import QueryError


def explain_no_rows(call: ToolCall) -> ToolAnswer:
    """Return the reason why a SELECT has no row; a row that fits the patterns before it fails.

    A query that has rows is answered with the first.
    """
    query, build = call.arguments["query"], call.store.number
    result = call.session.run(query, build, explain=True, part=(0, 1))
    content = json.loads(result.body) if result.media_type == ROWS_JSON else {}
    if "results" not in content:
        raise QueryError("only a SELECT can lack rows: write this query as one")
    explanation = content.get("explanation")
    if explanation is None:
        head = {"empty": False, "message": "this query has rows; the first is below"}
        return ToolAnswer(_cited(call, query), head)
    rows = _closest(call, query, explanation["matched"])
    return ToolAnswer(rows, {"empty": True, **explanation})


def _closest(call: ToolCall, query: str, matched: int) -> Iterable[ToolRow]:
    return _cited(call, matching_part(query, matched)) if matched else ()


def _cited(call: ToolCall, query: str) -> Iterable[ToolRow]:
    """Return the first row of a query with the sentences behind it."""
    result: dict[str, Any] = call.session.rows(query, call.store.number, evidence=True, part=(0, 1))
    return answer_rows(call.store, result)
