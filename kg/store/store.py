"""A read-only view of one build, with the graph in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from itertools import islice
from pathlib import Path
from typing import TypeAlias, TypeVar

import pyoxigraph
from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    Triple,
)

from kg.model.errors import BuildDamaged, QueryError
from kg.model.source_texts import SourceTexts, tree_texts
from kg.sparql.dataset import graphs_in
from kg.sparql.messages import query_error
from kg.store.added_files import AddedFile, load_added
from kg.store.deep_stack import deep
from kg.store.manifest import ADDED, STORE, Manifest, read_contents
from kg.store.merge import DatasetNames, choose_dataset
from kg.store.results import Solution, serialise
from kg.store.seal import Files

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
Accept: TypeAlias = Callable[[bool], str]
_Graph: TypeAlias = NamedNode | BlankNode | DefaultGraph
_T = TypeVar("_T")

MEMORY_QUADS = 5_000_000  # about 2.2 GB
# How the engine's messages begin when it cannot read its files.
_UNREADABLE = ("Corruption", "IO error")


class Store:
    """One build: select, ask and construct for queries of this code, execute for the public's."""

    def __init__(
        self,
        number: str,
        engine: pyoxigraph.Store | None = None,
        disk: Path | None = None,
        texts: SourceTexts | None = None,
    ) -> None:
        """Take the number, the engine or its directory, and the texts (else the tree's)."""
        self.number = number
        self.texts = texts or tree_texts()
        self.folder: Path | None = None
        self.added: tuple[AddedFile, ...] = ()
        self._complete: Callable[[], Store] | None = None
        self.files = Files(Path(), {})
        self._disk, self._opened, self.in_memory = disk, engine, disk is None

    @property
    def _engine(self) -> pyoxigraph.Store:
        # Opened at first use, so that a process may be forked before: opening takes 8 ms.
        if self._opened is None:
            try:
                self._opened = pyoxigraph.Store.read_only(str(self._disk))
            except (OSError, RuntimeError) as error:
                raise self._failure(error, error) from error
        return self._opened

    @classmethod
    def open(cls, build: Path, most: int = MEMORY_QUADS, *, ours: bool = False) -> Store:
        """Open a build: in memory up to `most` quads, else on disk; errors of `read_contents`.

        `ours` leaves third-party files out, which `complete` then opens.
        """
        contents = read_contents(build)
        manifest, texts = contents.manifest, contents.texts
        if not ours and manifest.size > most and (build / STORE).is_dir():
            return cls(manifest.number, disk=build / STORE, texts=texts)._at(build, manifest)
        try:
            # The engine's bulk_load would rename blank nodes at random.
            quads = pyoxigraph.parse(contents.dataset, format=pyoxigraph.RdfFormat.N_QUADS)
            store = cls.of(quads, manifest.number, texts)
            if ours and manifest.added:
                store._complete = cache(lambda: cls.open(build, most))
            else:
                load_added(store._engine, build / ADDED, manifest.added)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            raise BuildDamaged(build, f"it cannot be loaded ({error})") from error
        return store._at(build, manifest)

    def _at(self, build: Path, manifest: Manifest) -> Store:
        # What a store in memory was loaded from is not read again.
        read = ("index-", STORE) if self._disk else ("index-",)
        used = {name: one for name, one in manifest.files.items() if name.startswith(read)}
        self.folder, self.files, self.added = build, Files(build, used), manifest.added
        return self

    @property
    def complete(self) -> Store:
        """Return the build with its third-party files, opened at first use."""
        return self._complete() if self._complete else self

    def _failure(self, error: Exception, otherwise: Exception) -> Exception:
        damaged = self._disk and str(error).startswith(_UNREADABLE)
        return self.files.failed(f"{STORE} cannot be read ({error})") if damaged else otherwise

    @classmethod
    def of(
        cls, quads: Iterable[Quad], number: str = "test", texts: SourceTexts | None = None
    ) -> Store:
        """Hold these quads; the default graph must be among them (`with_default_graph`)."""
        engine = pyoxigraph.Store()
        engine.bulk_extend(quads)
        return cls(number, engine, texts=texts)

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

    def objects(self, subject: NamedNode, predicate: NamedNode, limit: int) -> list[Term]:
        """Return at most so many values of a property in the default graph, as they come."""
        quads = self._quads(subject, predicate, None, DefaultGraph(), limit=limit)
        return [quad.object for quad in quads]

    def quads_around(
        self,
        node: NamedNode | BlankNode,
        outwards: bool,
        predicate: NamedNode | None = None,
        graph: NamedNode | None = None,
        limit: int | None = None,
    ) -> list[Quad]:
        """Return quads that start from a node or end there: of a property, of a graph, or all."""
        start, end = (node, None) if outwards else (None, node)
        return self._quads(start, predicate, end, graph, limit=limit)

    def between(self, subject: Term, value: Term) -> list[Quad]:
        """Return every quad that links one node to another; none starts from a literal."""
        if not isinstance(subject, NamedNode | BlankNode):
            return []
        return self._quads(subject, None, value, None)

    def subjects(self, predicate: NamedNode, value: Term, limit: int) -> list[Term]:
        """Return at most so many subjects with a value of a property in the default graph."""
        quads = self._quads(None, predicate, value, DefaultGraph(), limit=limit)
        return [quad.subject for quad in quads]

    def graph(self, name: NamedNode) -> list[Triple]:
        """Return the triples of one named graph, sorted; none if there is no such graph."""
        return sorted((quad.triple for quad in self._quads(None, None, None, name)), key=str)

    def count(self, name: NamedNode, most: int) -> int:
        """Count the triples of a named graph, up to `most`."""
        return sum(1 for _ in islice(self._engine.quads_for_pattern(None, None, None, name), most))

    def graphs_containing(self, triple: Triple) -> list[NamedNode]:
        """Return the named graphs that hold a triple."""
        quads = self._quads(triple.subject, triple.predicate, triple.object, None)
        return [quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)]

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted."""
        names = self._read(self._engine.named_graphs)
        return sorted((name for name in names if isinstance(name, NamedNode)), key=str)

    def quads(self) -> list[Quad]:
        """Return every quad of the build, the default graph's too."""
        return self._quads(None, None, None, None)

    def _quads(self, *pattern: Term | _Graph | None, limit: int | None = None) -> list[Quad]:
        return self._read(lambda: self._engine.quads_for_pattern(*pattern), limit)  # type: ignore[arg-type]

    def _read(self, read: Callable[[], Iterable[_T]], limit: int | None = None) -> list[_T]:
        try:
            return list(islice(read(), limit))
        except (OSError, RuntimeError) as error:
            raise self._failure(error, error) from error

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
            answer = self._ask(query, {}, (default_graphs, named_graphs), base)
            media_type = accept(isinstance(answer, QueryTriples))
            try:
                return media_type, serialise(answer, media_type)
            except (OSError, RuntimeError, ValueError) as error:
                raise self._failure(error, QueryError(str(error))) from error

        return deep(run) if nests else run()

    def _ask(
        self, query: str, terms: dict[str, Term], stated: DatasetNames = ((), ()), base: str = ""
    ) -> Solution:
        engine = self._engine
        try:
            chosen = choose_dataset(engine, stated, lambda: graphs_in(query, base))
            return chosen.engine.query(
                query,
                base_iri=base or None,
                substitutions={pyoxigraph.Variable(name): term for name, term in terms.items()},
                default_graph=chosen.default,
                named_graphs=chosen.named,
            )
        except SyntaxError as error:
            raise query_error(error, query) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise self._failure(error, QueryError(str(error))) from error
