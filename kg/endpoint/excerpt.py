"""The beginning of a result, as a page shows it: some rows or triples, and their number in all.

    {"kind": "rows", "columns": [name], "rows": [[cell or null]], "total": number}
    {"kind": "graph", "turtle": text, "shown": number, "total": number, "cut": true or false}
    {"kind": "truth", "truth": true or false}

A cell has the `type`, `value`, `xml:lang` and `datatype` of SPARQL JSON and, if its value is cut,
the `length` of the full value. The process that runs the query makes the excerpt, so that a page
costs what it shows, however large the result is.
"""

from __future__ import annotations

import html
import json
from collections.abc import Iterator
from itertools import islice
from typing import Any

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QueryResultsFormat,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.model.formats import graph_format, write

# Media types in which a result has one line for each row or triple.
ROWS_AS, GRAPH_AS = "text/tab-separated-values", "application/n-triples"
MAX_SHOWN = 1000

# Characters of one value, of one value in a row of very many, and of all values of a row.
_MAX_VALUE, _MIN_VALUE, _MAX_ROW = 1000, 20, 100_000
# Bytes of all rows as they are sent, and of a graph as HTML.
_MAX_ROWS = _MAX_GRAPH = 1_000_000


def excerpt(media: str, body: bytes) -> dict[str, Any]:
    """Return the first thousand rows or triples of a result in `ROWS_AS` or `GRAPH_AS`.

    There are fewer if they are long. A value is cut after 1,000 characters, or after fewer if a row
    has so many columns that it would exceed 100,000.
    """
    if media == GRAPH_AS:
        return _graph(body)
    # One line more: the first holds the variables.
    results = parse_query_results(_lines(body, MAX_SHOWN + 1), format=QueryResultsFormat.TSV)
    if isinstance(results, QueryBoolean):
        return {"kind": "truth", "truth": bool(results)}
    columns = [variable.value for variable in results.variables]
    max_value = max(_MIN_VALUE, min(_MAX_VALUE, _MAX_ROW // max(1, len(columns))))
    rows: list[list[dict[str, Any] | None]] = []
    room = _MAX_ROWS
    for row in results:
        cells = [_cell(term, max_value) for term in row]
        room -= len(json.dumps(cells, ensure_ascii=False).encode())
        if room < 0:
            break
        rows.append(cells)
    # Each row is one line: TSV and N-Triples escape the line breaks in values
    # (https://www.w3.org/TR/sparql11-results-csv-tsv/#tsv).
    total = body.count(b"\n") - 1
    return {"kind": "rows", "columns": columns, "rows": rows, "total": total}


def _lines(body: bytes, count: int) -> bytes:
    """Return the first lines of a body, up to a number."""
    end = 0
    for _ in range(count):
        end = body.find(b"\n", end) + 1
        if not end:
            return body
    return body[:end]


def _cell(term: object, max_value: int) -> dict[str, Any] | None:
    if term is None:
        return None
    cell: dict[str, Any] = {}
    if isinstance(term, NamedNode):
        cell = {"type": "uri", "value": term.value}
    elif isinstance(term, Literal):
        cell = {"type": "literal", "value": term.value, "datatype": term.datatype.value}
        if term.language:
            cell = {"type": "literal", "value": term.value, "xml:lang": term.language}
    else:
        kind = "bnode" if isinstance(term, BlankNode) else "triple"
        cell = {"type": kind, "value": str(term)}
    if len(cell["value"]) > max_value:
        cell |= {"value": f"{cell['value'][:max_value]}…", "length": len(cell["value"])}
    if len(cell.get("datatype", "")) > _MAX_VALUE:
        cell["datatype"] = f"{cell['datatype'][:_MAX_VALUE]}…"
    return cell


def _graph(body: bytes) -> dict[str, Any]:
    shown: dict[Triple, None] = {}
    room, cut = _MAX_GRAPH, False
    for triple in _triples(body):
        short = _short(triple)
        # As HTML, in which each bracket and quote of Turtle takes several bytes.
        room -= len(html.escape(str(short)).encode()) if short else 0
        if room < 0:
            break
        cut |= short != triple
        if short:
            shown[short] = None
    form = graph_format("ttl")
    turtle = write(shown, form).decode() if form else ""
    counts = {"shown": len(shown), "total": body.count(b"\n")}
    return {"kind": "graph", "turtle": turtle, "cut": cut, **counts}


def _triples(body: bytes) -> Iterator[Triple]:
    lines = _lines(body, MAX_SHOWN)
    return islice((quad.triple for quad in parse(lines, format=RdfFormat.N_TRIPLES)), MAX_SHOWN)


def _short(triple: Triple) -> Triple | None:
    """Return a triple, its literal cut if it is long; None if the triple is long all the same."""
    value = triple.object
    if isinstance(value, Literal) and len(value.value) > _MAX_VALUE:
        triple = Triple(triple.subject, triple.predicate, _start(value))
    # A cut IRI would be another IRI, so a triple of long ones is left out.
    return triple if len(str(triple)) < 4 * _MAX_VALUE else None


def _start(value: Literal) -> Literal:
    text = f"{value.value[:_MAX_VALUE]}…"
    if value.language:
        return Literal(text, language=value.language, direction=value.direction)
    return Literal(text, datatype=value.datatype)
