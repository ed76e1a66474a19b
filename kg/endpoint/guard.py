"""Refuses the queries that would reach beyond the graph, change it or take the engine down."""

from __future__ import annotations

from kg.model.errors import QueryRefused
from kg.sparql.form import UPDATES, query_form
from kg.sparql.service import NESTED, nests, service_clauses, service_words
from kg.sparql.tokens import readings

# The engine reads nested queries by recursion. `kg.store.store` gives it a stack that no query of
# this size can fill (tests/kg/store/test_depth.py): the two numbers go together.
LARGEST = 16 * 1024

_ALLOWING = "let the server's owner add its address to KG_SERVICE_ENDPOINTS"
_SUSPECT = ("service", *sorted(keyword.casefold() for keyword in UPDATES))


def guard(query: str, endpoints: frozenset[str] = frozenset()) -> None:
    """Raise QueryRefused if a query calls another server, is an update or is too large.

    SERVICE passes if the keyword, with SILENT or without, is followed by one of `endpoints` as an
    IRI in full, and no other SERVICE stands in its braces. Parsers differ in when they resolve code
    point escapes (SPARQL 1.1, 19.2), so the text is read both ways, and whatever either reading
    refuses is refused.
    """
    check_size(query)
    folded = query.casefold()
    if "\\" not in query and not any(word in folded for word in _SUSPECT):
        return
    for text in readings(query):
        keywords = service_words(text)
        if keywords:
            _check_services(text, keywords, endpoints, escaped=text != query)
        if query_form(text) in UPDATES:
            raise QueryRefused(
                "this graph is not changed by update: it is built from files that people review; "
                "send SELECT, ASK, CONSTRUCT or DESCRIBE"
            )


def check_size(query: str) -> None:
    """Raise QueryRefused if a query has more than `LARGEST` bytes in UTF-8.

    Whatever reads a query of the public does so after this.
    """
    # A lone surrogate, which UTF-8 cannot encode, must not raise here.
    size = len(query.encode(errors="surrogatepass"))
    if size > LARGEST:
        raise QueryRefused(f"this query has {size} bytes; at most {LARGEST} are answered")


def _check_services(
    text: str, keywords: list[int], endpoints: frozenset[str], *, escaped: bool
) -> None:
    """Refuse a text unless each SERVICE in it names one of the endpoints in full."""
    if not endpoints:
        raise QueryRefused(
            "SERVICE is not answered here: this endpoint sends nothing to other servers; "
            f"ask the other endpoint yourself and join the answers, or {_ALLOWING}"
        )
    clauses = [c for c in service_clauses(text) if c.endpoint in endpoints and not c.commented]
    if escaped or keywords != [clause.keyword for clause in clauses]:
        raise QueryRefused(
            "SERVICE is answered here only as SERVICE <…> with one of these endpoints, written in "
            f"full: {', '.join(sorted(endpoints))}; for another, {_ALLOWING}"
        )
    if nests(text, keywords):
        raise QueryRefused(NESTED)
