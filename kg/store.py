"""A read-only view of one build, with the graph in memory."""

from __future__ import annotations

import contextvars
import threading
import traceback
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from pathlib import Path
from typing import TypeAlias, TypeVar

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
    parse,
)

from kg.errors import BuildDamaged, BuildMissing, QueryError
from kg.formats import graph_format, result_format, write
from kg.manifest import ADDED, STORE, Manifest, number_of
from kg.outside import pour
from kg.query import query_error

Term: TypeAlias = NamedNode | Literal | BlankNode | Triple
Accept: TypeAlias = Callable[[bool], str]
_Answer: TypeAlias = QueryBoolean | QuerySolutions | QueryTriples
_T = TypeVar("_T")

# About 2.2 GB.
MEMORY_QUADS = 5_000_000
# Virtual memory, of which a query touches what it needs: the deepest that `kg.guard` lets pass
# needs less than an eighth of it.
STACK = 256 * 1024 * 1024
_stack_size = threading.Lock()


class Store:
    """One build: select, ask and construct for our own questions, execute for other people's."""

    def __init__(
        self, number: str, engine: pyoxigraph.Store | None = None, disk: Path | None = None
    ) -> None:
        """Take the build's number and the loaded engine, or the directory to read from."""
        self.number = number
        self._disk = disk
        self._opened = engine

    @property
    def _engine(self) -> pyoxigraph.Store:
        # Opened when first asked, so that a process may be forked before: opening takes 8 ms.
        if self._opened is None:
            self._opened = pyoxigraph.Store.read_only(str(self._disk))
        return self._opened

    @classmethod
    def open(cls, build: Path, most: int = MEMORY_QUADS) -> Store:
        """Open a build's directory: in memory up to `most` quads, beyond that from its disk.

        BuildMissing if it is not one, BuildDamaged if it is not as it was published.
        """
        try:
            body, told = (build / "dataset.nq").read_bytes(), (build / "manifest.json").read_text()
            manifest = Manifest.read(told)
        except (FileNotFoundError, NotADirectoryError) as error:
            raise BuildMissing(build) from error
        except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
            raise BuildDamaged(build) from error
        added, folder = manifest.added, build / ADDED
        whole = all(_size(folder / held.file) == held.size for held in added)
        if not whole or manifest.number != number_of(body, added):
            raise BuildDamaged(build)
        if manifest.size > most and (build / STORE).is_dir():
            return cls(manifest.number, disk=build / STORE)
        # The engine's own bulk_load would rename blank nodes at random.
        store = cls.of(parse(body, format=RdfFormat.N_QUADS), manifest.number)
        pour(store._engine, folder, added)
        return store

    @classmethod
    def of(cls, quads: Iterable[Quad], number: str = "test") -> Store:
        """Hold these quads; the default graph must be among them (see `kg.publish.dataset`)."""
        engine = pyoxigraph.Store()
        engine.bulk_extend(quads)
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

    def holders(self, triple: Triple) -> list[NamedNode]:
        """Return the named graphs that hold a triple."""
        quads = self._engine.quads_for_pattern(
            triple.subject, triple.predicate, triple.object, None
        )
        return [quad.graph_name for quad in quads if isinstance(quad.graph_name, NamedNode)]

    def graphs(self) -> list[NamedNode]:
        """Return the names of the graphs, sorted."""
        names = (name for name in self._engine.named_graphs() if isinstance(name, NamedNode))
        return sorted(names, key=str)

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

        def run() -> tuple[str, bytes]:
            answer = self._ask(query, {}, default_graphs, named_graphs)
            media_type = accept(isinstance(answer, QueryTriples))
            try:
                return media_type, _serialise(answer, media_type)
            except (OSError, RuntimeError, ValueError) as error:
                raise QueryError(str(error)) from error

        return _deep(run)

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
            raise query_error(error, query) from error
        except (OSError, RuntimeError, ValueError) as error:
            raise QueryError(str(error)) from error


class Deep(threading.Thread):
    """A thread whose stack is deep enough for what nests deeply; it does not outlast the rest."""

    def __init__(self, run: Callable[[], None]) -> None:
        """Take what the thread is to do."""
        super().__init__(target=run, daemon=True)

    def start(self) -> None:
        """Start with a stack of `STACK` bytes."""
        # The size is a setting of the process, which new threads take.
        with _stack_size:
            before = threading.stack_size(STACK)
            try:
                super().start()
            finally:
                threading.stack_size(before)


def _deep(run: Callable[[], _T]) -> _T:
    """Call a function in a deep thread: this one, or one of its own."""
    if isinstance(threading.current_thread(), Deep):
        return run()
    done: Future[_T] = Future()
    context = contextvars.copy_context()

    def work() -> None:
        try:
            done.set_result(context.run(run))
        except BaseException as error:  # noqa: BLE001 - the caller raises it again
            _drop_locals(error)
            done.set_exception(error)

    thread = Deep(work)
    thread.start()
    thread.join()
    return done.result()


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return -1


def _drop_locals(error: BaseException | None) -> None:
    # A half-read answer of the engine may only be let go in the thread that asked.
    while error is not None:
        traceback.clear_frames(error.__traceback__)
        error = error.__cause__ or error.__context__


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
