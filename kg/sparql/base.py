r"""Queries whose result depends on the URL that they are sent to: the base of their IRIs.

An IRI that a query writes without a scheme, or makes of a text, is relative to the last BASE of the
query, and that, or where there is none, to the URL of the endpoint
(https://www.w3.org/TR/sparql11-query/#relIRIs, RFC 3986, 5.1.3).
"""

from __future__ import annotations

import re

from kg.sparql.tokens import IRI, Token, tokenize

# An IRI without a scheme. It begins with a literal character, so a search takes 1 µs.
_RELATIVE = re.compile(rf"<(?![A-Za-z][A-Za-z0-9+.-]*+:){IRI.removeprefix('<')}")


def needs_base(query: str) -> bool:
    r"""Tell whether the result of a query may depend on the URL of the endpoint.

    >>> needs_base("ASK { <s> ?p ?o }"), needs_base("SELECT (IRI('s') AS ?x) {}")
    (True, True)
    >>> needs_base("ASK { <urn:s> ?iri ?o FILTER(?o < 2 && isIRI(?o)) }")
    False
    """
    text = query.lower()
    # An escape may spell either of the two, whenever the engine resolves it.
    if "\\u" in text:
        return True
    # Most queries are decided here; their tokens take twenty times as long.
    if "iri" not in text and "uri" not in text and not _RELATIVE.search(query):
        return False
    return any(map(_is_relative, tokenize(query)))


def _is_relative(token: Token) -> bool:
    if token.kind == "iri":
        return _RELATIVE.match(token.text) is not None
    # The engine takes DISTINCTIRI(…) for DISTINCT IRI(…).
    return token.keyword.endswith(("IRI", "URI")) and token.keyword not in {"ISIRI", "ISURI"}


def with_base(query: str, base: str) -> str:
    """Return a query with its base written into it, on its first line.

    >>> with_base("ASK { <s> ?p ?o }", "http://example.org/sparql")
    'BASE <http://example.org/sparql> ASK { <s> ?p ?o }'
    """
    return f"BASE <{base}> {query}" if base else query
