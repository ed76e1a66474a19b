r"""Queries that look one thing up, told from all others by their form.

SELECT or ASK, and one or two triple patterns: the first about a thing that is named, the second
about what the first leads to. There is nothing in them that could multiply rows: such a query reads
no more than the statements about a thing, and those about what these lead to, so it needs no
process of its own where the graph is in memory and small (`kg.store.manifest.PAGES_QUADS`).
"""

from __future__ import annotations

import re

from kg.store.memory import per_store
from kg.store.store import Store

_S = r"(?:\s|\#[^\r\n]*+[\r\n])*+"
_IRI = r"""(?:<[^<>"{}|^`\\\s]*+>|[\w-]*+:[\w-]*+)"""
_VAR = r"\?\w++"
_TERM = rf"(?:{_IRI}|{_VAR})"
_LOOKUP = re.compile(
    rf"""{_S}(?:PREFIX{_S}[\w-]*+:{_S}<[^<>"{{}}|^`\\\s]*+>{_S})*+
    (?:SELECT{_S}(?:DISTINCT\b{_S})?+(?:\*|(?:{_VAR}{_S})++)|ASK\b){_S}(?:WHERE\b{_S})?+
    \{{{_S}{_IRI}{_S}{_TERM}{_S}(?:(?P<to>{_VAR})|{_IRI}){_S}
    (?:\.{_S}(?P<from>{_VAR}){_S}{_IRI}{_S}{_TERM}{_S}\.?+{_S}|\.?+{_S})\}}{_S}
    (?:LIMIT{_S}\d++{_S})?+(?:\#[^\r\n]*+)?+""",
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST = 2000


@per_store
def widest(store: Store) -> int:
    """Return the most statements that any thing is the subject of."""
    counts = store.select("SELECT (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s")
    return max((int(row["n"].value) for row in counts), default=0)  # type: ignore[union-attr]


def is_lookup(query: str) -> bool:
    """Tell whether a query looks one thing up.

    >>> is_lookup("SELECT ?n WHERE { <x:a> <x:knows> ?b . ?b <x:name> ?n } LIMIT 5")
    True
    >>> is_lookup("SELECT * { <x:a> <x:knows> ?b . ?c <x:name> ?n }")
    False
    """
    if len(query) > _LONGEST:
        return False
    found = _LOOKUP.fullmatch(query)
    return found is not None and found["from"] in (None, found["to"])
