"""The tool `examples`: questions with their queries, and the first row of each answer."""

from __future__ import annotations

from collections.abc import Iterator

from rapidfuzz import fuzz

from kg.agents.statement_records import Record
from kg.agents.tool_answer import ToolAnswer, ToolRow, tool_row
from kg.agents.tools.answer_rows import answer_rows
from kg.agents.tools.tool_call import ToolCall
from kg.index.folding import fold_name
from kg.model.errors import KGError
from kg.pipeline.examples import shown
from kg.sparql.named_queries import NamedQuery, named_queries


def example_queries(call: ToolCall) -> ToolAnswer:
    """Return the questions that have most in common with some words, the nearest first."""
    questions = named_queries(call.store.texts)
    about = fold_name(call.arguments.get("about", ""))
    # Without words, the examples of the home page come first.
    ranked = sorted(questions, key=lambda q: (-_likeness(q, about), -bool(q.example), q.example))
    rows = _rows(call, ranked[call.first :])
    return ToolAnswer(rows, first=call.first, total=len(ranked))


def _likeness(question: NamedQuery, about: str) -> float:
    words = fold_name(f"{question.title} {question.name}")
    return float(fuzz.token_set_ratio(about, words)) if about else 0.0


def _rows(call: ToolCall, questions: list[NamedQuery]) -> Iterator[ToolRow]:
    for question in questions:
        query = shown(question.text)
        row: Record = {"name": question.name, "question": question.title, "query": query}
        first = _first_row(call, query)
        cited = first.sentences if first else ()
        yield tool_row(row | ({"first_row": _bare(first)} if first else {}), cited)


def _first_row(call: ToolCall, query: str) -> ToolRow | None:
    try:
        result = call.session.rows(query, call.store.number, evidence=True, part=(0, 1))
    except KGError:
        # An ASK has no rows; any other query is as good an example without its first row.
        return None
    return next(answer_rows(call.store, result), None)


def _bare(row: ToolRow) -> Record:
    return {name: row.record[name] for name in ("cells", "kind")}
