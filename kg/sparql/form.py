r"""The form of a query: SELECT, ASK, CONSTRUCT or DESCRIBE, a look-up, ordered, volatile or not."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.sparql.tokens import IRI, NAME, VARIABLE, readings, resolve_escapes, tokenize

FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset(
    ("INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH")
)

# The results of these change by themselves, or with another server; UUID stands for STRUUID too.
_VOLATILE = ("RAND", "NOW", "UUID", "BNODE", "SERVICE")

_OPEN, _CLOSED = {"{", "("}, {"}", ")"}

_SPACE = r"(?:[ \t\r\n]|\#[^\r\n]*+[\r\n])*+"
_NODE = rf"(?:{IRI}|{NAME})"
_TERM = rf"(?:{IRI}|{NAME}|{VARIABLE})"
# An expression composed of the terminals of `kg.sparql.tokens`: every small query is tested, and
# it takes a quarter of the time that the tokens take.
_LOOKUP = re.compile(
    rf"""{_SPACE}(?:(?i:PREFIX){_SPACE}{NAME}{_SPACE}{IRI}{_SPACE})*+
    (?:(?i:SELECT)\b{_SPACE}(?:(?i:DISTINCT)\b{_SPACE})?+(?:\*|(?:{VARIABLE}{_SPACE})++)|(?i:ASK)\b)
    {_SPACE}(?:(?i:WHERE)\b{_SPACE})?+
    \{{{_SPACE}{_NODE}{_SPACE}{_TERM}{_SPACE}(?:(?P<to>{VARIABLE})|{_NODE}){_SPACE}
    (?:\.{_SPACE}(?P<from>{VARIABLE}){_SPACE}{_NODE}{_SPACE}{_TERM}{_SPACE}\.?+{_SPACE}
      |\.?+{_SPACE})\}}{_SPACE}
    (?:(?i:LIMIT){_SPACE}[0-9]++{_SPACE})?+(?:\#[^\r\n]*+)?+""",
    re.VERBOSE,
)
_LONGEST_LOOKUP = 2000


def query_form(query: str) -> str:
    r"""Return the form of a query, or the first keyword of an update, in upper case.

    It is the first keyword behind the prologue; "" if there is none.

    >>> query_form("PREFIX ask: <http://example.org/ask> # select\nConstruct WHERE { ?s ?p ?o }")
    'CONSTRUCT'
    """
    keywords = (token.keyword for token in tokenize(resolve_escapes(query)))
    return next((word for word in keywords if word not in {"", "PREFIX", "BASE"}), "")


def is_ordered(query: str) -> bool:
    """Tell whether a query orders its result, not only that of a query inside it.

    >>> is_ordered("SELECT * { ?s ?p ?o } ORDER BY ?s")
    True
    >>> is_ordered("SELECT * { { SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 1 } }")
    False
    """
    return "ORDER" in outer_keywords(query)


def outer_keywords(query: str) -> frozenset[str]:
    """Return the keywords of a query that stand in no brackets: its form and its modifiers.

    >>> sorted(outer_keywords("SELECT DISTINCT ?s { SELECT ?s { ?s ?p ?o } LIMIT 1 } OFFSET 2"))
    ['DISTINCT', 'OFFSET', 'SELECT']
    """
    depth = 0
    keywords: set[str] = set()
    for token in tokenize(resolve_escapes(query)):
        depth += (token.text in _OPEN) - (token.text in _CLOSED)
        if token.keyword and not depth:
            keywords.add(token.keyword)
    return frozenset(keywords)


def is_volatile(query: str) -> bool:
    """Tell whether the result of a query may change though the build does not.

    >>> is_volatile("SELECT (rand() AS ?n) {}"), is_volatile("ASK { ?now ?p 'RAND' }")
    (True, False)
    """
    text = query.upper()
    # Few queries hold any of the words: looking for these takes a twentieth of the tokens' time.
    if "\\U" not in text and not any(name in text for name in _VOLATILE):
        return False
    tokens = (token for reading in readings(query) for token in tokenize(reading))
    # The engine takes DISTINCTRAND() for DISTINCT RAND().
    keywords = {token.keyword for token in tokens}
    return any(name in keyword for keyword in keywords for name in _VOLATILE)


# The response cache and the run of a query both want to know.
@lru_cache(maxsize=4)
def is_lookup(query: str) -> bool:
    """Tell whether a query does nothing but look one thing up.

    That is a SELECT or ASK of one or two triple patterns, the first about a named thing, the second
    about what the first leads to. Nothing in it could multiply rows: such a query reads no more
    than the statements about a thing, and those about what these lead to.

    >>> is_lookup("SELECT ?n WHERE { <x:a> <x:knows> ?b . ?b <x:name> ?n } LIMIT 5")
    True
    >>> is_lookup("SELECT * { <x:a> <x:knows> ?b . ?c <x:name> ?n }")
    False
    """
    if len(query) > _LONGEST_LOOKUP:
        return False
    match = _LOOKUP.fullmatch(query)
    return match is not None and match["from"] in (None, match["to"])
