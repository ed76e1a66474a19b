"""The quads of many patterns, asked for in one query."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from pyoxigraph import DefaultGraph, Literal, Quad

from kg.store.engine import QuadPattern, Term
from kg.store.remote.blank_nodes import skolemise
from kg.store.remote.dialects import Dialect

# Patterns in a query: engines compile each, and some bound the size of what they compile.
MOST_PATTERNS = 100

_DEFAULT = DefaultGraph()


def pattern_query(patterns: Sequence[QuadPattern], limit: int | None, dialect: Dialect) -> str:
    """Return a SELECT of the quads of each pattern, `?n` being its place among them.

    >>> from kg.store.remote.dialects import STANDARD
    >>> print(pattern_query([QuadPattern(object=Literal("b"), graph=DefaultGraph())], 5, STANDARD))
    SELECT ?n ?s ?p ?o ?g {
    { SELECT (0 AS ?n) ?s ?p { ?s ?p "b" } LIMIT 5 }
    }
    """
    bound = f" LIMIT {limit}" if limit is not None else ""
    parts = (_part(at, pattern, bound, dialect) for at, pattern in enumerate(patterns))
    return "\n".join(("SELECT ?n ?s ?p ?o ?g {", "\nUNION\n".join(parts), "}"))


def _part(at: int, pattern: QuadPattern, bound: str, dialect: Dialect) -> str:
    names = [f"?{name}" for name, term in zip("spo", pattern[:3], strict=True) if term is None]
    subject, predicate, value = map(_written, "spo", pattern[:3])
    triple = f"{subject} {predicate} {value}"
    in_default = f"{{ {triple} }}"
    if dialect.default_graph:
        in_default = f"{{ GRAPH <{dialect.default_graph}> {{ {triple} }} }}"
    if isinstance(pattern.graph, DefaultGraph):
        group = in_default
    elif pattern.graph is not None:
        group = f"{{ GRAPH {skolemise(pattern.graph)} {{ {triple} }} }}"
    else:
        group = f"{{ {in_default} UNION {{ GRAPH ?g {{ {triple} }} }} }}"
        names.append("?g")
    return f"{{ SELECT ({at} AS ?n) {' '.join(names)} {group}{bound} }}"


def _written(name: str, term: Term | None) -> str:
    return f"?{name}" if term is None else str(skolemise(term))


def can_match(pattern: QuadPattern) -> bool:
    """Tell whether any quad may fit: none has a literal as its subject."""
    return not isinstance(pattern.subject, Literal)


def quads_of_rows(
    patterns: Sequence[QuadPattern], rows: Iterable[Mapping[str, Term]]
) -> list[list[Quad]]:
    """Return the quads of each pattern from the rows of `pattern_query`."""
    quads: list[list[Quad]] = [[] for _ in patterns]
    for row in rows:
        at = int(row["n"].value)  # type: ignore[union-attr]
        quads[at].append(Quad(*_terms(patterns[at], row)))  # type: ignore[arg-type]
    return quads


def _terms(pattern: QuadPattern, row: Mapping[str, Term]) -> Iterator[object]:
    for name, term in zip("spo", pattern[:3], strict=True):
        yield row[name] if term is None else term
    if pattern.graph is not None:
        yield pattern.graph
    else:
        yield row.get("g", _DEFAULT)
