"""A build on a SPARQL engine: from an engine that holds another, or none, to one that holds it.

An engine says in its marker which build it holds. The marker is removed before anything changes
and written when all is there and counted: an engine in the middle of a load holds no build.
"""

from __future__ import annotations

import shutil
import time
import uuid
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model.named_graphs import in_graph
from kg.pipeline.lock import exclusive
from kg.pipeline.progress import BEGUN, Progress
from kg.pipeline.remote.engine_writer import EngineWriter
from kg.pipeline.remote.file_counts import ExpectedCount, expected_counts
from kg.pipeline.remote.holdings import refuse_current, refuse_foreign
from kg.pipeline.remote.remote_draft import RemoteDraft
from kg.pipeline.remote.trusted_engine import TrustedEngine
from kg.pipeline.remote.verification import count_graphs, verify_counts
from kg.store.added_files import AddedFile, added_quads
from kg.store.manifest import PAGES_QUADS, Manifest
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.dialects import Dialect
from kg.store.remote.errors import EngineFailed, EngineUnavailable
from kg.store.remote.http_client import EngineLost
from kg.store.remote.marker import MARKER, OURS_GRAPH, BuildMarker, removal
from kg.store.remote.opening import build_at, open_endpoint
from kg.store.remote.query_bounds import bounded
from kg.store.remote.replicas import DRAIN_SECONDS

_LOCK = ".lock-remote"
# What a query of the build may take: as much as it takes to count what was added.
_SECONDS, _BYTES = 86_400.0, 10**10
_LOADING = NamedNode(f"{MARKER.value}#loading")


@dataclass(frozen=True)
class EngineToLoad:
    """A SPARQL engine to load with a build, by the URL of its queries.

    `replace` accepts that it holds what is served, or what is no build. What it holds is withdrawn
    `drain` seconds before it changes: then no server reads it any more.
    """

    url: str
    replace: bool = False
    drain: float = DRAIN_SECONDS


class RemoteBuild(RemoteDraft):
    """The graph of a build while an engine is loaded with it."""

    def __init__(self, engine: TrustedEngine, writer: EngineWriter, dialect: Dialect) -> None:
        """Take who answers queries, who changes what it holds, and what is particular to it."""
        # Where queries are written anew for an engine, an update would not be.
        super().__init__(engine, writer, concludes=not dialect.default_graph)
        # Two loads of one engine do not see each other's locks, if two machines run them.
        self._load = Literal(uuid.uuid4().hex)

    @property
    def is_loading(self) -> bool:
        """Whether a load was begun there, and not completed."""
        return self._is_noted("?load")

    def withdraw(self) -> None:
        """Remove the marker: no server begins to use the engine any more."""
        self._writer.update(removal())

    def begin(self) -> None:
        """Remove what the engine holds."""
        note = f"INSERT DATA {{ GRAPH {MARKER} {{ {MARKER} {_LOADING} {self._load} }} }}"
        self._writer.update(note)
        self._writer.clear(self.view().graphs())
        # Again, as it was removed with the rest.
        self._writer.update(note)

    def complete(self, folder: Path, manifest: Manifest, progress: Progress) -> None:
        """Add the files of a folder, compare what is held with what was sent, write the marker."""
        ours, added = count_graphs(self.quads()), dict[str, ExpectedCount]()
        if manifest.added:
            default = [quad for quad in self.quads() if isinstance(quad.graph_name, DefaultGraph)]
            self._writer.load(in_graph(OURS_GRAPH, quad.triple) for quad in default)
        for file in manifest.added:
            self._add(folder, file, progress)
            for name, count in expected_counts(folder / file.file, file.graph).items():
                expected = added.setdefault(name, ExpectedCount())
                expected.statements += count.statements
                expected.alike += count.alike
        progress("verify", BEGUN)
        store = self.view(manifest.number)
        verify_counts(store, ours, added)
        if not self._is_noted(str(self._load)):
            raise EngineFailed("another build was loaded there at the same time")
        self._writer.update(BuildMarker(manifest.number, manifest.quads, tuple(added)).update())
        if manifest.size > PAGES_QUADS:
            # The engine has them; a copy of 100 million statements takes 15 GB.
            shutil.rmtree(folder, ignore_errors=True)
        progress("verify", f"{len(ours) + len(added):,} graphs as they were sent")

    def _is_noted(self, load: str) -> bool:
        pattern = f"GRAPH {MARKER} {{ {MARKER} {_LOADING} {load} }}"
        return self.view().ask(f"ASK FROM NAMED {MARKER} {{ {pattern} }}")

    def _add(self, folder: Path, file: AddedFile, progress: Progress) -> None:
        quads: Iterable[Quad] = added_quads(folder / file.file, NamedNode(file.graph))
        # Each statement stands in its graph and in the default graph.
        self._writer.load(quads, lambda sent: progress("store", f"{sent // 2:,} added…"))
        progress("store", f"{file.statements:,} statements into <{file.graph}>")


@contextmanager
def remote_build(load: EngineToLoad, builds: Path, progress: Progress) -> Iterator[RemoteBuild]:
    """Yield an empty graph on an engine, to be filled and completed.

    KGError, with the URL, for whatever goes wrong there, and if the engine holds the current build
    of `builds` and no other does, or graphs that no build of ours left.
    """
    builds.mkdir(parents=True, exist_ok=True)
    settings = EngineSettings.of().at(load.url)
    with (
        exclusive(builds, lambda words: progress("store", words), _LOCK),
        _blaming(load.url),
        bounded(_SECONDS, _BYTES),
    ):
        endpoint, dialect = open_endpoint(settings.addresses[0], settings)
        with closing(endpoint):
            engine = TrustedEngine(endpoint, dialect)
            graph = RemoteBuild(engine, EngineWriter(endpoint, dialect), dialect)
            marker = build_at(engine)
            if not load.replace:
                refuse_foreign(engine, load.url, marker, graph.is_loading)
                refuse_current(load.url, marker, builds)
            with _leaving_nothing(load.url, progress):
                graph.withdraw()
                if marker:
                    _drain(load, marker.number, progress)
                graph.begin()
                yield graph


def _drain(load: EngineToLoad, number: str, progress: Progress) -> None:
    progress("store", f"build {number} is withdrawn; servers read it for {load.drain:g} s more…")
    time.sleep(load.drain)


@contextmanager
def _blaming(url: str) -> Iterator[None]:
    """Say which engine failed, where its error does not."""
    try:
        yield
    except (EngineLost, EngineUnavailable, EngineFailed) as error:
        words = str(error)
        raise EngineFailed(words if url in words else f"{url}: {words}") from error


@contextmanager
def _leaving_nothing(url: str, progress: Progress) -> Iterator[None]:
    try:
        yield
    except BaseException:
        progress("store", f"{url} holds no build now; what is current stays so")
        raise
