"""Terms written into the text of a query, in place of the variables that they bind.

The embedded engine binds variables when it runs a query; the SPARQL Protocol has no such parameter.
A variable of a query's patterns becomes the term. Where its value is read outside of them (in the
projection, a template, GROUP BY), the group ends with `BIND(term AS ?name)`. A variable that a
query within does not project is another one, and stays.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.errors import QueryError
from kg.sparql.tokens import fits, tokenize

_Term: TypeAlias = NamedNode | Literal | BlankNode | Triple

# What a triple may follow: behind these a variable is a subject.
_BEFORE_SUBJECT = frozenset("{}.)")


def bind_terms(text: str, terms: Mapping[str, _Term]) -> str:
    """Return a query with its variables bound to terms, without blank nodes among them.

    >>> bind_terms("SELECT ?o { ?s ?p ?o }", {"o": Literal("b")})
    'SELECT ?o { ?s ?p "b" BIND("b" AS ?o) }'
    """
    if not terms:
        return text
    literals = frozenset(name for name, term in terms.items() if isinstance(term, Literal))
    written = {name: str(term) for name, term in terms.items()}
    pieces = _template(text, frozenset(terms), literals)
    return "".join(piece if is_text else written[piece] for is_text, piece in pieces)


# Text, or the name of a term in place of it.
_Piece: TypeAlias = tuple[bool, str]


# The queries of pages are few, and each is asked with many terms.
@lru_cache(maxsize=512)
def _template(text: str, names: frozenset[str], literals: frozenset[str]) -> tuple[_Piece, ...]:
    """Return the pieces of a query between the terms, and the names of the terms."""
    return tuple(_Binder(text, literals).pieces(names))


class _Binder:
    """Reads a query once, and notes what to write in which place of it."""

    def __init__(self, text: str, literals: frozenset[str]) -> None:
        self._text, self._literals = text, literals
        self._tokens = tokenize(text)
        self._closing = _closing_braces([token.text for token in self._tokens])
        self._edits: list[tuple[int, int, list[_Piece]]] = []

    def pieces(self, names: frozenset[str]) -> Iterator[_Piece]:
        """Yield the text with the terms of these names in it."""
        if self._tokens:
            self._query(0, len(self._tokens), names, set())
        last = 0
        for start, end, written in sorted(self._edits, key=lambda edit: edit[:2]):
            yield True, self._text[last:start]
            yield from written
            last = end
        yield True, self._text[last:]

    def _query(self, at: int, end: int, names: frozenset[str], outer: set[str]) -> None:
        """Bind a query, or one within another, which `outer` then learns the variables of."""
        form, opened = self._where(at, end)
        if opened not in self._closing:
            return
        closed = self._closing[opened]
        header = {*self._names(at, opened), *self._names(closed, end)}
        shapes = ("SELECT *", "SELECT DISTINCT/REDUCED *")
        takes_all = any(fits(self._tokens, at, shape) for shape in shapes)
        is_within = self._tokens[at - 1].text == "{"
        if is_within and not takes_all:
            names &= header
        computed = names & {*self._computed(at, opened), *self._computed(closed, end)}
        if computed and not is_within:
            raise QueryError(f"?{min(computed)} is computed by the query, and cannot be bound")
        # Whatever is around a query within joins what that computes.
        names -= computed
        outer |= computed
        rebound: set[str] = set()
        mentioned = self._group(opened, closed, names, rebound)
        outer |= names & mentioned
        projected = (header | (mentioned if takes_all else set())) if form != "ASK" else set()
        self._append(opened, closed, sorted(names & (projected | rebound)), rebound)

    def _where(self, at: int, end: int) -> tuple[str, int]:
        """Return the form of a query, and the place of the brace that opens its pattern."""
        form, depth, is_template = "", 0, False
        for place in range(at, end):
            token = self._tokens[place]
            depth += (token.text == "(") - (token.text == ")")
            if token.keyword in {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"} and not form:
                form = token.keyword
                is_template = form == "CONSTRUCT" and self._tokens[place + 1].text == "{"
            if token.text == "{" and not depth:
                return form, self._where_after(place) if is_template else place
        return form, -1

    def _where_after(self, template: int) -> int:
        closed = self._closing.get(template, len(self._tokens))
        behind = range(closed, len(self._tokens))
        return next((place for place in behind if self._tokens[place].text == "{"), -1)

    def _group(
        self, opened: int, closed: int, names: frozenset[str], rebound: set[str]
    ) -> set[str]:
        """Bind the variables between two braces; return those that stand there."""
        mentioned: set[str] = set()
        place = opened
        while place < closed:
            token = self._tokens[place]
            if token.text == "{" and self._tokens[place + 1].keyword == "SELECT":
                inner: set[str] = set()
                end = self._closing.get(place, closed)
                self._query(place + 1, end, names, inner)
                mentioned |= inner
                rebound |= inner
                place = end
            elif token.text == "{" and place > opened:
                end = self._closing.get(place, closed)
                mentioned |= self._group(place, end, names, rebound)
                place = end
            elif token.keyword == "VALUES":
                end = self._end_of_values(place)
                rebound |= names & set(self._names(place, end))
                mentioned |= rebound
                place = end
            elif token.kind == "variable" and token.text[1:] in names:
                mentioned.add(token.text[1:])
                self._bind(place, opened, rebound)
            place += 1
        return mentioned

    def _bind(self, place: int, opened: int, rebound: set[str]) -> None:
        token, before = self._tokens[place], self._tokens[place - 1]
        name = token.text[1:]
        if before.keyword == "AS":
            rebound.add(name)
        elif fits(self._tokens, place - 2, "BOUND ( variable )"):
            start, end = self._tokens[place - 2].start, self._tokens[place + 1].end
            self._edits.append((start, end, [(True, "true")]))
        elif name in self._literals and before.text in _BEFORE_SUBJECT:
            # No literal is a subject: no engine would read it there, and nothing can match.
            start = self._tokens[opened].end
            values = [(True, f" VALUES ?{name} {{ "), (False, name), (True, " } ")]
            self._edits.append((start, start, values))
            rebound.add(name)
        else:
            self._edits.append((token.start, token.end, [(False, name)]))

    def _append(self, opened: int, closed: int, names: list[str], rebound: set[str]) -> None:
        """Have a pattern end with the values of variables that are read outside of it."""
        if not names:
            return
        start = self._tokens[closed].start
        written: list[_Piece] = []
        if self._tokens[opened + 1].keyword == "SELECT":
            first = self._tokens[opened].end
            self._edits.append((first, first, [(True, "{")]))
            written.append((True, "}"))
        for name in names:
            if name in rebound:
                written += [(True, f" VALUES ?{name} {{ "), (False, name), (True, " } ")]
            else:
                written += [(True, "BIND("), (False, name), (True, f" AS ?{name}) ")]
        self._edits.append((start, start, written))

    def _computed(self, start: int, end: int) -> Iterator[str]:
        for place in range(start, end - 1):
            if fits(self._tokens, place, "AS variable"):
                yield self._tokens[place + 1].text[1:]

    def _end_of_values(self, place: int) -> int:
        opened = next(
            (at for at in range(place, len(self._tokens)) if self._tokens[at].text == "{"), place
        )
        return self._closing.get(opened, opened)

    def _names(self, start: int, end: int) -> Iterator[str]:
        return (t.text[1:] for t in self._tokens[start:end] if t.kind == "variable")


def _closing_braces(texts: list[str]) -> dict[int, int]:
    """Return the place of the brace that closes each brace.

    >>> _closing_braces(["ASK", "{", "{", "}", "}"])
    {2: 3, 1: 4}
    """
    closing: dict[int, int] = {}
    opened: list[int] = []
    for place, text in enumerate(texts):
        if text == "{":
            opened.append(place)
        elif text == "}" and opened:
            closing[opened.pop()] = place
    return closing
