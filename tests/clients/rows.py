"""The rows of a result as terms, without order, so that those of two clients compare."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

Rows = Counter[frozenset[tuple[str, str]]]


def rows_of(solutions: QuerySolutions) -> Rows:
    """Return how often each row occurs, a row as its names and terms."""
    names = [variable.value for variable in solutions.variables]
    return Counter(
        frozenset(
            (name, str(term))
            for name, term in zip(names, solution, strict=True)
            if term is not None
        )
        for solution in solutions
    )


def rows_in(body: bytes, form: QueryResultsFormat = QueryResultsFormat.JSON) -> Rows:
    """Return the rows of a serialised result."""
    results = parse_query_results(body, format=form)
    assert isinstance(results, QuerySolutions)
    return rows_of(results)


def rows_with(names: Iterable[str], values: Iterable[Iterable[object]]) -> Rows:
    """Return rows of rdflib's terms, whose lexical form and kind say the same."""
    names = [*names]
    return Counter(
        frozenset((name, _term(value)) for name, value in zip(names, row, strict=True) if value)
        for row in values
    )


def _term(value: object) -> str:
    # rdflib's terms are strings with attributes: an IRI has neither language nor datatype.
    if not hasattr(value, "language"):
        return str(NamedNode(str(value)))
    language, datatype = value.language, value.datatype  # type: ignore[attr-defined]
    if language:
        return str(Literal(str(value), language=language))
    return str(Literal(str(value), datatype=NamedNode(str(datatype)) if datatype else None))
