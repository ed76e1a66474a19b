r"""Queries whose answer depends on the address that they are sent to: the base of their IRIs.

An IRI that a query writes without a scheme, or makes of a text, is relative to the last BASE of the
query, and that, or where there is none, to the address of the endpoint
(https://www.w3.org/TR/sparql11-query/#relIRIs, RFC 3986, 5.1.3).
"""

from __future__ import annotations

import re

# Read without a parser and in linear time, so it may say yes of a comparison, a comment or a
# string; never no of a query that has a relative IRI. Escapes may spell either of the two.
_RELATIVE = re.compile(
    r"""<(?![A-Za-z][A-Za-z0-9+.-]*+:)[^<>"{}|^`\\\x00-\x20]*+>
      | (?<![?$:\w])[iu]ri\b
      | \\u""",
    re.VERBOSE | re.IGNORECASE,
)
# How most IRIs begin.
_ABSOLUTE = ("<http://", "<https://", "<urn:")


def needs_base(query: str) -> bool:
    r"""Tell whether the answer to a query may depend on the address of the endpoint.

    >>> needs_base("ASK { <s> ?p ?o }"), needs_base("SELECT (IRI('s') AS ?x) {}")
    (True, True)
    >>> needs_base("ASK { <urn:s> ?iri ?o FILTER(?o < 2 && isIRI(?o)) }")
    False
    """
    plain = query.count("<") == sum(map(query.count, _ABSOLUTE)) and "\\" not in query
    text = query.lower()
    # Of most queries this tells at once; the expression takes ten times as long.
    if plain and "iri" not in text and "uri" not in text:
        return False
    return _RELATIVE.search(query) is not None


def based(query: str, base: str) -> str:
    """Return a query with its base written into it, on its first line.

    >>> based("ASK { <s> ?p ?o }", "http://example.org/sparql")
    'BASE <http://example.org/sparql> ASK { <s> ?p ?o }'
    """
    return f"BASE <{base}> {query}" if base else query
