"""A query's answer as a visitor sees it: a table, a truth or a graph, or what is wrong."""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from kg.errors import QueryError
from kg.guard import guard
from kg.prefixes import BASE, shorten
from kg.store import Store
from kg.unknown import unknown
from kg.vocabulary import Vocabulary, vocabulary
from kg.wording import XSD

ROWS_SHOWN = 1000

_LONGEST = 200
# Literals that need no word on what they are.
_PLAIN = ("string", "integer", "decimal", "boolean", "date", "gYear", "gYearMonth")
_USUAL = {"", *(XSD + name for name in _PLAIN)}

_JSON, _TURTLE = "application/sparql-results+json", "text/turtle"


@dataclass(frozen=True)
class Cell:
    """One term of a row, with the words to show; what is ours has its prefixed name too."""

    text: str
    iri: str = ""
    name: str = ""
    language: str = ""
    datatype: str = ""


@dataclass(frozen=True)
class Table:
    """An answer: rows, a truth or a graph; `total` counts rows beyond the ones shown too.

    `hints` say what may be wrong with a query to which there is no answer.
    """

    kind: str
    columns: tuple[str, ...] = ()
    rows: tuple[tuple[Cell | None, ...], ...] = ()
    total: int = 0
    truth: bool = False
    turtle: str = ""
    milliseconds: float = 0.0
    hints: tuple[str, ...] = ()


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
    words = vocabulary(store)
    rows = tuple(tuple(_cell(words, b.get(c)) for c in columns) for b in bindings[:ROWS_SHOWN])
    hints = () if rows else tuple(unknown(store, query))
    return Table("rows", columns, rows, len(bindings), milliseconds=spent, hints=hints)


def wrong(query: str, error: QueryError) -> Wrong:
    """Show an error beside the query."""
    lines = query.rstrip().splitlines()
    # What is missing at the end is reported on the line after the last.
    fault = min(error.line, len(lines))
    marked = tuple((number, line, number == fault) for number, line in enumerate(lines, start=1))
    return Wrong(str(error), marked if error.line else ())


def _cell(words: Vocabulary, term: dict[str, Any] | None) -> Cell | None:
    if term is None:
        return None
    text = term["value"]
    if term["type"] == "uri":
        name = _short(text)
        label = words.labels.get(text, "") if text.startswith(BASE) else ""
        return Cell(label or name, text, name)
    if term["type"] == "triple":
        return Cell(json.dumps(text, ensure_ascii=False))
    datatype = term.get("datatype", "")
    shown = "" if datatype in _USUAL else _short(datatype)
    return Cell(str(text), language=term.get("xml:lang", ""), datatype=shown)


def _short(iri: str) -> str:
    # Names are remembered once shortened, and a visitor may ask for any number of long ones.
    return shorten(iri).strip("<>") if len(iri) <= _LONGEST else iri
