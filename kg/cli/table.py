"""Answers as a table for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, parse_query_results

from kg.model.prefixes import shorten


def table(answer: bytes) -> str:
    """Lay out an answer in SPARQL JSON as aligned columns, or as yes or no."""
    rows = parse_query_results(answer, format=QueryResultsFormat.JSON)
    if isinstance(rows, QueryBoolean):
        return "yes" if rows else "no"
    names = [variable.value for variable in rows.variables]
    return align(names, [[cell(row[name]) for name in names] for row in rows])


def cell(term: object) -> str:
    """Write a term for a person: prefixed names, bare literals, languages other than English.

    >>> cell(Literal("Tokio", language="de"))
    'Tokio @de'
    """
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Literal):
        known = term.language in (None, "en")
        return " ".join(term.value.split()) + ("" if known else f" @{term.language}")
    return "" if term is None else str(term)


def align(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows under a heading, columns two spaces apart, with a rule and a count.

    >>> print(align(["city", "n"], [["東京", "1"]]))
    city  n
    ----  -
    東京  1
    (1 row)
    """
    lines = [heading, *rows]
    widths = [max(width(line[i]) for line in lines) for i in range(len(heading))]
    ruled = [heading, ["-" * size for size in widths], *rows]
    count = f"({len(rows)} row{'s' * (len(rows) != 1)})"
    return "\n".join([*(_line(line, widths) for line in ruled), count])


def width(text: str) -> int:
    """Count the columns that a text takes on a terminal (https://www.unicode.org/reports/tr11/).

    >>> width("東京"), width("Moskva"), width("e\u0301")
    (4, 6, 1)
    """
    seen = (c for c in text if not unicodedata.combining(c))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in seen)


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (text + " " * (size - width(text)) for text, size in zip(cells, widths, strict=True))
    return "  ".join(padded).rstrip()
