"""A query's answer as a visitor sees it: a table, a truth or a graph, or what is wrong."""

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

# What the answer takes of a page, in bytes; the rest is the query, in several forms.
MAX_PAGE_BYTES = 1_000_000

_LONGEST = 200
# Of an element for a cell and its link, or for one without a value.
_MARKUP, _EMPTY = 120, 10
# Literals that need no word on what they are.
_PLAIN = ("string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth")
_USUAL = {"", *(XSD + name for name in _PLAIN)}


@dataclass(frozen=True)
class Cell:
    """One term of a row, with the words to show; what is ours has its prefixed name too.

    `length` counts the characters of a value of which only the first are shown.
    """

    text: str
    iri: str = ""
    name: str = ""
    language: str = ""
    datatype: str = ""
    length: int = 0


@dataclass(frozen=True)
class PageResult:
    """An answer: rows, a truth or a graph; `total` counts rows or triples beyond the ones shown.

    `shown` counts the triples shown, `cut` tells that some are not whole or left out for their
    length. `hints` say what may be wrong with a query to which there is no answer.
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
    """What is wrong with a query, and its lines with the one at fault marked."""

    message: str
    lines: tuple[tuple[int, str, bool], ...]


def run_for_page(
    store: Store, ask: Callable[[QueryRequest], QueryResult], question: QueryRequest
) -> PageResult:
    """Have a visitor's question answered by `ask`; its KGError says what is wrong.

    Only the beginning of the answer comes here (`kg.endpoint.excerpt`), and as much of that is
    shown as there is room for.
    """
    start = time.perf_counter()
    given = ask(question._replace(evidence=False, explain=True, excerpt=True))
    found = json.loads(given.body)
    hints = _hints(found.pop("explanation", {}))
    found.pop("results", None)
    rows = tuple(_shown(read_vocabulary(store), found.pop("rows", ())))
    columns = tuple(found.pop("columns", ()))
    spent = (time.perf_counter() - start) * 1000
    return PageResult(**found, columns=columns, rows=rows, milliseconds=spent, hints=hints)


def _shown(
    vocabulary: Vocabulary, rows: Iterable[list[dict[str, Any] | None]]
) -> Iterator[tuple[Cell | None, ...]]:
    """Yield the rows for which a page has room."""
    room = MAX_PAGE_BYTES
    for row in rows:
        cells = tuple(_cell(vocabulary, term) for term in row)
        room -= sum(map(_size, cells))
        if room < 0:
            return
        yield cells


def _size(cell: Cell | None) -> int:
    """Return how many bytes a cell takes on a page, at the most."""
    if cell is None:
        return _EMPTY
    parts = (cell.text, urls.href(cell.iri), cell.name, cell.name, cell.language, cell.datatype)
    return _MARKUP + sum(len(escape(part).encode()) for part in parts)


def _hints(explanation: dict[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (explanation.get("message"), *explanation.get("hints", ()))))


def describe_error(query: str, error: KGError) -> PageError:
    """Show an error beside the query."""
    at = error.line if isinstance(error, QueryError) else 0
    lines = query.rstrip().splitlines()
    # What is missing at the end is reported on the line after the last.
    fault = min(at, len(lines))
    marked = tuple((number, line, number == fault) for number, line in enumerate(lines, start=1))
    return PageError(str(error), marked if at else ())


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
    # Names are remembered once shortened, and a visitor may ask for any number of long ones.
    return shorten(iri).strip("<>") if len(iri) <= _LONGEST else iri
