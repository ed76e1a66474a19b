"""What a query joins a SERVICE with, as a query of its own: the values that may be sent along.

https://www.w3.org/TR/sparql11-federated-query/#values: an endpoint that is sent the values of the
variables that it shares returns what joins, where it would return all that it holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from kg.sparql.dataset import dataset_clauses
from kg.sparql.joins.group_elements import (
    Element,
    closing,
    enclosing_groups,
    group_elements,
    variables,
)
from kg.sparql.service import ServiceClause, service_words
from kg.sparql.tokens import Token, tokenize

# Each row of the group extends a row of these, wherever they stand in it.
_JOINED = frozenset(("TRIPLES", "GROUP", "GRAPH", "VALUES"))
_FORMS = frozenset(("SELECT", "CONSTRUCT", "ASK", "DESCRIBE"))
# Two runs of these may differ in their rows.
_UNSTABLE = frozenset(("LIMIT", "OFFSET", "SAMPLE", "RAND", "UUID", "STRUUID", "BNODE", "NOW"))


class ServiceInputs(NamedTuple):
    """The variables that a SERVICE shares with what it is joined with, and the query for them."""

    names: tuple[str, ...]
    query: str


def service_inputs(query: str, clause: ServiceClause) -> ServiceInputs | None:
    """Return the query for the values of the variables that a SERVICE clause shares.

    Its rows include all that any row of the group has of these variables, so that a SERVICE limited
    to them leaves the result as it is. None if nothing is shared or that cannot be established.

    >>> from kg.sparql.service import service_clauses
    >>> text = "SELECT * { ?a <x:p> ?b . OPTIONAL { ?a <x:q> ?c } SERVICE <x:e> { ?b <x:r> ?c } }"
    >>> service_inputs(text, service_clauses(text)[0]).query
    'SELECT DISTINCT ?b  WHERE { ?a <x:p> ?b . }'
    """
    tokens = tokenize(query, lenient=True)
    place = next(n for n, token in enumerate(tokens) if token.start == clause.keyword)
    opened = next((n for n in range(place, len(tokens)) if tokens[n].text == "{"), place)
    asked = variables(tokens[opened : closing(tokens, opened)])
    elements = [*_usable(tokens, _joined_with(tokens, place))]
    bound = (variables(_binding(tokens, element)) for element in elements)
    names = tuple(sorted(asked & frozenset().union(*bound)))
    if not names:
        return None
    shown = " ".join(f"?{name}" for name in names)
    group = " ".join(_text(query, tokens, element) for element in elements)
    prologue, dataset = _before_group(query, tokens)
    text = f"{prologue}SELECT DISTINCT {shown} {dataset} WHERE {{ {group} }}"
    # It runs on the engine as it is, which would call any endpoint.
    return None if service_words(text) else ServiceInputs(names, text)


def _joined_with(tokens: Sequence[Token], place: int) -> list[Element]:
    """Return the elements that a SERVICE at a place is joined with, without itself.

    In an OPTIONAL that holds little else, these are the elements before it: what comes later might
    fit a row only if the SERVICE has nothing for it.
    """
    groups = enclosing_groups(tokens, place)
    if not groups or any(tokens[max(at - 2, 0)].keyword == "GRAPH" for at in groups):
        return []
    inner = [*group_elements(tokens, groups[0])]
    if {element.kind for element in inner} <= {"SERVICE", "FILTER"} and len(groups) > 1:
        before = groups[0] - 1
        if tokens[before].keyword == "OPTIONAL":
            outer = group_elements(tokens, groups[1])
            return [element for element in outer if element.end <= before]
    return [element for element in inner if element.start != place]


def _usable(tokens: Sequence[Token], elements: Sequence[Element]) -> Iterator[Element]:
    """Yield the elements of which each row of the group extends a row.

    Filters and assignments count if triples of the group bind all their variables: a variable that
    is bound later, or elsewhere, has another value here than there.
    """
    triples = [element for element in elements if element.kind == "TRIPLES"]
    certain = variables([t for e in triples for t in tokens[e.start : e.end]])
    earlier: frozenset[str] = frozenset()
    for element in elements:
        inner = tokens[element.start : element.end]
        keywords = {token.keyword for token in inner}
        if keywords & _UNSTABLE or any("SERVICE" in keyword for keyword in keywords):
            continue
        if element.kind == "TRIPLES":
            earlier |= variables(inner)
        if (
            element.kind in _JOINED
            or (element.kind == "FILTER" and variables(inner) <= certain)
            or (element.kind == "BIND" and variables(inner[:-3]) <= earlier)
        ):
            yield element


def _binding(tokens: Sequence[Token], element: Element) -> Sequence[Token]:
    return () if element.kind == "FILTER" else tokens[element.start : element.end]


def _text(query: str, tokens: Sequence[Token], element: Element) -> str:
    text = query[tokens[element.start].start : tokens[element.end - 1].end]
    # Comments end at the line: one within would take the rest of the group with it.
    ends = "\n" if "#" in text else ""
    last = tokens[element.end - 1].text
    return text + ends + (" ." if element.kind == "TRIPLES" and last != "." else "")


def _before_group(query: str, tokens: Sequence[Token]) -> tuple[str, str]:
    """Return the prologue of a query, and its FROM clauses."""
    form = next((token.start for token in tokens if token.keyword in _FORMS), 0)
    return query[:form], dataset_clauses(query)
