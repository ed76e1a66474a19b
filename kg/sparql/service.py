"""The SERVICE clauses of a query: what they call, where they stand, and whether one nests."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from kg.sparql.tokens import Token, tokenize

NESTED = (
    "a SERVICE within a SERVICE is not answered: what stands in the braces goes to the other "
    "endpoint as it is; end the first SERVICE before the second and join the two here"
)


class ServiceClause(NamedTuple):
    """A SERVICE that calls an IRI: its endpoint, and the offsets of the IRI with its brackets.

    `keyword` is the offset of SERVICE; `commented` tells of a comment between it and the IRI.
    """

    start: int
    end: int
    endpoint: str
    silent: bool
    keyword: int
    commented: bool


def service_clauses(query: str) -> list[ServiceClause]:
    """Return each clause that is the keyword, SILENT or not, and an IRI, in the order written."""
    if "service" not in query.casefold():
        return []
    tokens = tokenize(query, lenient=True)
    clauses = (_clause(query, tokens, at) for at in range(len(tokens)))
    return [clause for clause in clauses if clause]


def service_words(query: str) -> list[int]:
    """Return where the keyword may stand in a query, by any reading of where a token ends.

    Parsers differ in where a number, a name with a full stop or a keyword ends (`1SERVICE`,
    `ex:.SERVICE`), so any word in code that contains the keyword counts. Variables, local names up
    to a full stop, strings, IRIs and comments do not.

    >>> service_words("ASK { ?service x:service 'SERVICE' }"), service_words("ASK { x:a.SERVICE }")
    ([], [6])
    """
    return [token.start for token, code in _code(query) if "service" in code.casefold()]


def nests(query: str, keywords: Sequence[int]) -> bool:
    """Tell whether a SERVICE stands between the braces of another; by the keywords' offsets."""
    depth, outer = 0, -1
    calling = set(keywords)
    for token in tokenize(query, lenient=True):
        if token.start in calling:
            if outer >= 0:
                return True
            outer = depth
        elif token.text in {"{", "}"} or _malformed(token):
            depth += token.text.count("{") - token.text.count("}")
            if depth <= outer and "}" in token.text:
                outer = -1
    return False


def without_calls(query: str) -> str:
    """Return a query with GRAPH in place of each SERVICE, at the same offsets.

    The engine has no parser apart from evaluation, in which it calls the endpoints: so it is given
    this to tell whether a query is well formed, and of which form.

    >>> without_calls("ASK { SERVICE SILENT <x:e> { ?s ?p 'SERVICE' } }")
    "ASK { GRAPH          <x:e> { ?s ?p 'SERVICE' } }"
    """
    if "service" not in query.casefold():
        return query
    text = query
    for token, after in pairwise(tokenize(query, lenient=True)):
        if token.keyword == "SERVICE":
            end = after.end if after.keyword == "SILENT" else token.end
            graph = "GRAPH".ljust(end - token.start)
            text = text[: token.start] + graph + text[end:]
    return text


def _clause(query: str, tokens: Sequence[Token], at: int) -> ServiceClause | None:
    if tokens[at].keyword != "SERVICE":
        return None
    silent = at + 1 < len(tokens) and tokens[at + 1].keyword == "SILENT"
    iri = next(iter(tokens[at + 1 + silent : at + 2 + silent]), None)
    if iri is None or iri.kind != "iri" or _malformed(iri):
        return None
    commented = "#" in query[tokens[at].end : iri.start]
    keyword = tokens[at].start
    return ServiceClause(iri.start, iri.end, iri.text[1:-1], silent, keyword, commented)


def _code(query: str) -> Iterator[tuple[Token, str]]:
    """Yield each token with what of it may be a keyword to some parser."""
    for token in tokenize(query, lenient=True):
        if token.kind == "word":
            yield token, token.text
        elif token.kind in {"name", "blank"}:
            prefix, _, local = token.text.partition(":")
            yield token, f"{prefix} {local.partition('.')[2]}"
        elif token.kind == "unclosed":
            # Where a string ends that is not closed, nobody can tell.
            yield token, query[token.start :]
            return
        elif _malformed(token):
            yield token, token.text


def _malformed(token: Token) -> bool:
    return token.kind == "iri" and any(character in token.text for character in '"{}|^`\\')
