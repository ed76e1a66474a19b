"""Queries at the command line: read their text, run them, and format the result."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Protocol

from click.shell_completion import CompletionItem

from kg.cli.table import align_columns, format_table
from kg.endpoint.guard import guard
from kg.model.errors import NotFound, QueryError
from kg.model.formats import DATASETS, GRAPHS, RESULTS
from kg.model.source_texts import tree_texts
from kg.model.text_files import read
from kg.sparql.named_queries import federated_queries, named_queries, named_query
from kg.sparql.service import service_clauses

FORMATS = ("table", *(row.name for row in (*RESULTS, *GRAPHS, *DATASETS)))


class QueryEngine(Protocol):
    """Runs queries: the store of a build, or a remote endpoint."""

    def execute(self, query: str, accept: Callable[[bool], str], /) -> tuple[str, bytes]:
        """Return the media type that `accept` picks and the result in it."""


def query_text(source: str) -> str:
    """Return the query in a file, on standard input (`-`), or of a named question.

    NotFound if there is none, SourceError if the file is not text.
    """
    if source == "-":
        return _read_standard_input()
    path = Path(source)
    if path.is_file():
        return read(path)
    # Named queries have neither a suffix nor a slash: a mistyped file gets its own message.
    if path.suffix or path.name != source:
        raise NotFound(f"file {source}")
    return named_query(tree_texts(), source)


def _read_standard_input() -> str:
    try:
        return sys.stdin.read()
    except UnicodeDecodeError as error:
        raise QueryError("the query is not text in UTF-8") from error


def list_named_queries() -> str:
    """List the named queries with their titles."""
    queries = (*named_queries(tree_texts()), *federated_queries(tree_texts()))
    return align_columns(["question", "asks"], [[q.name, q.title] for q in queries])


def complete_question(*arguments: object) -> list[CompletionItem]:
    """Return what a shell may complete a question to: named queries, else files."""
    begun = str(arguments[-1])
    questions = (*named_queries(tree_texts()), *federated_queries(tree_texts()))
    named = [CompletionItem(q.name, help=q.title) for q in questions if q.name.startswith(begun)]
    return named or [CompletionItem(begun, type="file")]


def format_result(
    store: QueryEngine, query: str, form: str, *, strict: bool = True, remote: bool = False
) -> bytes:
    """Run a query and return the result in one of `FORMATS`, ready to print.

    QueryError names the formats that suit the result (rows or a graph) if this one does not.
    Without `strict`, a graph comes as Turtle instead. A `remote` store knows which endpoints it
    lets SERVICE name.
    """
    # The public endpoint's guard: a query that runs here should run there.
    services = service_clauses(query) if remote else []
    guard(query, frozenset(clause.endpoint for clause in services))
    media_type, body = store.execute(query, lambda is_graph: _media_type(form, is_graph, strict))
    if form == "table" and media_type == RESULTS[0].media_type:
        return format_table(body).encode() + b"\n"
    # A shell's prompt belongs on a line of its own.
    return body if body.endswith(b"\n") else body + b"\n"


def _media_type(form: str, is_graph: bool, strict: bool) -> str:
    if is_graph:
        offered = {row.name: row.media_type for row in GRAPHS + DATASETS}
        return offered["ttl"] if not strict else _choose(form, offered, "a graph")
    offered = {"table": RESULTS[0].media_type} | {row.name: row.media_type for row in RESULTS}
    return _choose(form, offered, "rows")


def _choose(form: str, offered: dict[str, str], kind: str) -> str:
    if form not in offered:
        raise QueryError(f"this query answers with {kind}: choose one of {', '.join(offered)}")
    return offered[form]
