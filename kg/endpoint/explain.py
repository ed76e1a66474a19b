"""Why an answer has no rows.

`add_explanation` adds one member to an empty answer of a SELECT in SPARQL JSON:

    "explanation": {
      "message": text,                      the whole in a sentence or two
      "pattern": text or null,              the first triple pattern, as read, that leaves no match
      "matched": number,                    how many patterns before it can be joined
      "alone": true or false,               whether that pattern matches by itself
      "hints": [ text ] }                   the language that is missing, names that the graph
                                            does not know, and what comes near
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from rdflib import Literal

from kg.endpoint.unknown import unknown
from kg.model.errors import QueryError
from kg.model.languages import SPOKEN
from kg.model.prefixes import prefixes, shorten
from kg.sparql.patterns import Parts, Pattern, Unreadable, parts
from kg.store.store import Store


def add_explanation(
    store: Store,
    query: str,
    body: bytes,
    default_graphs: Sequence[str] = (),
    named_graphs: Sequence[str] = (),
) -> bytes:
    """Add the reason to the answer of a SELECT, if it has no row; else return it as it is."""
    answer = json.loads(body)
    if "results" not in answer or answer["results"]["bindings"]:
        return body
    told = _explanation(store, query, bool(default_graphs or named_graphs))
    answer["explanation"] = told | {"hints": [*told["hints"], *unknown(store, query)]}
    return json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()


def _explanation(store: Store, query: str, elsewhere: bool) -> dict[str, Any]:
    if elsewhere:
        return _told("the request names graphs of its own; ask without them to see what matches")
    try:
        read = parts(query)
    except Unreadable as error:
        return _told(f"why there is no row cannot be told: {error}")
    for count in range(1, len(read.required) + 1):
        if not _matches(store, read, read.required[:count]):
            return _missing(store, read, count - 1)
    if not read.required:
        return _told(
            "there is no pattern that every row must match: look at OPTIONAL, UNION, paths"
        )
    return _told(
        "every triple pattern matches, also together: a FILTER, MINUS, VALUES, path or HAVING "
        "leaves none",
        matched=len(read.required),
    )


def _missing(store: Store, read: Parts, matched: int) -> dict[str, Any]:
    pattern = read.required[matched]
    said = _written(pattern)
    hints = _languages(store, read, pattern)
    alone = _matches(store, read, [pattern])
    if not alone:
        message = f"nothing in the graph matches “{said}”"
    elif matched == 1:
        message = f"“{said}” matches by itself, but not together with the pattern before it"
    else:
        message = f"“{said}” matches by itself, but not together with the {matched} before it"
    return _told(message, said, matched, alone, hints)


def _languages(store: Store, read: Parts, pattern: Pattern) -> list[str]:
    """Say in which language there is what a pattern writes without one."""
    subject, known, written = pattern.terms
    if not isinstance(written, Literal) or written.language or written.datatype:
        return []
    found = [Literal(str(written), lang=language) for language in SPOKEN]
    there = [
        v for v in found if _matches(store, read, [replace(pattern, terms=(subject, known, v))])
    ]
    return [f"what is in a language says so: write {v.n3()} for {written.n3()}" for v in there]


def _told(
    message: str,
    pattern: str | None = None,
    matched: int = 0,
    alone: bool = False,
    hints: Sequence[str] = (),
) -> dict[str, Any]:
    told = {"message": message, "pattern": pattern, "matched": matched, "alone": alone}
    return told | {"hints": list(hints)}


def _matches(store: Store, read: Parts, patterns: list[Pattern]) -> bool:
    group = " . ".join(_grouped(pattern) for pattern in patterns)
    try:
        return store.ask(f"{read.prologue} ASK {read.dataset} {{ {group} }}")
    except QueryError:
        return True  # it cannot be asked alone, so it is not what is to blame


def _grouped(pattern: Pattern) -> str:
    return f"GRAPH {pattern.graph.n3()} {{ {pattern} }}" if pattern.graph else str(pattern)


def _written(pattern: Pattern) -> str:
    """Write a pattern with our prefixes."""
    known = tuple(prefixes().values())
    return " ".join(
        shorten(str(term)) if str(term).startswith(known) else term.n3() for term in pattern.terms
    )
