"""The VALUES blocks of a query: the variables that they bind, and the rows of terms."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.sparql.tokens import Token, tokenize

_TERMS = frozenset(("iri", "name", "string", "number", "word"))
# The only words that are data of a block (SPARQL 1.1, rule 65).
_WORDS = frozenset(("TRUE", "FALSE", "UNDEF"))
_ESCAPE = re.compile(r"\\(.)")
_CHARACTERS = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


class ValuesBlock(NamedTuple):
    """A block with its variables, the first token of each term by row, and its offsets."""

    variables: tuple[str, ...]
    rows: tuple[tuple[Token, ...], ...]
    start: int
    end: int


def values_blocks(query: str) -> list[ValuesBlock]:
    """Return the blocks of a query in the order written, without those that are malformed.

    >>> block, = values_blocks("SELECT * {} VALUES (?thing ?day) { (<x:a> '1'@en) }")
    >>> block.variables, [[term.text for term in row] for row in block.rows]
    (('?thing', '?day'), [['<x:a>', "'1'"]])
    """
    tokens = tokenize(query)
    starts = (at for at, token in enumerate(tokens) if token.keyword == "VALUES")
    return [block for at in starts for block in _block(tokens, at)]


def final_values(query: str) -> ValuesBlock | None:
    """Return the block that a query ends with, if it does."""
    blocks = values_blocks(query)
    tokens = tokenize(query)
    return blocks[-1] if blocks and blocks[-1].end == tokens[-1].end else None


def term_text(term: Token) -> str:
    r"""Return an IRI without its brackets, a string without its quotes and escapes.

    >>> [term_text(token) for token in tokenize(r"<x:a> 'it\'s' '''a''' 12")]
    ['x:a', "it's", 'a', '12']
    """
    if term.kind == "iri":
        return term.text[1:-1]
    if term.kind != "string":
        return term.text
    quotes = 3 if term.text[:3] in {'"""', "'''"} else 1
    return _ESCAPE.sub(lambda m: _CHARACTERS.get(m[1], m[1]), term.text[quotes:-quotes])


def _block(tokens: Sequence[Token], at: int) -> Iterator[ValuesBlock]:
    """Yield the block that the keyword at a place begins, if it is well formed."""
    opened = at + 1
    while opened < len(tokens) and (
        tokens[opened].kind == "variable" or tokens[opened].text in {"(", ")"}
    ):
        opened += 1
    variables = tuple(token.text for token in tokens[at:opened] if token.kind == "variable")
    if not variables or opened == len(tokens) or tokens[opened].text != "{":
        return
    closed = opened + 1
    while closed < len(tokens) and _is_data(tokens[closed]):
        closed += 1
    if closed < len(tokens) and tokens[closed].text == "}":
        # The IRI behind ^^ is the datatype of the literal before it, not another term.
        pairs = zip(tokens[opened:closed], tokens[opened + 1 : closed], strict=False)
        terms = [token for last, token in pairs if token.kind in _TERMS and last.text != "^^"]
        size = len(variables)
        rows = tuple(tuple(terms[n : n + size]) for n in range(0, len(terms), size))
        yield ValuesBlock(variables, rows, tokens[at].start, tokens[closed].end)


def _is_data(token: Token) -> bool:
    if token.kind == "word":
        return token.keyword in _WORDS
    return token.kind in _TERMS or token.kind == "language" or token.text in {"(", ")", "^^"}
