"""The variables that a query computes as true or false, by the form of their expressions."""

from __future__ import annotations

from collections.abc import Sequence

from kg.sparql.tokens import Token, fits, tokenize

_COMPARES = frozenset(("=", "!=", "<", ">", "<=", ">=", "&&", "||"))
# Functions of SPARQL 1.1 that return a boolean (17.4).
_FUNCTIONS = frozenset(
    (
        *("BOUND", "EXISTS", "NOT", "SAMETERM", "ISIRI", "ISURI", "ISBLANK", "ISLITERAL"),
        *("ISNUMERIC", "LANGMATCHES", "REGEX", "CONTAINS", "STRSTARTS", "STRENDS"),
        *("TRUE", "FALSE"),
    )
)
_DEPTHS = {"(": 1, ")": -1, "{": 1, "}": -1}


def boolean_variables(query: str) -> frozenset[str]:
    """Return the names of variables that BIND or a projection binds to a boolean.

    >>> sorted(boolean_variables(
    ...     "SELECT (?a < ?b AS ?less) (COUNT(*) AS ?n) { BIND(EXISTS { ?s ?p ?a } AS ?there) }"
    ... ))
    ['less', 'there']
    """
    tokens = tokenize(query)
    opened: list[int] = []
    names: set[str] = set()
    for at, token in enumerate(tokens):
        if token.text == "(":
            opened.append(at)
        elif token.text == ")" and opened:
            start = opened.pop()
            if fits(tokens, at - 2, "AS variable )") and _is_boolean(tokens[start + 1 : at - 2]):
                names.add(tokens[at - 1].text[1:])
    return frozenset(names)


def _is_boolean(expression: Sequence[Token]) -> bool:
    if not expression:
        return False
    depth = 0
    for token in expression:
        depth += _DEPTHS.get(token.text, 0)
        if not depth and (token.text in _COMPARES or token.keyword == "IN"):
            return True
    first = expression[0]
    return first.text == "!" or first.keyword in _FUNCTIONS
