"""The graph of a build on a SPARQL engine: rules, comparisons and checks run there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Triple

from kg.model.named_graphs import in_graph
from kg.model.source_texts import SourceTexts
from kg.pipeline.remote.engine_writer import EngineWriter
from kg.sparql.rewriting.blank_tests import tell_blank_nodes
from kg.sparql.rewriting.rule_update import rule_update
from kg.store.draft_graph import EmbeddedDraft
from kg.store.engine import Engine
from kg.store.remote.blank_nodes import GENID
from kg.store.remote.errors import EngineFailed
from kg.store.store import Store


class RemoteDraft:
    """A graph on an engine, and in memory a record of what it holds: our part, without added files.

    The record is what the build's files are written from, as an engine may write a literal in
    another form than it received; the engine's counts are compared with it at the end.
    """

    def __init__(self, engine: Engine, writer: EngineWriter, *, concludes: bool) -> None:
        """Take who answers queries of an empty graph, and who changes it.

        `concludes` says that rules may run there as updates; else what they conclude is read back
        and inserted.
        """
        self._engine, self._writer, self._concludes = engine, writer, concludes
        self._record = EmbeddedDraft()
        # How many statements rules concluded there that the record does not hold yet, by target.
        self._unread: dict[NamedNode, int] = {}

    def view(self, number: str = "draft", texts: SourceTexts | None = None) -> Store:
        """Return a store that queries it as it is at the time of each query."""
        return Store(number, self._engine, texts)

    def __len__(self) -> int:
        """Return how many quads there are."""
        return len(self._record)

    def quads(self) -> list[Quad]:
        """Return every quad, in any order."""
        return self._record.quads()

    def lines(self, folder: Path) -> Iterator[bytes]:
        """Yield every quad as a line of N-Quads, from the record."""
        return self._record.lines(folder)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        added = list(quads)
        self._record.add(added)
        self._writer.load(added)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads, those that are there."""
        removed = list(quads)
        self._record.remove(removed)
        self._writer.remove(removed)

    def conclude(self, rule: str, target: NamedNode) -> bool:
        """Run a CONSTRUCT over the default graph and add what that lacks, to the target too."""
        update = rule_update(rule, target) if self._concludes else ""
        if update:
            return self._conclude_by_update(tell_blank_nodes(update, GENID), target)
        concluded = [Quad(*triple) for triple in self.view().construct(rule)]
        fresh = [quad for quad in concluded if quad not in self._record.engine]
        self.add(in_graph(g, quad.triple) for g in (DefaultGraph(), target) for quad in fresh)
        return bool(fresh)

    def conclusions(self, target: NamedNode) -> list[Triple]:
        """Return what rules concluded, sorted: the triples of the target."""
        triples = self.view().graph(target)
        if self._unread.pop(target, 0):
            for graph in (DefaultGraph(), target):
                self._record.add(in_graph(graph, triple) for triple in triples)
        return triples

    def _conclude_by_update(self, update: str, target: NamedNode) -> bool:
        before = self._unread.get(target)
        if before is None:
            before = self._unread[target] = self._count(target)
        self._writer.update(update)
        self._unread[target] = self._count(target)
        return self._unread[target] > before

    def _count(self, graph: NamedNode) -> int:
        query = f"SELECT (COUNT(*) AS ?count) {{ GRAPH {graph} {{ ?s ?p ?o }} }}"
        (row,) = self.view().select(query)
        count = row["count"]
        if not isinstance(count, Literal):
            raise EngineFailed(f"the engine counts {graph.value} as {count}")
        return int(count.value)
