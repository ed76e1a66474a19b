"""Writes a graph to a SPARQL engine: in parts of bounded size, each complete or an error."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby, islice

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, RdfFormat, serialize

from kg.store.engine import GraphName
from kg.store.remote.blank_nodes import skolemised_quads
from kg.store.remote.dialects import Dialect
from kg.store.remote.endpoint import Endpoint

# Quads in a request. Virtuoso's compiler runs out of memory between 2,000 and 5,000 of ours; of
# N-Quads, larger parts than this are no quicker.
UPDATE_PART, QUADS_PART = 2_000, 50_000
# Characters of literals in a part.
PART_LENGTH = 1_000_000
_ERRORS = 400
# Graphs that one update drops.
_DROPPED = 200


class EngineWriter:
    """Adds quads to an engine and removes them, in its dialect."""

    def __init__(self, endpoint: Endpoint, dialect: Dialect) -> None:
        """Take the engine's addresses, and what is particular to it."""
        self._endpoint, self._dialect = endpoint, dialect

    def clear(self, graphs: Iterable[NamedNode]) -> None:
        """Remove everything; `graphs` are the named graphs, for an engine with some of its own."""
        if not self._dialect.default_graph:
            self._endpoint.update("DROP ALL")
            return
        names = [NamedNode(self._dialect.default_graph), *graphs]
        rest = iter(names)
        while part := list(islice(rest, _DROPPED)):
            self._endpoint.update(" ;\n".join(f"DROP SILENT GRAPH {name}" for name in part))

    def load(self, quads: Iterable[Quad], report: Callable[[int], None] | None = None) -> None:
        """Add quads, as they come; `report` is told how many were taken after each part."""
        taken, most = 0, QUADS_PART if self._dialect.takes_quads else UPDATE_PART
        for part in _parts(self._stored(quads), most):
            if self._dialect.takes_quads:
                self._post(serialize(part, format=RdfFormat.N_QUADS) or b"")
            else:
                self._change("INSERT DATA", part)
            taken += len(part)
            if report:
                report(taken)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads, those that are there."""
        for part in _parts(self._stored(quads), UPDATE_PART):
            self._change("DELETE DATA", part)

    def update(self, text: str) -> None:
        """Run an update."""
        self._endpoint.update(text)

    def _post(self, quads: bytes) -> None:
        headers = {"Content-Type": RdfFormat.N_QUADS.media_type}
        reply = self._endpoint.send("POST", self._endpoint.addresses.graphs, quads, headers)
        if reply.status >= _ERRORS:
            raise self._endpoint.failure(f"HTTP {reply.status} for quads: {reply.first_line}")

    def _change(self, action: str, part: Sequence[Quad]) -> None:
        blocks = (
            self._block(graph, quads)
            for graph, quads in groupby(sorted(part, key=_graph_name), key=lambda q: q.graph_name)
        )
        self._endpoint.update(f"{action} {{\n{''.join(blocks)}}}")

    def _block(self, graph: GraphName, quads: Iterable[Quad]) -> str:
        statements = "".join(f"{quad.triple} .\n" for quad in quads)
        if not isinstance(graph, DefaultGraph):
            return f"GRAPH {graph} {{\n{statements}}}\n"
        name = self._dialect.default_graph
        return f"GRAPH <{name}> {{\n{statements}}}\n" if name else statements

    def _stored(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for quad in skolemised_quads(quads):
            value = self._dialect.stored(quad.object)
            yield Quad(quad.subject, quad.predicate, value, quad.graph_name)


def _graph_name(quad: Quad) -> str:
    return str(quad.graph_name)


def _parts(quads: Iterable[Quad], most: int) -> Iterator[list[Quad]]:
    """Yield quads in parts, each of so many at most, and not much longer than `PART_LENGTH`."""
    part: list[Quad] = []
    length = 0
    for quad in quads:
        part.append(quad)
        # Long are only literals: what else there is takes some 200 characters.
        length += len(quad.object.value) if isinstance(quad.object, Literal) else 0
        if len(part) >= most or length > PART_LENGTH:
            yield part
            part, length = [], 0
    if part:
        yield part
