"""A read-only view of one build, whichever engine holds its graph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import _lru_cache_wrapper, cache
from math import inf
from pathlib import Path
from typing import TypeAlias

import pyoxigraph
from pyoxigraph import Quad, QueryBoolean, QuerySolutions, Triple

from kg.model.errors import BuildDamaged, QueryError
from kg.model.source_texts import SourceTexts, tree_texts
from kg.store.added_files import AddedFile, load_added
from kg.store.embedded.deep_stack import deep
from kg.store.embedded.default_graph import load_default_graph
from kg.store.embedded.engine import EmbeddedEngine
from kg.store.engine import ANY_DATASET, Engine, ReplicaStatus, Term
from kg.store.manifest import (
    ADDED,
    REMOTE,
    STORE,
    STORE_OF_OURS,
    BuildContents,
    Manifest,
    read_contents,
)
from kg.store.quad_reader import QuadReader
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.opening import engine_holding
from kg.store.results import rows_by_name, serialise
from kg.store.seal import SMALL, Files

__all__ = ("MEMORY_QUADS", "Accept", "Store", "Term")

Accept: TypeAlias = Callable[[bool], str]

MEMORY_QUADS = 5_000_000  # about 0.9 GB, of the default graph alone


class Store(QuadReader):
    """One build: select, ask and construct for queries of this code, execute for the public's."""

    def __init__(self, number: str, engine: Engine, texts: SourceTexts | None = None) -> None:
        """Take the number, the engine that holds the graph, and the texts (else the tree's)."""
        super().__init__(engine)
        self.number = number
        self.texts = texts or tree_texts()
        self.folder: Path | None = None
        self.added: tuple[AddedFile, ...] = ()
        self.files = Files(Path(), {})
        self.in_memory, self.in_process = engine.in_memory, engine.in_process
        self._complete: _lru_cache_wrapper[Store] | None = None
        self._replicas = engine.replicas

    @classmethod
    def open(
        cls,
        build: Path,
        most: int = MEMORY_QUADS,
        *,
        ours: bool = False,
        settings: EngineSettings | None = None,
    ) -> Store:
        """Open a build: in memory up to `most` quads, else on disk; errors of `read_contents`.

        Of a build that has the engine's files, memory holds the default graph alone.

        Where an engine of KG_STORE, or of other settings, holds it, that is asked instead;
        EngineUnavailable if none does and the build holds no graph itself. `ours` leaves
        third-party files out, which `complete` then opens.
        """
        here = _Here.of(build, most, ours)
        manifest, texts = here.contents.manifest, here.contents.texts
        needed = manifest.store == REMOTE
        engine = engine_holding(manifest.number, needed=needed, settings=settings)
        complete = engine and cls(manifest.number, engine, texts).at(build, manifest)
        if not (ours and manifest.added):
            return complete or cls._open_here(here)
        # Without third-party files a graph is small, and an engine has it together with them.
        store = cls._open_here(here)
        if complete:
            store.completed_by(lambda: complete, complete.replicas)
        else:
            store.completed_by(lambda: cls.open(build, most, settings=settings))
        return store

    @classmethod
    def _open_here(cls, here: _Here) -> Store:
        engine, disk = here.engine(), here.disk
        reads = ("index-", disk.name) if disk else ("index-",)
        contents = here.contents
        store = cls(contents.manifest.number, engine, contents.texts)
        store.at(here.build, contents.manifest, reads=reads)
        engine.files = store.files
        return store

    def at(self, build: Path, manifest: Manifest, reads: tuple[str, ...] = ("index-",)) -> Store:
        """Say which build this is, and how the files begin that it goes on reading there."""
        used = {name: digest for name, digest in manifest.files.items() if name.startswith(reads)}
        self.folder, self.files, self.added = build, Files(build, used), manifest.added
        return self

    def completed_by(
        self,
        open_complete: Callable[[], Store],
        replicas: Callable[[], list[ReplicaStatus]] | None = None,
    ) -> None:
        """Say how to open the build with its third-party files, which this store leaves out.

        `replicas` tells of the servers that hold it, where there are any.
        """
        self._complete = cache(open_complete)
        self._replicas = replicas or self._replicas

    @property
    def complete(self) -> Store:
        """Return the build with its third-party files, opened at first use."""
        return self._complete() if self._complete else self

    @property
    def complete_at_hand(self) -> Store | None:
        """Return `complete` if it is open already: else that may take a second."""
        opened = not self._complete or self._complete.cache_info().currsize
        return self.complete if opened else None

    @classmethod
    def of(
        cls, quads: Iterable[Quad], number: str = "test", texts: SourceTexts | None = None
    ) -> Store:
        """Hold these quads; the default graph must be among them (`with_default_graph`)."""
        return cls(number, EmbeddedEngine.of(quads), texts)

    def replicas(self) -> list[ReplicaStatus]:
        """Return the servers that may answer, and why any of them is not used; none in process."""
        return self._replicas()

    def select(self, query: str, **terms: Term) -> list[dict[str, Term]]:
        """Return the rows of a SELECT; `terms` bind its variables, unbound ones are left out."""
        rows = self._engine.query(query, terms, ANY_DATASET, "")
        if not isinstance(rows, QuerySolutions):
            raise QueryError("this is not a SELECT query")
        try:
            return rows_by_name(rows)
        except (OSError, RuntimeError, SyntaxError, ValueError) as error:
            raise self._engine.failure(error, QueryError(str(error))) from error

    def ask(self, query: str, **terms: Term) -> bool:
        """Return the answer to an ASK; `terms` bind its variables."""
        answer = self._engine.query(query, terms, ANY_DATASET, "")
        if not isinstance(answer, QueryBoolean):
            raise QueryError("this is not an ASK query")
        return bool(answer)

    def construct(self, query: str, **terms: Term) -> list[Triple]:
        """Return the triples of a CONSTRUCT or DESCRIBE, each once; `terms` bind variables."""
        triples = self._engine.query(query, terms, ANY_DATASET, "")
        if isinstance(triples, QueryBoolean | QuerySolutions):
            raise QueryError("this is neither a CONSTRUCT nor a DESCRIBE query")
        return list(dict.fromkeys(triples))

    def execute(
        self,
        query: str,
        accept: Accept,
        default_graphs: Sequence[str] = (),
        named_graphs: Sequence[str] = (),
        *,
        base: str = "",
        nests: bool = True,
    ) -> tuple[str, bytes]:
        """Answer anybody's query in the media type that `accept` picks.

        `accept` receives whether the answer is a graph (CONSTRUCT, DESCRIBE) and returns one of the
        media types of `kg.model.formats`. The graph lists are the dataset of the SPARQL 1.1
        Protocol (2.1.4); relative IRIs are so to `base`. A query that `nests` runs on a deep
        stack. Returns the media type and the body; QueryError says what is wrong and where.
        """

        def run() -> tuple[str, bytes]:
            answer = self._engine.query(query, {}, (default_graphs, named_graphs), base)
            media_type = accept(not isinstance(answer, QueryBoolean | QuerySolutions))
            try:
                return media_type, serialise(answer, media_type)
            except (OSError, RuntimeError, ValueError) as error:
                raise self._engine.failure(error, QueryError(str(error))) from error

        return deep(run) if nests else run()


