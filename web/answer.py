"""A query's answer as a visitor sees it: a table, a truth or a graph, or what is wrong."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kg.errors import KGError, QueryError
from kg.prefixes import BASE, shorten
from kg.public.question import Answer, Question
from kg.read.vocabulary import Vocabulary, vocabulary
from kg.read.wording import XSD
from kg.store import Store

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


def answer(store: Store, ask: Callable[[Question], Answer], question: Question) -> Table:
    """Have a visitor's question answered by `ask`; its KGError says what is wrong."""
    start = time.perf_counter()
    given = ask(question._replace(results=_JSON, graphs=_TURTLE, explain=True))
    spent = (time.perf_counter() - start) * 1000
    if given.media == _TURTLE:
        return Table("graph", turtle=given.body.decode(), milliseconds=spent)
    found = json.loads(given.body)
    if "boolean" in found:
        return Table("truth", truth=found["boolean"], milliseconds=spent)
    columns = tuple(found["head"]["vars"])
    bindings = found["results"]["bindings"]
    words = vocabulary(store)
    rows = tuple(tuple(_cell(words, b.get(c)) for c in columns) for b in bindings[:ROWS_SHOWN])
    hints = () if rows else _hints(found.get("explanation", {}))
    return Table("rows", columns, rows, len(bindings), milliseconds=spent, hints=hints)


def _hints(explanation: dict[str, Any]) -> tuple[str, ...]:
    return tuple(filter(None, (explanation.get("message"), *explanation.get("hints", ()))))


def wrong(query: str, error: KGError) -> Wrong:
    """Show an error beside the query."""
    at = error.line if isinstance(error, QueryError) else 0
    lines = query.rstrip().splitlines()
    # What is missing at the end is reported on the line after the last.
    fault = min(at, len(lines))
    marked = tuple((number, line, number == fault) for number, line in enumerate(lines, start=1))
    return Wrong(str(error), marked if at else ())


def _cell(words: Vocabulary, term: dict[str, Any] | None) -> Cell | None:
    if term is None:
        return None
    text = term["value"]
    if term["type"] == "uri":
        name = _short(text)
        label = words.known(text) if text.startswith(BASE) else ""
        return Cell(label or name, text, name)
    if term["type"] == "triple":
        return Cell(json.dumps(text, ensure_ascii=False))
    datatype = term.get("datatype", "")
    shown = "" if datatype in _USUAL else _short(datatype)
    return Cell(str(text), language=term.get("xml:lang", ""), datatype=shown)


def _short(iri: str) -> str:
    # Names are remembered once shortened, and a visitor may ask for any number of long ones.
    return shorten(iri).strip("<>") if len(iri) <= _LONGEST else iri
