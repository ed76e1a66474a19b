"""A read-only view of one build, with the graph in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    Variable,
)

from kg.errors import BuildMissing, QueryError
from kg.formats import graph_format, result_format, write
from kg.syntax import query_error

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
Accept: TypeAlias = Callable[[bool], str]
_Answer: TypeAlias = QueryBoolean | QuerySolutions | QueryTriples


class Store:
    """One build: select, ask and construct for our own questions, execute for other people's."""

    def __init__(self, number: str, engine: pyoxigraph.Store) -> None:
        """Take the build's number and the loaded engine."""
        self.number = number
        self._engine = engine

    @classmethod
    def open(cls, build: Path) -> Store:
        """Load a build's directory into memory; BuildMissing if it is not one."""
        dataset = build / "dataset.nq"
        if not dataset.is_file():
            raise BuildMissing(build)
        engine = pyoxigraph.Store()
        engine.bulk_load(path=dataset, format=RdfFormat.N_QUADS)
        return cls(build.name, engine)

    @classmethod
    def of(cls, quads: Iterable[Quad], number: str = "test") -> Store:
        """Hold these quads; the default graph must be among them (see `kg.publish.dataset`)."""
        engine = pyoxigraph.Store()
        engine.extend(quads)
        return cls(number, engine)

    def select(self, query: str, **terms: Term) -> list[dict[str, Term]]:
        """Return the rows of a SELECT; `terms` bind its variables, unbound ones are left out."""
        rows = self._ask(query, terms)
        if not isinstance(rows, QuerySolutions):
            raise QueryError("this is not a SELECT query")
        names = [variable.value for variable in rows.variables]
        # Iterating over a row is ten times as fast as looking its variables up.
        return [{n: t for n, t in zip(names, row, strict=True) if t is not None} for row in rows]

    def ask(self, query: str, **terms: Term) -> bool:
        """Return the answer to an ASK; `terms` bind its variables."""
        answer = self._ask(query, terms)
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query")
        return bool(answer)

    def construct(self, query: str, **terms: Term) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, each once; `terms` bind variables."""
        triples = self._ask(query, terms)
        if not isinstance(triples, QueryTriples):
            raise QueryError("this is neither a CONSTRUCT nor a DESCRIBE query")
        return list(dict.fromkeys(triples))

    def graph(self, name: NamedNode) -> list[Triple]:
        """Return the triples of one named graph, sorted; none if there is no such graph."""
        quads = self._engine.quads_for_pattern(None, None, None, name)
        return sorted((quad.triple for quad in quads), key=str)

    def quads(self) -> list[Quad]:
        """Return every quad of the build, the default graph's too."""
        return list(self._engine.quads_for_pattern(None, None, None))

    def execute(
        self,
        query: str,
        accept: Accept,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> tuple[str, bytes]:
        """Answer anybody's query in the media type that `accept` picks.

        `accept` is told whether the answer is a graph (CONSTRUCT, DESCRIBE) and returns one of the
        media types of `kg.formats`. The graph lists are the dataset of the SPARQL 1.1 Protocol
        (2.1.4). Returns the media type and the body; QueryError says what is wrong and where.
        """
        answer = self._ask(query, {}, default_graphs, named_graphs)
        media_type = accept(isinstance(answer, QueryTriples))
        try:
            return media_type, _serialise(answer, media_type)
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(str(error)) from error

    def _ask(
        self,
        query: str,
        terms: dict[str, Term],
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
    ) -> _Answer:
        chosen = bool(default_graphs or named_graphs)
        try:
            return self._engine.query(
                query,
                substitutions={Variable(name): term for name, term in terms.items()},
                default_graph=[NamedNode(iri) for iri in default_graphs] if chosen else None,
                named_graphs=[NamedNode(iri) for iri in named_graphs] if chosen else None,
            )
        except SyntaxError as error:
            raise query_error(error) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(str(error)) from error


def _serialise(answer: _Answer, media_type: str) -> bytes:
    if isinstance(answer, QueryTriples):
        graph = graph_format(media_type)
        if graph is None:
            raise QueryError(f"a graph cannot be written as {media_type}")
        return write(dict.fromkeys(answer), graph)
    rows = result_format(media_type)
    if rows is None:
        raise QueryError(f"an answer cannot be written as {media_type}")
    return answer.serialize(format=rows.engine) or b""
