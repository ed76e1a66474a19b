"""The engine behind HTTP: what a store asks, by the SPARQL 1.1 Protocol."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol, TypeVar
from urllib.parse import urlencode

from pyoxigraph import (
    BlankNode,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    RdfFormat,
    Triple,
    parse,
    parse_query_results,
)

from kg.model.errors import QueryError
from kg.sparql.dataset import graphs_in
from kg.sparql.form import query_form
from kg.sparql.rewriting.bind_terms import bind_terms
from kg.sparql.rewriting.blank_tests import tell_blank_nodes
from kg.store.embedded.engine import EmbeddedEngine
from kg.store.engine import (
    ANY_DATASET,
    Answer,
    DatasetNames,
    QuadPattern,
    ReplicaStatus,
    Term,
)
from kg.store.remote.blank_nodes import GENID, skolemise, unskolemise, unskolemise_json
from kg.store.remote.dialects import Dialect, Written
from kg.store.remote.errors import EngineFailed, EngineUnavailable
from kg.store.remote.http_client import EngineLost, HttpReply
from kg.store.remote.queries.pattern_query import (
    MOST_PATTERNS,
    can_match,
    pattern_query,
    quads_of_rows,
)
from kg.store.remote.queries.syntax_check import check_syntax
from kg.store.remote.query_bounds import QueryBounds, current_bounds
from kg.store.results import rows_by_name

ROWS, TRIPLES = "application/sparql-results+json", "application/n-triples"
_S = TypeVar("_S")
_T = TypeVar("_T")
# Statements that are copied for a query that names several default graphs.
MOST_COPIED = 200_000


class Posting(Protocol):
    """Whoever sends a query: one engine, or one of several replicas."""

    def post(self, body: bytes, headers: Mapping[str, str], bounds: QueryBounds) -> HttpReply:
        """Send a request that changes nothing to where queries are answered."""

    def statuses(self) -> list[ReplicaStatus]:
        """Return the status of each server, as it was last read."""


class RemoteEngine:
    """Asks an engine that holds a build, in its dialect."""

    in_memory = in_process = False

    def __init__(self, endpoint: Posting, dialect: Dialect) -> None:
        """Take who answers, and how to speak to it."""
        self._endpoint, self._dialect = endpoint, dialect

    def query(
        self, text: str, terms: Mapping[str, Term], dataset: DatasetNames, base: str
    ) -> Answer:
        """Answer a query; QueryError in the engine's words if it refuses the query."""
        check_syntax(text, base)
        named = dataset if any(dataset) else graphs_in(text, base)
        if len(set(named[0])) > 1:
            return self._copy(named).query(text, terms, dataset, base)
        terms = {name: skolemise(term) for name, term in terms.items()}
        bound = tell_blank_nodes(bind_terms(text, terms), GENID)
        form = query_form(text)
        if form not in {"CONSTRUCT", "DESCRIBE"}:
            return self._rows(bound, dataset, base)
        triples = self._triples(bound, dataset, base)
        return self._described(triples, named, base) if form == "DESCRIBE" else triples

    def _rows(
        self, query: str, dataset: DatasetNames = ANY_DATASET, base: str = ""
    ) -> QueryBoolean | QuerySolutions:
        reply = self._post(self._dialect.written(query, dataset, base), ROWS)
        return _parsed(lambda body: _read_rows(self._dialect.rows(body, query)), reply.body)

    def _triples(self, query: str, dataset: DatasetNames, base: str) -> list[Triple]:
        reply = self._post(self._dialect.written(query, dataset, base), TRIPLES)
        return [
            Triple(*(self._dialect.original(term) for term in triple))  # type: ignore[arg-type]
            for triple in _parsed(_read_triples, reply.body)
        ]

    def _post(self, query: Written, accept: str) -> HttpReply:
        bounds = current_bounds()
        limited = self._dialect.limited(bounds.seconds_left())
        body = urlencode([("query", query.text), *query.parameters, *limited]).encode()
        headers = {"Content-Type": "application/x-www-form-urlencoded", "Accept": accept}
        headers |= dict(self._dialect.headers)
        try:
            reply = self._endpoint.post(body, headers, bounds)
        except EngineLost as error:
            raise EngineUnavailable(str(error)) from error
        self._dialect.check(reply)
        return reply

    def _described(self, triples: list[Triple], dataset: DatasetNames, base: str) -> list[Triple]:
        """Add what is said of blank nodes, which are IRIs to the engine, as of any node there."""
        seen: set[Term] = set()
        last = triples
        while subjects := {t.object for t in last if isinstance(t.object, BlankNode)} - seen:
            seen |= subjects
            values = " ".join(sorted(str(skolemise(subject)) for subject in subjects))
            query = f"CONSTRUCT {{ ?s ?p ?o }} {{ VALUES ?s {{ {values} }} ?s ?p ?o }}"
            last = self._triples(query, dataset, base)
            triples = triples + last
        return triples

    def _copy(self, dataset: DatasetNames) -> EmbeddedEngine:
        """Copy graphs of which several make one default graph.

        Engines do not merge them as SPARQL asks: a triple that two of them hold comes twice.
        """
        names = [NamedNode(iri) for iri in dict.fromkeys((*dataset[0], *dataset[1]))]
        if sum(self.count(name, MOST_COPIED) for name in names) >= MOST_COPIED:
            raise QueryError(
                f"the graphs of this query have more than {MOST_COPIED:,} statements; name one "
                "default graph, or use GRAPH"
            )
        patterns = [QuadPattern(graph=name) for name in names]
        return EmbeddedEngine.of(quad for quads in self.quads(patterns) for quad in quads)

    def quads(self, patterns: Sequence[QuadPattern], limit: int | None = None) -> list[list[Quad]]:
        """Return the quads of each pattern, at most `limit` of each, in the patterns' order."""
        matching = [pattern for pattern in patterns if can_match(pattern)]
        quads: list[list[Quad]] = []
        for start in range(0, len(matching), MOST_PATTERNS):
            part = matching[start : start + MOST_PATTERNS]
            rows = self.select(pattern_query(part, limit, self._dialect))
            quads += quads_of_rows(part, rows)
        in_order = iter(quads)
        return [next(in_order) if can_match(pattern) else [] for pattern in patterns]

    def count(self, graph: NamedNode, most: int) -> int:
        """Count the triples of a named graph, up to `most`."""
        pattern = f"{{ SELECT ?s {{ GRAPH {graph} {{ ?s ?p ?o }} }} LIMIT {most} }}"
        (row,) = self.select(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
        return int(row["n"].value)  # type: ignore[union-attr]

    def named_graphs(self) -> list[NamedNode]:
        """Return the names of the graphs."""
        names = [row["g"] for row in self.select(self._dialect.list_graphs)]
        return [name for name in names if isinstance(name, NamedNode)]

    def replicas(self) -> list[ReplicaStatus]:
        """Return the servers that may answer, and why any of them is not used."""
        return self._endpoint.statuses()

    def select(self, text: str) -> list[dict[str, Term]]:
        """Return the rows of a SELECT that this package wrote, and so without checking it.

        All at once, as their parser must not leave this thread.
        """
        rows = self._rows(text)
        if not isinstance(rows, QuerySolutions):
            raise EngineFailed("the SPARQL engine answers a SELECT without rows")
        return _parsed(rows_by_name, rows)

    def failure(self, error: Exception, otherwise: Exception) -> Exception:
        """Return what to raise for an error in reading an answer: never a part of it."""
        return _malformed(error) if isinstance(error, SyntaxError | ValueError) else otherwise


def _malformed(error: Exception) -> EngineFailed:
    return EngineFailed(f"the SPARQL engine's answer is cut or not well formed ({error})")


def _parsed(read: Callable[[_S], _T], answer: _S) -> _T:
    try:
        return read(answer)
    # The last three are of JSON that is not SPARQL's.
    except (SyntaxError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise _malformed(error) from error


def _read_rows(body: bytes) -> QueryBoolean | QuerySolutions:
    return parse_query_results(unskolemise_json(body), format=QueryResultsFormat.JSON)


def _read_triples(body: bytes) -> list[Triple]:
    return [
        Triple(unskolemise(quad.subject), quad.predicate, unskolemise(quad.object))  # type: ignore[arg-type]
        for quad in parse(body, format=RdfFormat.N_TRIPLES)
    ]
