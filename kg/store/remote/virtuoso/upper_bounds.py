"""Comparisons with an upper bound, of which Virtuoso's index leaves out matches.

Virtuoso 7.2 reads `FILTER(?day <= "2018-04-24"^^xsd:date)` as a range of an index, and skips a part
of it: of 62 such days it returned 39. `<`, `>` and `>=` are right, and so is `<=` of a function.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.sparql.tokens import Token, tokenize


def without_index(query: str) -> str:
    """Return a query in which no variable by itself is compared with an upper bound.

    >>> without_index("ASK { ?s ?p ?o FILTER(?o <= 5) FILTER(5 >= (?o)) FILTER(?o >= 2) }")
    'ASK { ?s ?p ?o FILTER(COALESCE(?o) <= 5) FILTER(5 >= (COALESCE(?o))) FILTER(?o >= 2) }'
    """
    if "<=" not in query and ">=" not in query:
        return query
    pieces: list[str] = []
    done = 0
    tokens = tokenize(query)
    for token in (tokens[place] for place in sorted(set(_lesser(tokens)))):
        if token.kind == "variable":
            pieces.append(f"{query[done : token.start]}COALESCE({token.text})")
            done = token.end
    return "".join(pieces) + query[done:]


def _lesser(tokens: Sequence[Token]) -> Iterator[int]:
    """Yield the places of variables that stand on the lesser side, in parentheses or not."""
    for at, token in enumerate(tokens):
        if token.text == "<=":
            place = _past(tokens, at - 1, ")", -1)
            opened = _past(tokens, place - 1, "(", -1)
            depth = at - 1 - place
            # The parentheses of a call stay as they are: BOUND takes nothing but a variable.
            called = tokens[place - 1 - depth].kind in {"word", "name", "iri"} and depth
            if place - 1 - opened >= depth and not called:
                yield place
        elif token.text == ">=":
            yield _past(tokens, at + 1, "(", 1)


def _past(tokens: Sequence[Token], at: int, text: str, step: int) -> int:
    """Return the first place, from one on, whose token has another text."""
    while 0 <= at < len(tokens) - 1 and tokens[at].text == text:
        at += step
    return at
