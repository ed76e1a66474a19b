"""Variables in place of the blank nodes of a group, so that what they match can be returned."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeAlias

from kg.sparql.tokens import Token, tokenize

_CLAUSES = frozenset(("OPTIONAL", "FILTER", "BIND", "GRAPH", "MINUS", "VALUES", "SERVICE", "UNION"))
# A name that no visitor's variable has.
_PREFIX = "kg_node_"
# Variables have no full stops and hyphens (SPARQL 1.1, rule 166), labels may.
_LABEL_CHARACTERS = str.maketrans(".-", "__")

# A bracket within a bracket stays a list: joining at each level would take quadratic time.
_Piece: TypeAlias = "str | list[_Piece]"


@dataclass
class _Bracket:
    """The text within a blank node's brackets, and the triples to write after those around it."""

    name: str
    written: list[_Piece] = field(default_factory=list)
    pending: list[_Piece] = field(default_factory=list)


def name_blank_nodes(group: str) -> str:
    """Return a group with a variable for each blank node, and brackets as separate triples.

    A group whose brackets do not match, which no engine reads either, is returned as it is.

    >>> name_blank_nodes("?s ?p [ a ?c ] . ?s ?q _:x")
    '?s ?p ?kg_node_2   . ?kg_node_2  a ?c  . ?s ?q ?kg_node_x'
    """
    opened = [_Bracket("")]
    last = 0
    for count, token in enumerate(tokenize(group)):
        ends = _ends_triples(token) and opened[-1].pending
        if token.text not in {"[", "]"} and token.kind != "blank" and not ends:
            continue
        opened[-1].written.append(group[last : token.start])
        last = token.start if ends else token.end
        if token.text == "[":
            _open(opened, f"?{_PREFIX}{count}")
        elif token.text == "]" and len(opened) == 1:
            return group
        elif token.text == "]":
            _close(opened)
        elif token.kind == "blank":
            label = token.text.removeprefix("_:").translate(_LABEL_CHARACTERS)
            opened[-1].written.append(f"?{_PREFIX}{label}")
        else:
            _write_pending(opened[-1], token)
    if len(opened) > 1:
        return group
    return "".join(_flatten([*opened[0].written, group[last:], *opened[0].pending]))


def _ends_triples(token: Token) -> bool:
    return token.text in {".", "{", "}"} or token.keyword in _CLAUSES


def _open(opened: list[_Bracket], name: str) -> None:
    opened[-1].written += [name, " "]
    opened.append(_Bracket(name))


def _close(opened: list[_Bracket]) -> None:
    """Have the content of the last bracket follow the triples of the one around it."""
    inner = opened.pop()
    pieces = inner.written + inner.pending
    if any(not isinstance(piece, str) or piece.strip() for piece in pieces):
        opened[-1].pending.append([f" . {inner.name} ", *pieces])


def _write_pending(bracket: _Bracket, end: Token) -> None:
    """Write the pending triples where those around them end."""
    bracket.written += [*bracket.pending, " "]
    if end.kind == "word" or end.text == "{":
        bracket.written.append(". ")
    bracket.pending = []


def _flatten(pieces: Iterable[_Piece]) -> Iterator[str]:
    """Yield the texts of nested pieces in order, without recursion: brackets nest to any depth."""
    rest = [iter(pieces)]
    while rest:
        piece = next(rest[-1], None)
        if piece is None:
            rest.pop()
        elif isinstance(piece, str):
            yield piece
        else:
            rest.append(iter(piece))