@dataclass(frozen=True)
class _Here:
    """A build that an engine in this process is to hold; `disk` are that engine's files."""

    build: Path
    contents: BuildContents
    disk: Path | None
    on_disk: bool
    ours: bool

    @classmethod
    def of(cls, build: Path, most: int, ours: bool) -> _Here:
        """Read what a build holds; errors of `read_contents`."""
        manifest = Manifest.of(build)
        disk = build / (STORE_OF_OURS if ours and manifest.added else STORE)
        on_disk = disk.is_dir() and (manifest.quads if ours else manifest.size) > most
        contents = read_contents(build, SMALL if on_disk else inf)
        return cls(build, contents, disk if disk.is_dir() else None, on_disk, ours)

    def engine(self) -> EmbeddedEngine:
        """Open it; BuildDamaged if it cannot be loaded into memory."""
        if self.disk and self.on_disk:
            return EmbeddedEngine(disk=self.disk)
        try:
            if self.disk:
                default = load_default_graph(self.build, self.contents, ours=self.ours)
                return EmbeddedEngine(disk=self.disk, default=default)
            # The engine's bulk_load would rename blank nodes at random.
            syntax = pyoxigraph.RdfFormat.N_QUADS
            engine = EmbeddedEngine.of(pyoxigraph.parse(path=self.contents.dataset, format=syntax))
            if not self.ours:
                load_added(engine.opened, self.build / ADDED, self.contents.manifest.added)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise BuildDamaged(self.build, f"it cannot be loaded ({error})") from error
        return engine
