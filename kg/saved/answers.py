"""An answer to a query as rows that can be hashed, stored and compared with another answer."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, TypeAlias

from pyoxigraph import RdfFormat, parse

from kg.endpoint.request import ROWS_JSON
from kg.sparql.form import is_ordered

N_TRIPLES = "application/n-triples"

# A term as SPARQL's JSON has it, or None where a variable is unbound.
JsonTerm: TypeAlias = dict[str, Any] | None
AnswerRow: TypeAlias = tuple[JsonTerm, ...]

_BOOLEAN = "http://www.w3.org/2001/XMLSchema#boolean"
_LITERAL, _BLANK = "literal", "bnode"


@dataclass(frozen=True)
class RecordedRows:
    """The rows of an answer under its variables; `ordered` if their order is part of the answer.

    An ASK has one row of one value, a graph a row for each triple. Blank nodes are numbered within
    a row: their labels differ from build to build, so that which rows share one is not compared.
    """

    columns: tuple[str, ...]
    rows: tuple[AnswerRow, ...]
    ordered: bool = False

    @cached_property
    def keys(self) -> list[str]:
        """Return each row as a text by which equal rows are recognised."""
        return [_compact(row) for row in self.rows]

    @property
    def hash(self) -> str:
        """Return the SHA-256 of variables and rows, sorted unless their order counts."""
        keys = self.keys if self.ordered else sorted(self.keys)
        return sha256("\n".join((_compact(self.columns), *keys)).encode()).hexdigest()

    def as_json(self) -> str:
        """Return variables and rows as a text from which `read_rows` makes them again."""
        return _compact({"columns": self.columns, "rows": self.rows, "ordered": self.ordered})


@dataclass(frozen=True)
class RowChanges:
    """The rows that one answer has and the other has not; `reordered` if only the order differs."""

    added: tuple[AnswerRow, ...]
    removed: tuple[AnswerRow, ...]
    reordered: bool = False


def read_rows(text: str) -> RecordedRows:
    """Return an answer from what `RecordedRows.as_json` made.

    >>> read_rows('{"columns":["x"],"rows":[[null]],"ordered":false}').rows
    ((None,),)
    """
    fields = json.loads(text)
    rows = tuple(tuple(row) for row in fields["rows"])
    return RecordedRows(tuple(fields["columns"]), rows, fields["ordered"])


def recorded_rows(query: str, media_type: str, body: bytes) -> RecordedRows:
    """Return the answer to a query from its result in SPARQL JSON or N-Triples."""
    if media_type != ROWS_JSON:
        triples = parse(body, RdfFormat.N_TRIPLES)
        rows = (tuple(_graph_term(term) for term in one.triple) for one in triples)
        return RecordedRows(("subject", "predicate", "object"), _numbered(rows))
    result = json.loads(body)
    if "boolean" in result:
        value = "true" if result["boolean"] else "false"
        truth = {"type": _LITERAL, "value": value, "datatype": _BOOLEAN}
        return RecordedRows(("answer",), ((truth,),))
    names = tuple(result["head"]["vars"])
    bindings = result["results"]["bindings"]
    rows = (tuple(row.get(name) for name in names) for row in bindings)
    return RecordedRows(names, _numbered(rows), is_ordered(query))


def row_changes(before: RecordedRows, after: RecordedRows) -> RowChanges:
    """Return what was added and removed between two answers, each in the order of its answer.

    >>> one, two = ({"type": "literal", "value": value} for value in "ab")
    >>> then, now = (RecordedRows(("x",), ((one,), (last,))) for last in (one, two))
    >>> changes = row_changes(then, now)
    >>> changes.added == ((two,),), changes.removed == ((one,),)
    (True, True)
    """
    added, removed = _beyond(after, before), _beyond(before, after)
    reordered = not added and not removed and before.hash != after.hash
    return RowChanges(added, removed, reordered)


def _beyond(rows: RecordedRows, others: RecordedRows) -> tuple[AnswerRow, ...]:
    """Return the rows that are not among others, as often as they are there more."""
    left = Counter(others.keys)
    extra = []
    for row, key in zip(rows.rows, rows.keys, strict=True):
        if left[key]:
            left[key] -= 1
        else:
            extra.append(row)
    return tuple(extra)


def _numbered(rows: Iterable[AnswerRow]) -> tuple[AnswerRow, ...]:
    return tuple(tuple(_with_numbers(row)) for row in rows)


def _with_numbers(row: AnswerRow) -> Iterator[JsonTerm]:
    numbers: dict[str, str] = {}
    for term in row:
        if term and term["type"] == _BLANK:
            number = numbers.setdefault(term["value"], f"b{len(numbers)}")
            yield {"type": _BLANK, "value": number}
        else:
            yield term


def _graph_term(term: Any) -> JsonTerm:
    """Return a term of a triple as SPARQL's JSON has it; a triple term by its text."""
    if hasattr(term, "datatype"):
        extra = {"xml:lang": term.language} if term.language else {"datatype": term.datatype.value}
        return {"type": _LITERAL, "value": term.value, **extra}
    kind = {"NamedNode": "uri", "BlankNode": _BLANK}.get(type(term).__name__, "triple")
    return {"type": kind, "value": term.value if kind != "triple" else str(term)}


def _compact(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
