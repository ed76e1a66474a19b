"""A query's answer as a visitor sees it: a table, a truth or a graph, or what is wrong."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.guard import guard
from kg.prefixes import shorten
from kg.store import Store

ROWS_SHOWN = 1000

_JSON, _TURTLE = "application/sparql-results+json", "text/turtle"


@dataclass(frozen=True)
class Cell:
    """One term of a row, with the words to show."""

    text: str
    iri: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Table:
    """An answer: rows, a truth or a graph; `total` counts rows beyond the ones shown too."""

    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    total: int = 0
    truth: bool = False
    turtle: str = ""
    milliseconds: float = 0.0


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a query, and its lines with the one at fault marked."""

    message: str
    lines: tuple[tuple[int, str, bool], ...]


def answer(store: Store, query: str, default_graphs: list[str], named_graphs: list[str]) -> Table:
    """Run a visitor's query; QueryError says what is wrong with it."""
    start = time.perf_counter()
    guard(query)
    media, body = store.execute(
        query, lambda graph: _TURTLE if graph else _JSON, default_graphs, named_graphs
    )
    spent = (time.perf_counter() - start) * 1000
    if media == _TURTLE:
        return Table("graph", turtle=body.decode(), milliseconds=spent)
    found = json.loads(body)
    if "boolean" in found:
        return Table("truth", truth=found["boolean"], milliseconds=spent)
    columns = tuple(found["head"]["vars"])
    bindings = found["results"]["bindings"]
    rows = tuple(tuple(_cell(b.get(c)) for c in columns) for b in bindings[:ROWS_SHOWN])
    return Table("rows", columns, rows, len(bindings), milliseconds=spent)


def wrong(query: str, error: QueryError) -> Wrong:
    """Show an error beside the query."""
    lines = query.rstrip().splitlines()
    # What is missing at the end is reported on the line after the last.
    fault = min(error.line, len(lines))
    marked = tuple((number, line, number == fault) for number, line in enumerate(lines, start=1))
    return Wrong(str(error), marked if error.line else ())


def _cell(term: dict[str, Any] | None) -> Cell | None:
    if term is None:
        return None
    if term["type"] == "uri":
        short = shorten(term["value"])
        return Cell(short.strip("<>"), iri=term["value"])
    if term["type"] == "triple":
        return Cell(json.dumps(term["value"], ensure_ascii=False))
    datatype = shorten(term["datatype"]) if "datatype" in term else ""
    return Cell(str(term["value"]), language=term.get("xml:lang", ""), datatype=datatype)
