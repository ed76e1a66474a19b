"""A query's result for the HTML page: a table, a truth value or a graph, or the error.

Formats for programs are not made here: `web.request.negotiate` lists their media types, and
`kg.endpoint` and `kg.model.formats` write them.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import escape

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import KGError, QueryError
from kg.model.prefixes import BASE, shorten
from kg.store.store import Store
from kg.terms.literals import XSD
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from web import urls

# The results' share of a page; the rest is the query, repeated as text, links and programs.
MAX_PAGE_BYTES = 1_000_000

# Longer IRIs are shown in full: `shorten` caches every IRI that it is called with.
_MAX_SHORTENED = 200
# Bytes of HTML around a cell's value, and of a cell without one.
_MARKUP, _EMPTY = 120, 10
# Datatypes that are not shown beside a literal: the value itself makes them plain.
_PLAIN = ("string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth")
_USUAL = {"", *(XSD + name for name in _PLAIN)}


@dataclass(frozen=True)
class Cell:
    """One term of a row as it is shown: its label, its IRI and prefixed name, or its datatype.

    `length` counts the characters of a value that is shown in part, else it is 0.
    """

    text: str
    iri: str = ""
    name: str = ""
    language: str = ""
    datatype: str = ""
    length: int = 0


@dataclass(frozen=True)
class PageResult:
    """A result by `kind`: "rows", "truth" or "graph"; `total` counts all its rows or triples.

    `shown` counts the triples shown; `cut` is true if some of them are shortened or left out for
    their length. `hints` say what may be wrong with a query that has no result.
    """

    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    total: int = 0
    truth: bool = False
    turtle: str = ""
    shown: int = 0
    cut: bool = False
    milliseconds: float = 0.0
    hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class PageError:
    """An error message, and the query as (line number, text, whether the error is there)."""

    message: str
    lines: tuple[tuple[int, str, bool], ...]


def run_for_page(
    store: Store, run: Callable[[QueryRequest], QueryResult], request: QueryRequest
) -> PageResult:
    """Run a query with `run` and return as much of its result as a page holds; KGError if it fails.

    Workers send only the beginning of a large result (`kg.endpoint.excerpt`).
    """
    start = time.perf_counter()
    result = run(request._replace(evidence=False, explain=True, excerpt=True))
    fields = json.loads(result.body)
    hints = _hints(fields.pop("explanation", {}))
    fields.pop("results", None)
    rows = tuple(_rows_that_fit(read_vocabulary(store), fields.pop("rows", ())))
    columns = tuple(fields.pop("columns", ()))
    spent = (time.perf_counter() - start) * 1000
    return PageResult(**fields, columns=columns, rows=rows, milliseconds=spent, hints=hints)


def _rows_that_fit(
    vocabulary: Vocabulary, rows: Iterable[list[dict[str, Any] | None]]
) -> Iterator[tuple[Cell | None, ...]]:
    """Yield rows until the page has reached its size limit."""
    room = MAX_PAGE_BYTES
    for row in rows:
        cells = tuple(_cell(vocabulary, term) for term in row)
        room -= sum(map(_html_bytes, cells))
        if room < 0:
            return
        yield cells


def _html_bytes(cell: Cell | None) -> int:
    """Return how many bytes of HTML a cell takes, at most."""
    if cell is None:
        return _EMPTY
    parts = (cell.text, urls.href(cell.iri), cell.name, cell.name, cell.language, cell.datatype)
    return _MARKUP + sum(len(escape(part).encode()) for part in parts)


def _hints(explanation: dict[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (explanation.get("message"), *explanation.get("hints", ()))))


def describe_error(query: str, error: KGError) -> PageError:
    """Return an error with the query's lines, if the error has a line, and flag that one."""
    at = error.line if isinstance(error, QueryError) else 0
    lines = query.rstrip().splitlines()
    # A parser reports a missing bracket at the end on the line after the last.
    fault = min(at, len(lines))
    numbered = tuple((number, line, number == fault) for number, line in enumerate(lines, start=1))
    return PageError(str(error), numbered if at else ())


def _cell(vocabulary: Vocabulary, term: dict[str, Any] | None) -> Cell | None:
    if term is None:
        return None
    text, length = term["value"], term.get("length", 0)
    if term["type"] == "uri" and not length:
        name = _short(text)
        label = vocabulary.name(text) if text.startswith(BASE) else ""
        return Cell(label or name, text, name)
    datatype = term.get("datatype", "")
    shown = "" if datatype in _USUAL else _short(datatype)
    return Cell(text, language=term.get("xml:lang", ""), datatype=shown, length=length)


def _short(iri: str) -> str:
    return shorten(iri).strip("<>") if len(iri) <= _MAX_SHORTENED else iri
