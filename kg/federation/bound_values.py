"""The values that a SERVICE call sends along, in batches, and the results of these as one.

The engine sends the pattern of a SERVICE alone. For an endpoint as large as Wikidata that means all
that it has of a property; with the values that a row may have, it means the few rows that join.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pyoxigraph import (
    Literal,
    NamedNode,
    QueryResultsFormat,
    QuerySolutions,
    parse_query_results,
)

from kg.model.errors import QueryError
from kg.sparql.joins.sent_values import takes_values, with_values
from kg.sparql.joins.service_inputs import service_inputs
from kg.sparql.service import ServiceClause

# Rows of values in one call. At about 45 bytes an IRI, a call stays below the 16 KB that we and
# others take; ten calls are half of what a query may make (`kg.federation.relay`).
BATCH = 150
MOST = 10 * BATCH

# Runs a query of rows on the graph; returns SPARQL results in JSON. QueryError if it is none.
RunRows = Callable[[str], bytes]
Results = tuple[str, bytes]
Terms = tuple[NamedNode | Literal, ...]


@dataclass(frozen=True)
class BoundValues:
    """Variables, and each combination of values that a row of the query can have of them."""

    names: tuple[str, ...]
    rows: tuple[Terms, ...]

    def restrict(self, query: bytes) -> list[bytes]:
        r"""Return the queries that ask for a batch of rows each: none if there are no rows.

        >>> BoundValues(("a",), ((NamedNode("x:1"),),)).restrict(b"SELECT * WHERE { ?a ?b ?c }")
        [b'SELECT * WHERE { ?a ?b ?c }\nVALUES (?a) { (<x:1>) }']
        """
        text = query.decode()
        if not takes_values(text):
            return [query]
        batches = (self.rows[at : at + BATCH] for at in range(0, len(self.rows), BATCH))
        return [with_values(text, self.names, batch).encode() for batch in batches]


def bound_values(query: str, clause: ServiceClause, run: RunRows) -> BoundValues | None:
    """Return the values that a SERVICE clause is joined with; None to send its pattern alone.

    A variable that has no value in some row, or a blank node, limits nothing. More than `MOST` rows
    are not sent.
    """
    inputs = service_inputs(query, clause)
    if inputs is None:
        return None
    try:
        solutions = _solutions(run(f"{inputs.query} LIMIT {MOST + 1}"))
    except QueryError:
        # What is wrong with the query is said when all of it runs.
        return None
    rows = [tuple(solution[name] for name in inputs.names) for solution in solutions]
    if len(rows) > MOST:
        return None
    kept = [
        at
        for at in range(len(inputs.names))
        if all(isinstance(row[at], NamedNode | Literal) for row in rows)
    ]
    names = tuple(inputs.names[at] for at in kept)
    distinct = dict.fromkeys(tuple(row[at] for at in kept) for row in rows)
    return BoundValues(names, tuple(distinct)) if names else None


def merge_results(results: Sequence[Results]) -> Results:
    """Return the rows of several results as one; a single one as it is."""
    if len(results) == 1:
        return results[0]
    media_type = QueryResultsFormat.JSON.media_type
    parts = [_members(*result) for result in results]
    names = dict.fromkeys(name for part in parts for name in part["head"].get("vars", ()))
    rows = [row for part in parts for row in part["results"]["bindings"]]
    merged = {"head": {"vars": [*names]}, "results": {"bindings": rows}}
    return media_type, json.dumps(merged, ensure_ascii=False).encode()


def _members(media_type: str, body: bytes) -> dict[str, dict[str, list[object]]]:
    form = QueryResultsFormat.from_media_type(media_type)
    if form != QueryResultsFormat.JSON:
        body = _solutions(body, form).serialize(format=QueryResultsFormat.JSON) or b""
    members: dict[str, dict[str, list[object]]] = json.loads(body)
    return members


def _solutions(
    body: bytes, form: QueryResultsFormat | None = QueryResultsFormat.JSON
) -> QuerySolutions:
    solutions = parse_query_results(body, format=form)
    if not isinstance(solutions, QuerySolutions):
        raise QueryError("rows are expected")
    return solutions
