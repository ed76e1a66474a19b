"""Whether a graph answers the questions of `kg/queries` with what `tests/data/answers` demands."""

from __future__ import annotations

import csv

from pyoxigraph import NamedNode

from kg.model.prefixes import ROOT, shorten
from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_queries
from kg.store.store import Store

ANSWERS = ROOT / "tests" / "data" / "answers"
QUESTIONS = {question.name: question for question in named_queries(tree_texts())}

Row = dict[str, str]


def missing_rows(store: Store, name: str) -> list[Row]:
    """Return what the answer to a question must hold and does not."""
    found = answer(store, name)
    return [row for row in demanded(name) if not any(row.items() <= one.items() for one in found)]


def answer(store: Store, name: str) -> list[Row]:
    """Return a question's rows, with names shortened and without empty cells."""
    rows = store.select(QUESTIONS[name].text)
    return [{column: _cell(term) for column, term in row.items() if term} for row in rows]


def demanded(name: str) -> list[Row]:
    """Return the rows that an answer must have; an empty cell demands nothing."""
    lines = (ANSWERS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    return [
        {column: value for column, value in row.items() if value}
        for row in csv.DictReader(lines, delimiter="\t")
    ]


def _cell(term: object) -> str:
    return shorten(term.value) if isinstance(term, NamedNode) else str(term.value)  # type: ignore[attr-defined]
