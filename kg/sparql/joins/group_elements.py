"""The elements of a group of patterns, and what SERVICE in it is joined with, as text.

https://www.w3.org/TR/sparql11-query/#rGroupGraphPatternSub
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.sparql.tokens import Token

# Elements in braces after a keyword; VALUES has its variables, GRAPH its name before the braces.
_BRACED = frozenset(("OPTIONAL", "MINUS", "LATERAL", "SERVICE", "GRAPH", "VALUES"))
_ELEMENTS = _BRACED | {"FILTER", "BIND"}
_CLOSING = {"{": "}", "(": ")"}


class Element(NamedTuple):
    """An element of a group: its keyword, `TRIPLES` or `GROUP`, and the places of its tokens."""

    kind: str
    start: int
    end: int


def group_elements(tokens: Sequence[Token], opened: int) -> Iterator[Element]:
    """Yield the elements of the group that opens at a place, in the order written.

    >>> from kg.sparql.tokens import tokenize
    >>> text = "{ ?a ?b ?c . FILTER NOT EXISTS { ?a ?d 1 } {} UNION {} OPTIONAL { } ?x ?y ?z }"
    >>> [element.kind for element in group_elements(tokenize(text), 0)]
    ['TRIPLES', 'FILTER', 'GROUP', 'OPTIONAL', 'TRIPLES']
    """
    at, closed = opened + 1, closing(tokens, opened)
    while at < closed:
        element = _element(tokens, at, closed)
        # A full stop may follow an element of any kind.
        if tokens[at].text != ".":
            yield element
        at = element.end


def enclosing_groups(tokens: Sequence[Token], at: int) -> list[int]:
    """Return the places of the braces that are open at a place, the innermost first."""
    opened: list[int] = []
    for place in range(at):
        if tokens[place].text == "{":
            opened.append(place)
        elif tokens[place].text == "}" and opened:
            opened.pop()
    return opened[::-1]


def closing(tokens: Sequence[Token], opened: int) -> int:
    """Return the place of the bracket that closes the one at a place, or of the last token."""
    left = tokens[opened].text
    right = _CLOSING.get(left, "")
    depth = 0
    for at in range(opened, len(tokens)):
        depth += (tokens[at].text == left) - (tokens[at].text == right)
        if not depth:
            return at
    return len(tokens) - 1


def variables(tokens: Sequence[Token]) -> frozenset[str]:
    """Return the names of the variables among tokens."""
    return frozenset(token.text[1:] for token in tokens if token.kind == "variable")


def _element(tokens: Sequence[Token], at: int, closed: int) -> Element:
    kind = tokens[at].keyword
    if kind in _BRACED:
        return Element(kind, at, _after(tokens, at, "{"))
    if kind in _ELEMENTS:
        exists = kind == "FILTER" and "EXISTS" in {t.keyword for t in tokens[at + 1 : at + 3]}
        return Element(kind, at, _after(tokens, at, "{" if exists else "("))
    if tokens[at].text == "{":
        end = closing(tokens, at) + 1
        while end < closed and tokens[end].keyword == "UNION":
            end = _after(tokens, end, "{")
        return Element("GROUP", at, end)
    end = at + 1
    while end < closed and tokens[end].keyword not in _ELEMENTS and tokens[end].text != "{":
        end += 1
    return Element("TRIPLES", at, end)


def _after(tokens: Sequence[Token], at: int, bracket: str) -> int:
    """Return the place behind the first pair of brackets from a place on."""
    opened = next((n for n in range(at, len(tokens)) if tokens[n].text == bracket), len(tokens) - 1)
    return closing(tokens, opened) + 1 if tokens[opened].text == bracket else len(tokens)
