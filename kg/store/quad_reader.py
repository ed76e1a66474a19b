"""Quads by their terms, for one node or pair or for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, Triple

from kg.store.engine import Engine, QuadPattern, Term


class QuadReader:
    """Reads quads of an engine without a query.

    A method that ends in `each` takes many and returns a list for each, in their order: a remote
    engine answers it in one request, where as many single calls would be a request each.
    """

    def __init__(self, engine: Engine) -> None:
        """Take the engine that holds the quads."""
        self._engine = engine

    def objects(self, subject: NamedNode, predicate: NamedNode, limit: int) -> list[Term]:
        """Return at most so many values of a property in the default graph, as they come."""
        return self.objects_of_each(((subject, predicate),), limit)[0]

    def objects_of_each(
        self, properties: Iterable[tuple[NamedNode | BlankNode, NamedNode]], limit: int
    ) -> list[list[Term]]:
        """Return the values of each property of a subject, as `objects` does."""
        patterns = [QuadPattern(*pair, None, DefaultGraph()) for pair in properties]
        return [[q.object for q in quads] for quads in self.quads_of_each(patterns, limit)]

    def subjects(self, predicate: NamedNode, value: Term, limit: int) -> list[Term]:
        """Return at most so many subjects with a value of a property in the default graph."""
        return self.subjects_of_each(((predicate, value),), limit)[0]

    def subjects_of_each(
        self, values: Iterable[tuple[NamedNode, Term]], limit: int
    ) -> list[list[Term]]:
        """Return the subjects with each value of a property, as `subjects` does."""
        patterns = [QuadPattern(None, *pair, DefaultGraph()) for pair in values]
        return [[q.subject for q in quads] for quads in self.quads_of_each(patterns, limit)]

    def quads_around(
        self,
        node: NamedNode | BlankNode,
        outwards: bool,
        predicate: NamedNode | None = None,
        graph: NamedNode | None = None,
        limit: int | None = None,
    ) -> list[Quad]:
        """Return quads that start from a node or end there: of a property, of a graph, or all."""
        return self.quads_around_each((node,), outwards, predicate, graph, limit)[0]

    def quads_around_each(
        self,
        nodes: Iterable[NamedNode | BlankNode],
        outwards: bool,
        predicate: NamedNode | None = None,
        graph: NamedNode | None = None,
        limit: int | None = None,
    ) -> list[list[Quad]]:
        """Return the quads around each node, as `quads_around` does; `limit` is for each."""
        if outwards:
            patterns = [QuadPattern(node, predicate, None, graph) for node in nodes]
        else:
            patterns = [QuadPattern(None, predicate, node, graph) for node in nodes]
        return self.quads_of_each(patterns, limit)

    def between(self, subject: Term, value: Term) -> list[Quad]:
        """Return every quad that links one node to another; none starts from a literal."""
        return self.between_each(((subject, value),))[0]

    def between_each(self, pairs: Iterable[tuple[Term, Term]]) -> list[list[Quad]]:
        """Return the quads that link the nodes of each pair, as `between` does."""
        pairs = list(pairs)
        starts = [isinstance(subject, NamedNode | BlankNode) for subject, _ in pairs]
        patterns = [
            QuadPattern(subject, None, value)
            for (subject, value), is_start in zip(pairs, starts, strict=True)
            if is_start
        ]
        linked = iter(self.quads_of_each(patterns))
        return [next(linked) if is_start else [] for is_start in starts]

    def graph(self, name: NamedNode) -> list[Triple]:
        """Return the triples of one named graph, sorted; none if there is no such graph."""
        (quads,) = self.quads_of_each([QuadPattern(graph=name)])
        return sorted((quad.triple for quad in quads), key=str)

    def count(self, name: NamedNode, most: int) -> int:
        """Count the triples of a named graph, up to `most`."""
        return self._engine.count(name, most)

    def graphs_containing(self, triple: Triple) -> list[NamedNode]:
        """Return the named graphs that hold a triple."""
        return self.graphs_containing_each((triple,))[0]

    def graphs_containing_each(self, triples: Iterable[Triple]) -> list[list[NamedNode]]:
        """Return the named graphs that hold each triple."""
        patterns = [QuadPattern(t.subject, t.predicate, t.object) for t in triples]
        return [
            [quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)]
            for quads in self.quads_of_each(patterns)
        ]

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted."""
        return sorted(self._engine.named_graphs(), key=str)

    def quads(self) -> list[Quad]:
        """Return every quad of the build, the default graph's too."""
        return self.quads_of_each([QuadPattern()])[0]

    def quads_of_each(
        self, patterns: Sequence[QuadPattern], limit: int | None = None
    ) -> list[list[Quad]]:
        """Return the quads of each pattern, at most `limit` of each."""
        return self._engine.quads(patterns, limit) if patterns else []
