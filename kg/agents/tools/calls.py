"""A call of a tool, from its arguments to an answer of the size that the client takes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from kg.agents.cursors import read_cursor, write_cursor
from kg.agents.session import AgentSession
from kg.agents.statement_records import Record
from kg.agents.tool_answer import DEFAULT_BYTES, ToolAnswer, fit_answer
from kg.agents.tools.describe import thing_statements
from kg.agents.tools.evidence import statement_evidence
from kg.agents.tools.examples import example_queries
from kg.agents.tools.explain_empty import explain_no_rows
from kg.agents.tools.query import query_answer
from kg.agents.tools.search import search_by_name
from kg.agents.tools.shape import class_shape
from kg.agents.tools.tool_call import ToolCall
from kg.model.errors import NotFound
from kg.model.languages import in_language

TOOLS: Mapping[str, Callable[[ToolCall], ToolAnswer]] = {
    "search": search_by_name,
    "describe": thing_statements,
    "shape": class_shape,
    "examples": example_queries,
    "query": query_answer,
    "evidence": statement_evidence,
    "explain_empty": explain_no_rows,
}


def answer_call(session: AgentSession, name: str, arguments: Mapping[str, Any]) -> Record:
    """Run a tool on the current build and return its answer; KGError says what is wrong."""
    if name not in TOOLS:
        raise NotFound(f"tool called {name}", TOOLS)
    store = session.store
    first = read_cursor(store.number, name, arguments)
    # Names are in English whoever asks: an agent puts them into its own words.
    with in_language("en"):
        answer = TOOLS[name](ToolCall(session, store, arguments, first))
        most = int(arguments.get("max_bytes", DEFAULT_BYTES))
        record, after = fit_answer(store, answer, most)
    following = write_cursor(store.number, after, name, arguments) if after else None
    return {**record, "next": following}
