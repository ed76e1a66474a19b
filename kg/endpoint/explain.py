"""Why a result has no rows.

`add_explanation` adds one member to an empty result of a SELECT in SPARQL JSON:

    "explanation": {
      "message": text,                      the reason in a sentence or two
      "pattern": text or null,              the first triple pattern, as read, that leaves no match
      "matched": number,                    how many patterns before it can be joined
      "alone": true or false,               whether that pattern matches by itself
      "hints": [ text ] }                   the language that is missing, names that are not in
                                            the graph, and similar names that are
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rdflib import Literal

from kg.endpoint.unknown_names import unknown
from kg.model.errors import QueryError
from kg.model.languages import LANGUAGES
from kg.model.prefixes import prefixes, shorten
from kg.sparql.patterns import Pattern, QueryPatterns, Unreadable, read_patterns
from kg.store.store import Store


def add_explanation(
    store: Store,
    query: str,
    body: bytes,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> bytes:
    """Add the reason to the result of a SELECT without rows; return any other unchanged."""
    result = json.loads(body)
    if "results" not in result or result["results"]["bindings"]:
        return body
    explanation = _explanation(store, query, bool(default_graphs or named_graphs))
    hints = [*explanation["hints"], *unknown(store, query)]
    result["explanation"] = explanation | {"hints": hints}
    return json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode()


def matching_part(query: str, count: int) -> str:
    """Return a query for one solution of the first patterns of a query, as an explanation counts.

    Unreadable if the query has no patterns that can be read.
    """
    query_parts = read_patterns(query)
    group = " . ".join(_grouped(pattern) for pattern in query_parts.required[:count])
    return f"{query_parts.prologue} SELECT * {query_parts.dataset} {{ {group} }} LIMIT 1"


def _explanation(store: Store, query: str, other_dataset: bool) -> dict[str, Any]:
    if other_dataset:
        return _member("the request names graphs of its own; ask without them to see what matches")
    try:
        query_parts = read_patterns(query)
    except Unreadable as error:
        return _member(f"why there is no row cannot be established: {error}")
    # In the order written: the first join without a match is what its author can change.
    for count in range(1, len(query_parts.required) + 1):
        if not _matches(store, query_parts, query_parts.required[:count]):
            return _missing(store, query_parts, count - 1)
    if not query_parts.required:
        return _member(
            "there is no pattern that every row must match: look at OPTIONAL, UNION, paths"
        )
    return _member(
        "every triple pattern matches, also together: a FILTER, MINUS, VALUES, path or HAVING "
        "leaves none",
        matched=len(query_parts.required),
    )


def _missing(store: Store, query_parts: QueryPatterns, matched: int) -> dict[str, Any]:
    pattern = query_parts.required[matched]
    text = _pattern_text(pattern)
    hints = _languages(store, query_parts, pattern)
    # Tells a misspelt name or value from two patterns that share no solution.
    alone = _matches(store, query_parts, [pattern])
    if not alone:
        message = f"nothing in the graph matches “{text}”"
    elif matched == 1:
        message = f"“{text}” matches by itself, but not together with the pattern before it"
    else:
        message = f"“{text}” matches by itself, but not together with the {matched} before it"
    return _member(message, text, matched, alone, hints)


def _languages(store: Store, query_parts: QueryPatterns, pattern: Pattern) -> list[str]:
    """Return hints for a pattern whose literal exists, but with a language tag."""
    subject, predicate, literal = pattern.terms
    if not isinstance(literal, Literal) or literal.language or literal.datatype:
        return []
    hints = []
    for language in LANGUAGES:
        tagged = Literal(str(literal), lang=language)
        candidate = replace(pattern, terms=(subject, predicate, tagged))
        if _matches(store, query_parts, [candidate]):
            hints.append(f"a text needs its language tag: write {tagged.n3()} for {literal.n3()}")
    return hints


def _member(
    message: str,
    pattern: str | None = None,
    matched: int = 0,
    alone: bool = False,
    hints: Sequence[str] = (),
) -> dict[str, Any]:
    member = {"message": message, "pattern": pattern, "matched": matched, "alone": alone}
    return member | {"hints": list(hints)}


def _matches(store: Store, query_parts: QueryPatterns, patterns: list[Pattern]) -> bool:
    group = " . ".join(_grouped(pattern) for pattern in patterns)
    try:
        return store.ask(f"{query_parts.prologue} ASK {query_parts.dataset} {{ {group} }}")
    except QueryError:
        return True  # it cannot run alone, so nothing shows that it is the reason


def _grouped(pattern: Pattern) -> str:
    return f"GRAPH {pattern.graph.n3()} {{ {pattern} }}" if pattern.graph else str(pattern)


def _pattern_text(pattern: Pattern) -> str:
    """Write a pattern with our prefixes."""
    namespaces = tuple(prefixes().values())
    texts = ((term, str(term)) for term in pattern.terms)
    return " ".join(
        shorten(text) if text.startswith(namespaces) else term.n3() for term, text in texts
    )
