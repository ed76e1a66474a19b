"""A query's result as a table: labels beside IRIs, numbers as numbers, a row's sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any

from kg.exports.table import Table, TableCell, joined
from kg.model.prefixes import BASE
from kg.statements.sentences import sentences_by_iri
from kg.store.store import Store
from kg.terms.literals import XSD
from kg.terms.vocabulary import Vocabulary, read_vocabulary
from web.exports.citation_cells import citation_cells

_WHOLE = {XSD + name for name in ("integer", "nonNegativeInteger", "positiveInteger", "int")}
_FRACTIONS = {XSD + name for name in ("decimal", "double", "float")}
# Spreadsheets hold numbers of so many digits exactly.
_EXACT_DIGITS = 15
_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?", re.ASCII)
_EVIDENCE = ("sentences", "cited", "background")

_Row = dict[str, dict[str, Any]]


def result_table(store: Store, title: str, body: bytes) -> Table:
    """Return a result in SPARQL JSON as a table; with evidence, a row's sentences at its end.

    A variable with things of ours has a column of labels and one of IRIs, `NAME_iri`. Of evidence,
    `sentences` are IRIs, `cited` their places as people write them, `background` other graphs. The
    answer to an ASK is a table of one cell.
    """
    result = json.loads(body)
    if "boolean" in result:
        return Table(title, ("answer",), (("true" if result["boolean"] else "false",),))
    rows: list[_Row] = result["results"]["bindings"]
    names: list[str] = result["head"]["vars"]
    labelled = {name for name in names if any(_is_ours(row.get(name)) for row in rows)}
    columns = tuple(column for name in names for column in _columns(name, name in labelled))
    vocabulary = read_vocabulary(store)
    cells = [tuple(_cells(vocabulary, row, names, labelled)) for row in rows]
    if "evidence" not in result:
        return Table(title, columns, tuple(cells))
    evidence = (_evidence(store, member) for member in result["evidence"]["rows"])
    cited = tuple((*row, *more) for row, more in zip(cells, evidence, strict=True))
    # A query may have a variable of the same name.
    added = (name if name not in columns else f"evidence_{name}" for name in _EVIDENCE)
    return Table(title, (*columns, *added), cited)


def _columns(name: str, labelled: bool) -> tuple[str, ...]:
    return (name, f"{name}_iri") if labelled else (name,)


def _cells(
    vocabulary: Vocabulary, row: _Row, names: Sequence[str], labelled: set[str]
) -> Iterator[TableCell]:
    for name in names:
        term = row.get(name)
        ours = vocabulary.name(term["value"]) if term and _is_ours(term) else ""
        yield ours or _value(term)
        if name in labelled:
            yield term["value"] if term and term["type"] == "uri" else None


def _is_ours(term: dict[str, Any] | None) -> bool:
    return term is not None and term["type"] == "uri" and term["value"].startswith(BASE)


def _value(term: dict[str, Any] | None) -> TableCell:
    """Return a term as a cell: a number if its datatype is one and a spreadsheet can hold it.

    >>> _value({"type": "literal", "value": "28", "datatype": XSD + "integer"})
    28
    >>> _value({"type": "literal", "value": "2018-04", "datatype": XSD + "gYearMonth"})
    '2018-04'
    """
    if term is None:
        return None
    value, datatype = str(term["value"]), term.get("datatype", "")
    # A literal may be ill-typed, and INF is no number of a spreadsheet.
    if len(value) > _EXACT_DIGITS or not _NUMBER.fullmatch(value):
        return value
    if datatype in _WHOLE:
        return int(value) if value.lstrip("+-").isdigit() else value
    return float(value) if datatype in _FRACTIONS else value


def _evidence(store: Store, member: dict[str, Any]) -> tuple[str, str, str]:
    sentences = sentences_by_iri(store)
    cited = [sentences[citation["citation"]] for citation in member["sentences"]]
    return (*citation_cells(cited), joined(member["background"]))
