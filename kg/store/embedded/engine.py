"""The engine that holds a build in this process: pyoxigraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import TypeVar

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.errors import QueryError
from kg.sparql.dataset import graphs_in, reads_other_graphs
from kg.sparql.messages import query_error
from kg.store.embedded.merge import choose_dataset
from kg.store.engine import Answer, DatasetNames, QuadPattern, ReplicaStatus, Term
from kg.store.manifest import STORE
from kg.store.seal import Files

_T = TypeVar("_T")
# How the engine's messages begin when it cannot read its files.
_UNREADABLE = ("Corruption", "IO error")


class EmbeddedEngine:
    """Holds quads in memory, or reads them from a directory of the engine.

    Or it holds the default graph in memory, and reads the others from the directory.
    """

    in_process = True

    def __init__(
        self,
        opened: pyoxigraph.Store | None = None,
        disk: Path | None = None,
        default: pyoxigraph.Store | None = None,
    ) -> None:
        """Take the engine or its directory, and an engine that holds the default graph alone.

        `files` are what a failure to read is noted with.
        """
        self.files = Files(Path(), {})
        self._opened, self._disk, self._default = opened, disk, default

    @classmethod
    def of(cls, quads: Iterable[Quad]) -> EmbeddedEngine:
        """Hold these quads in memory."""
        engine = pyoxigraph.Store()
        engine.bulk_extend(quads)
        return cls(engine)

    @property
    def in_memory(self) -> bool:
        """Whether the graph, or its default graph, is in the memory of this process."""
        return self._disk is None or self._default is not None

    @property
    def opened(self) -> pyoxigraph.Store:
        """The engine, opened at first use.

        So a process may be forked before: opening takes 8 ms.
        """
        if self._opened is None:
            try:
                self._opened = pyoxigraph.Store.read_only(str(self._disk))
            except (OSError, RuntimeError) as error:
                raise self.failure(error, error) from error
        return self._opened

    def replicas(self) -> list[ReplicaStatus]:
        """Return none: no other process answers."""
        return []

    def query(
        self, text: str, terms: Mapping[str, Term], dataset: DatasetNames, base: str
    ) -> Answer:
        """Answer a query; QueryError says what is wrong and where."""
        default_only = self._default is not None and not (any(dataset) or reads_other_graphs(text))
        engine = self._default if self._default is not None and default_only else self.opened
        try:
            chosen = choose_dataset(engine, dataset, lambda: graphs_in(text, base))
            return chosen.engine.query(
                text,
                base_iri=base or None,
                substitutions={pyoxigraph.Variable(name): term for name, term in terms.items()},
                default_graph=chosen.default,
                named_graphs=chosen.named,
            )
        except SyntaxError as error:
            raise query_error(error, text) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise self.failure(error, QueryError(str(error))) from error

    def quads(self, patterns: Sequence[QuadPattern], limit: int | None = None) -> list[list[Quad]]:
        """Return the quads of each pattern, at most `limit` of each, in the patterns' order."""
        find = self._find
        return self._read(lambda: [list(islice(find(each), limit)) for each in patterns])

    def _find(self, pattern: QuadPattern) -> Iterator[Quad]:
        is_default = self._default is not None and isinstance(pattern.graph, DefaultGraph)
        engine = self._default if self._default is not None and is_default else self.opened
        return engine.quads_for_pattern(*pattern)  # type: ignore[arg-type]

    def count(self, graph: NamedNode, most: int) -> int:
        """Count the triples of a named graph, up to `most`."""
        find = self.opened.quads_for_pattern
        return self._read(lambda: sum(1 for _ in islice(find(None, None, None, graph), most)))

    def named_graphs(self) -> list[NamedNode]:
        """Return the names of the graphs; a blank node is none that a query could have."""
        names = self._read(lambda: list(self.opened.named_graphs()))
        return [name for name in names if isinstance(name, NamedNode)]

    def _read(self, read: Callable[[], _T]) -> _T:
        try:
            return read()
        except (OSError, RuntimeError) as error:
            raise self.failure(error, error) from error

    def failure(self, error: Exception, otherwise: Exception) -> Exception:
        """Return the damage that an error of the engine is due to, else the other error."""
        damaged = self._disk and str(error).startswith(_UNREADABLE)
        return self.files.failed(f"{STORE} cannot be read ({error})") if damaged else otherwise
