"""What a store asks of its engine, whether that is in this process or behind HTTP."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol, TypeAlias

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Triple,
)

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
GraphName: TypeAlias = NamedNode | BlankNode | DefaultGraph
# A graph comes as its triples, which may repeat.
Answer: TypeAlias = QueryBoolean | QuerySolutions | Iterable[Triple]
# The IRIs of the default graphs and of the named graphs of a request (SPARQL 1.1 Protocol, 2.1.4).
DatasetNames: TypeAlias = tuple[Sequence[str], Sequence[str]]

ANY_DATASET: DatasetNames = ((), ())


class QuadPattern(NamedTuple):
    """Quads by their terms; None is any term, and as a graph any graph, the default graph too."""

    subject: Term | None = None
    predicate: NamedNode | None = None
    object: Term | None = None
    graph: GraphName | None = None


class ReplicaStatus(NamedTuple):
    """A server by its address, why it is not used ("": it is), and the requests that it has now."""

    url: str
    reason: str
    requests: int


class Engine(Protocol):
    """Holds the graph of one build, and answers queries.

    Each method raises BuildDamaged for an embedded build that cannot be read, EngineUnavailable for
    a remote engine that does not answer; a query that the engine refuses is a QueryError.
    """

    @property
    def in_memory(self) -> bool:
        """Whether the graph is in the memory of this process."""

    @property
    def in_process(self) -> bool:
        """Whether queries are evaluated in this process."""

    def replicas(self) -> list[ReplicaStatus]:
        """Return the servers that may answer, in the order of the settings; none in process."""

    def query(
        self, text: str, terms: Mapping[str, Term], dataset: DatasetNames, base: str
    ) -> Answer:
        """Answer a query; `terms` bind its variables, relative IRIs are so to `base`."""

    def quads(self, patterns: Sequence[QuadPattern], limit: int | None = None) -> list[list[Quad]]:
        """Return the quads of each pattern, at most `limit` of each, in the patterns' order."""

    def count(self, graph: NamedNode, most: int) -> int:
        """Count the triples of a named graph, up to `most`."""

    def named_graphs(self) -> list[NamedNode]:
        """Return the names of the graphs."""

    def failure(self, error: Exception, otherwise: Exception) -> Exception:
        """Return what to raise for an error in reading an answer: `otherwise` where it fits."""
