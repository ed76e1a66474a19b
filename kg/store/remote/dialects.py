"""What SPARQL engines do otherwise than the standard says, or leave to be known."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import NamedTuple

from kg.model.errors import QueryError
from kg.model.prefixes import GRAPH
from kg.sparql.base import with_base
from kg.sparql.form import outer_keywords
from kg.sparql.rewriting.hide_graphs import hide_graphs
from kg.store.engine import DatasetNames, Term
from kg.store.remote.errors import EngineFailed
from kg.store.remote.http_client import HttpReply
from kg.store.remote.marker import MARKER, OURS_GRAPH
from kg.store.remote.virtuoso.answer import cut_answer, standard_rows
from kg.store.remote.virtuoso.boolean_variables import boolean_variables
from kg.store.remote.virtuoso.renamed import original, renamed
from kg.store.remote.virtuoso.request import SYSTEM_GRAPHS, virtuoso_query

# Where an engine has no default graph of its own, this graph takes its place.
DEFAULT_GRAPH = GRAPH + "default"
_REFUSED, _FAILED = 400, 500
_GRACE_SECONDS = 1.0


class Written(NamedTuple):
    """A query as an engine takes it, and the other parameters of the request."""

    text: str
    parameters: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Dialect:
    """How to speak to an engine; the standard's way, for any engine that keeps to it.

    `server` is how its Server header begins. `update` and `graphs` are its other addresses,
    relative to that of its queries. `default_graph` is the graph that takes the place of the
    default graph, where the engine has none; `hidden` are graphs that no `GRAPH ?g` may match.
    `takes_quads` says that N-Quads may be posted to `graphs`; `headers` go with each query.
    `time_limit` is the parameter of a request that ends it after a time, in units of which so many
    make a second.
    """

    name: str
    server: str = ""
    update: str = ""
    graphs: str = ""
    default_graph: str = ""
    hidden: tuple[str, ...] = (MARKER.value, OURS_GRAPH.value)
    list_graphs: str = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    takes_quads: bool = False
    time_limit: tuple[str, int] | None = None
    headers: tuple[tuple[str, str], ...] = ()

    def written(self, query: str, dataset: DatasetNames, base: str) -> Written:
        """Return a query, with its dataset and base, as the engine is to be sent it."""
        graphs = (
            *(("default-graph-uri", iri) for iri in dataset[0]),
            *(("named-graph-uri", iri) for iri in dataset[1]),
        )
        return Written(with_base(hide_graphs(query, self.hidden), base), graphs)

    def limited(self, seconds: float) -> tuple[tuple[str, str], ...]:
        """Return the parameters by which the engine ends a query that nobody waits for any more.

        A second late: when the time is over, we are the first to say so.

        >>> dialect_of("Virtuoso/7").limited(1.5), STANDARD.limited(1.5)
        ((('timeout', '2500'),), ())
        """
        if not self.time_limit:
            return ()
        name, units = self.time_limit
        return ((name, str(math.ceil((seconds + _GRACE_SECONDS) * units))),)

    def rows(self, body: bytes, query: str) -> bytes:
        """Return rows in the standard's JSON; `query` is the one before `written`."""
        del query
        return body

    def check(self, reply: HttpReply) -> None:
        """Raise QueryError if the engine refuses the query, EngineFailed if it failed itself."""
        if reply.status >= _FAILED:
            raise EngineFailed(f"the SPARQL engine answers HTTP {reply.status}: {reply.first_line}")
        if reply.status >= _REFUSED:
            raise QueryError(reply.first_line or f"the SPARQL engine answers HTTP {reply.status}")

    def stored(self, term: Term) -> Term:
        """Return a term as the engine is to hold it, so that it comes back as it was."""
        return term

    def original(self, term: Term) -> Term:
        """Return a term of a graph as it was before `stored`; `rows` does so with rows."""
        return term


@dataclass(frozen=True)
class VirtuosoDialect(Dialect):
    """What makes up for Virtuoso's ways: see `kg.store.remote.virtuoso`."""

    def written(self, query: str, dataset: DatasetNames, base: str) -> Written:
        """Write the dataset into the prologue."""
        text = virtuoso_query(
            with_base(query, base), dataset, self.default_graph, self.hidden, base
        )
        return Written(text)

    def rows(self, body: bytes, query: str) -> bytes:
        """Write terms and the answer to an ASK as the standard does, and distinct rows once."""
        return standard_rows(body, boolean_variables(query), outer_keywords(query))

    def check(self, reply: HttpReply) -> None:
        """Refuse an answer that was cut, as well."""
        super().check(reply)
        if reason := cut_answer(reply.headers):
            raise EngineFailed(reason)

    def stored(self, term: Term) -> Term:
        """Give another name to datatypes whose literals Virtuoso would change."""
        return renamed(term)

    def original(self, term: Term) -> Term:
        """Return the term with the datatype that it had."""
        return original(term)


STANDARD = Dialect("standard")
DIALECTS = (
    Dialect(
        *("oxigraph", "Oxigraph/", "update", "store"),
        list_graphs="SELECT ?g { GRAPH ?g {} }",
        takes_quads=True,
    ),
    VirtuosoDialect(
        *("virtuoso", "Virtuoso/", "/sparql-auth", "/sparql-graph-crud-auth"),
        default_graph=DEFAULT_GRAPH,
        hidden=(MARKER.value, OURS_GRAPH.value, *SYSTEM_GRAPHS),
        # Over a connection that stays open, answers above 16 KB stall for 40 ms (measured).
        headers=(("Connection", "close"),),
        # Of its SPARQL endpoint, in milliseconds: what it sends then is a part, and says so.
        time_limit=("timeout", 1000),
    ),
    Dialect(
        *("fuseki", "Apache Jena Fuseki", "update", "data"),
        takes_quads=True,
        time_limit=("timeout", 1),
    ),
)


def dialect_of(server: str) -> Dialect:
    """Return the dialect of the engine with a Server header, the standard for an unknown one.

    >>> dialect_of("Virtuoso/07.20.3229 (Linux)").name, dialect_of("nginx").name
    ('virtuoso', 'standard')
    """
    return next((d for d in DIALECTS if server.startswith(d.server)), STANDARD)


def dialect_named(name: str) -> Dialect | None:
    """Return the dialect of a name, None if there is none."""
    return next((dialect for dialect in (*DIALECTS, STANDARD) if dialect.name == name), None)
