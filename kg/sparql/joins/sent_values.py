"""VALUES behind the query of a SERVICE call: https://www.w3.org/TR/sparql11-federated-query/#values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from kg.sparql.joins.group_elements import closing
from kg.sparql.tokens import tokenize

_SELECTS_ALL = re.compile(r"\s*(?:(?:BASE|PREFIX [^\s<>]*:) <[^>]*>\s*)*SELECT \* WHERE \{")


def takes_values(query: str) -> bool:
    """Tell whether VALUES behind a query limits its rows and does nothing else.

    The engine sends SELECT * and a group, but for a SERVICE that holds nothing but a SELECT: there
    VALUES would come before its LIMIT, or bind what it does not select.

    >>> takes_values("SELECT * WHERE { ?a ?b ?c }"), takes_values("SELECT * WHERE { } LIMIT 9")
    (True, False)
    """
    start = _SELECTS_ALL.match(query)
    if not start:
        return False
    tokens = tokenize(query)
    opened = next(n for n, token in enumerate(tokens) if token.start == start.end() - 1)
    return closing(tokens, opened) == len(tokens) - 1


def with_values(query: str, names: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    r"""Return a query with VALUES of rows of terms behind it.

    >>> with_values("SELECT * WHERE { ?a ?b ?c }", ["a"], [["<x:1>"]])
    'SELECT * WHERE { ?a ?b ?c }\nVALUES (?a) { (<x:1>) }'
    """
    head = " ".join(f"?{name}" for name in names)
    cells = " ".join(f"({' '.join(map(str, row))})" for row in rows)
    return f"{query}\nVALUES ({head}) {{ {cells} }}"
