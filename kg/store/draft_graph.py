"""The graph of a build while it is made: what each step queries, adds to and takes from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, Triple

from kg.model.named_graphs import in_graph
from kg.model.source_texts import SourceTexts
from kg.store.embedded.engine import EmbeddedEngine
from kg.store.store import Store


class DraftGraph(Protocol):
    """What the steps of a build need of a graph, wherever it stands."""

    def view(self, number: str = "draft", texts: SourceTexts | None = None) -> Store:
        """Return a store that queries it as it is at the time of each query."""

    def __len__(self) -> int:
        """Return how many quads there are."""

    def quads(self) -> list[Quad]:
        """Return every quad, in any order."""

    def lines(self, folder: Path) -> Iterator[bytes]:
        """Yield every quad as a line of N-Quads, in any order; files in a folder may be made."""

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads, those that are there."""

    def conclude(self, rule: str, target: NamedNode) -> bool:
        """Run a CONSTRUCT over the default graph; tell whether that lacked any of its triples.

        These are added to it, and to the target. QueryError says what is wrong with the query.
        """

    def conclusions(self, target: NamedNode) -> list[Triple]:
        """Return what rules concluded, sorted: the triples of the target."""


class EmbeddedDraft:
    """A graph in this process: in its memory, or in files of the engine."""

    def __init__(self, quads: Iterable[Quad] = (), disk: Path | None = None) -> None:
        """Hold these quads; the default graph must be among them (`with_default_graph`)."""
        self.engine = pyoxigraph.Store(disk) if disk else pyoxigraph.Store()
        self.engine.bulk_extend(quads)

    def view(self, number: str = "draft", texts: SourceTexts | None = None) -> Store:
        """Return a store that queries it as it is at the time of each query."""
        return Store(number, EmbeddedEngine(self.engine), texts)

    def __len__(self) -> int:
        """Return how many quads there are."""
        return len(self.engine)

    def quads(self) -> list[Quad]:
        """Return every quad, in any order."""
        return list(self.engine)

    def lines(self, folder: Path) -> Iterator[bytes]:
        """Yield every quad as a line of N-Quads, from a file that the engine writes."""
        path = folder / "quads.nq"
        try:
            self.engine.dump(path, RdfFormat.N_QUADS)
            with path.open("rb") as file:
                yield from file
        finally:
            path.unlink(missing_ok=True)

    def add(self, quads: Iterable[Quad]) -> None:
        """Add quads."""
        self.engine.extend(quads)

    def remove(self, quads: Iterable[Quad]) -> None:
        """Remove quads, those that are there."""
        for quad in quads:
            self.engine.remove(quad)

    def conclude(self, rule: str, target: NamedNode) -> bool:
        """Run a CONSTRUCT over the default graph and add what that lacks, to the target too."""
        concluded = [Quad(*triple) for triple in self.view().construct(rule)]
        # A conclusion that a source states too stays the source's: the target does not hold it.
        fresh = [quad for quad in concluded if quad not in self.engine]
        for graph in (DefaultGraph(), target):
            self.engine.extend(in_graph(graph, quad.triple) for quad in fresh)
        return bool(fresh)

    def conclusions(self, target: NamedNode) -> list[Triple]:
        """Return what rules concluded, sorted: the triples of the target."""
        return self.view().graph(target)
