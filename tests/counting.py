"""An engine that counts what it is asked, to hold how often a page asks the store."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from pyoxigraph import NamedNode, Quad

from kg.store.embedded.engine import EmbeddedEngine
from kg.store.engine import Answer, DatasetNames, QuadPattern, Term
from kg.store.store import Store


class CountingEngine(EmbeddedEngine):
    """Counts in `requests` what a remote engine would be asked over HTTP."""

    requests = 0

    def query(
        self, text: str, terms: Mapping[str, Term], dataset: DatasetNames, base: str
    ) -> Answer:
        self.requests += 1
        return super().query(text, terms, dataset, base)

    def quads(self, patterns: Sequence[QuadPattern], limit: int | None = None) -> list[list[Quad]]:
        self.requests += 1
        return super().quads(patterns, limit)

    def count(self, graph: NamedNode, most: int) -> int:
        self.requests += 1
        return super().count(graph, most)

    def named_graphs(self) -> list[NamedNode]:
        self.requests += 1
        return super().named_graphs()


def counting_store(of: Store) -> tuple[Store, CountingEngine]:
    """Return a store with the quads of another, and the engine that counts its requests."""
    engine = CountingEngine(EmbeddedEngine.of(of.quads()).opened)
    return Store("counted", engine, of.texts), engine
