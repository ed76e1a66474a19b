"""A query as typed at the command line: where its text comes from, and how its answer is shown."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from kg.cli.table import align, table
from kg.endpoint.guard import guard
from kg.model.errors import NotFound, QueryError
from kg.model.formats import DATASETS, GRAPHS, RESULTS
from kg.model.source_texts import tree_texts
from kg.model.text_files import read
from kg.sparql.named_queries import named_queries, named_query

FORMATS = ("table", *(row.name for row in (*RESULTS, *GRAPHS, *DATASETS)))


class Answers(Protocol):
    """What answers queries: a build's store, or a remote endpoint."""

    def execute(self, query: str, accept: Callable[[bool], str], /) -> tuple[str, bytes]:
        """Answer a query in the media type that `accept` picks."""


def query_text(source: str) -> str:
    """Return the query in a file, on standard input (`-`), or of a named question.

    NotFound if there is none, SourceError if the file is not text.
    """
    if source == "-":
        return _typed()
    path = Path(source)
    if path.is_file():
        return read(path)
    if path.suffix or path.name != source:
        raise NotFound(f"file {source}")
    return named_query(tree_texts(), source)


def _typed() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise QueryError("the query is not text in UTF-8") from error


def question_list() -> str:
    """List the named questions with what they ask."""
    return align(["question", "asks"], [[q.name, q.title] for q in named_queries(tree_texts())])


def answer(store: Answers, query: str, form: str, *, strict: bool = True) -> bytes:
    """Answer a query in one of `FORMATS`, ready to print.

    A format that does not suit the answer (rows or a graph) is a QueryError that names those
    which do; unless not `strict`, when a graph comes as Turtle.
    """
    guard(query)
    media_type, body = store.execute(query, lambda is_graph: _media_type(form, is_graph, strict))
    if form == "table" and media_type == RESULTS[0].media_type:
        return table(body).encode() + b"\n"
    return body if body.endswith(b"\n") else body + b"\n"


def _media_type(form: str, is_graph: bool, strict: bool) -> str:
    if is_graph:
        offered = {row.name: row.media_type for row in GRAPHS + DATASETS}
        return offered["ttl"] if not strict else _chosen(form, offered, "a graph")
    offered = {"table": RESULTS[0].media_type} | {row.name: row.media_type for row in RESULTS}
    return _chosen(form, offered, "rows")


def _chosen(form: str, offered: dict[str, str], kind: str) -> str:
    if form not in offered:
        raise QueryError(f"this query answers with {kind}: choose one of {', '.join(offered)}")
    return offered[form]
