"""Query results as a table for a terminal."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence

from pyoxigraph import Literal, NamedNode, QueryBoolean, QueryResultsFormat, parse_query_results

from kg.model.prefixes import shorten


def format_table(answer: bytes) -> str:
    """Format a result in SPARQL JSON as aligned columns, or as yes or no."""
    rows = parse_query_results(answer, format=QueryResultsFormat.JSON)
    if isinstance(rows, QueryBoolean):
        return "yes" if rows else "no"
    names = [variable.value for variable in rows.variables]
    return align_columns(names, [[format_cell(row[name]) for name in names] for row in rows])


def format_cell(term: object) -> str:
    """Write a term for a person: prefixed names, bare literals, languages other than English.

    >>> format_cell(Literal("Tokio", language="de"))
    'Tokio @de'
    """
    if isinstance(term, NamedNode):
        return shorten(term.value)
    if isinstance(term, Literal):
        # A line break in a literal would break the row.
        text, untagged = " ".join(term.value.split()), term.language in (None, "en")
        return text + ("" if untagged else f" @{term.language}")
    return "" if term is None else str(term)


def align_columns(heading: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Set rows under a heading, columns two spaces apart, with a rule and a count.

    >>> print(align_columns(["city", "n"], [["東京", "1"]]))
    city  n
    ----  -
    東京  1
    (1 row)
    """
    lines = [heading, *rows]
    widths = [max(terminal_width(line[i]) for line in lines) for i in range(len(heading))]
    ruled = [heading, ["-" * size for size in widths], *rows]
    count = f"({len(rows)} row{'s' * (len(rows) != 1)})"
    return "\n".join([*(_line(line, widths) for line in ruled), count])


def terminal_width(text: str) -> int:
    """Count the columns that a text takes on a terminal (https://www.unicode.org/reports/tr11/).

    >>> terminal_width("東京"), terminal_width("Moskva"), terminal_width("e\u0301")
    (4, 6, 1)
    """
    # “Ambiguous” widths (A) count as one column, as terminals show them outside East Asian locales.
    visible = (c for c in text if not unicodedata.combining(c))
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in visible)


def _line(cells: Iterable[str], widths: Iterable[int]) -> str:
    padded = (
        text + " " * (size - terminal_width(text)) for text, size in zip(cells, widths, strict=True)
    )
    return "  ".join(padded).rstrip()
