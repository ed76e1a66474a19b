"""RDF of others, taken into a build beside our own graph: a graph for each file, unchecked."""

from __future__ import annotations

import gzip
import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.errors import KGError
from kg.prefixes import BASE, GRAPH
from kg.syntax import source_error

Tell = Callable[[int], None]

_STEP = 200_000
_PIECE = 1 << 20
_SYNTAXES = {
    ".ttl": RdfFormat.TURTLE,
    ".nt": RdfFormat.N_TRIPLES,
    ".n3": RdfFormat.N3,
    ".rdf": RdfFormat.RDF_XML,
    ".xml": RdfFormat.RDF_XML,
    ".owl": RdfFormat.RDF_XML,
    ".jsonld": RdfFormat.JSON_LD,
    ".trig": RdfFormat.TRIG,
    ".nq": RdfFormat.N_QUADS,
}


@dataclass(frozen=True)
class Addition:
    """A file to take in, and the graph that its triples go to."""

    path: Path
    graph: str

    @classmethod
    def of(cls, said: str) -> Addition:
        """Read FILE or FILE=GRAPH-IRI; KGError if that cannot be a file or a graph.

        >>> Addition.of("data/un.ttl.gz").graph
        'https://w3id.org/aide-memoire/graph/added/un'
        """
        name, _, graph = said.partition("=")
        path = Path(name)
        stem = re.sub(r"[^A-Za-z0-9_.-]", "-", path.name.partition(".")[0])
        graph = graph or f"{GRAPH}added/{stem}"
        if graph.startswith(BASE) and not graph.startswith(f"{GRAPH}added/"):
            raise KGError(f"the graph {graph} is ours; choose another for {path}: {name}=IRI")
        try:
            NamedNode(graph)
        except ValueError as error:
            raise KGError(f"“{graph}” cannot name a graph: it is not an absolute IRI") from error
        return cls(path, graph)


@dataclass(frozen=True)
class Held:
    """A file as a build holds it: N-Triples, or N-Quads if it names graphs of its own.

    `plain` says that it has no blank node, so that it may be read twice. `size` is in bytes.
    """

    file: str
    graph: str
    statements: int
    sha256: str
    size: int
    plain: bool


def take_in(addition: Addition, number: int, folder: Path, tell: Tell = lambda _: None) -> Held:
    """Write a file's statements into a folder, its blank nodes renamed to be nobody else's.

    SourceError says where a file is not what its name says; KGError if the name says nothing, or
    there is no such file. `tell` is told how many statements were read, at times.
    """
    syntax = _syntax(addition.path)
    quads = syntax in (RdfFormat.TRIG, RdfFormat.N_QUADS)
    target = folder / f"{number}{'.nq' if quads else '.nt'}"
    counted = _Counted(tell)
    try:
        with _opened(addition.path) as source:
            read = counted.of(parse(source, format=syntax, base_iri=f"file:///{number}"))
            if quads:
                form, kept = RdfFormat.N_QUADS, _graphs(read, number, addition)
                serialize(kept, output=str(target), format=form)
            else:
                triples = (_renamed(quad, number).triple for quad in read)
                serialize(triples, output=str(target), format=RdfFormat.N_TRIPLES)
    except SyntaxError as error:
        raise source_error(str(addition.path), error) from error
    except EOFError as error:
        raise KGError(f"{addition.path}: the file ends before its gzip stream does") from error
    if not counted.number:
        raise KGError(f"{addition.path} holds not one statement")
    digest, size = _digest(target)
    return Held(target.name, addition.graph, counted.number, digest, size, not counted.blank)


def pour(engine: pyoxigraph.Store, folder: Path, held: Iterable[Held]) -> None:
    """Load what a build holds into an engine: each into its graph, and into the default graph."""
    for one in held:
        path = folder / one.file
        if one.plain and path.suffix == ".nt":
            for graph in (NamedNode(one.graph), None):
                engine.bulk_load(path=str(path), format=RdfFormat.N_TRIPLES, to_graph=graph)
        else:
            # Read once: each reading by the engine's own loader would make other blank nodes.
            engine.bulk_extend(_both(path, NamedNode(one.graph)))


def _both(path: Path, graph: NamedNode) -> Iterator[Quad]:
    syntax = _SYNTAXES[path.suffix]
    for quad in parse(path=str(path), format=syntax):
        name = graph if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
        yield Quad(quad.subject, quad.predicate, quad.object, name)
        yield Quad(quad.subject, quad.predicate, quad.object)


class _Counted:
    """Counts what passes, and notes whether a blank node did."""

    def __init__(self, tell: Tell) -> None:
        self.number, self.blank, self._tell = 0, False, tell

    def of(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for self.number, quad in enumerate(quads, 1):
            if not self.blank:
                self.blank = any(isinstance(term, BlankNode) for term in quad)
            if not self.number % _STEP:
                self._tell(self.number)
            yield quad


def _graphs(quads: Iterable[Quad], number: int, addition: Addition) -> Iterator[Quad]:
    for quad in quads:
        name = quad.graph_name
        if isinstance(name, NamedNode) and name.value.startswith(BASE):
            raise KGError(f"{addition.path} names the graph {name.value}, which is ours")
        yield _renamed(quad, number)


def _renamed(quad: Quad, number: int) -> Quad:
    if not any(isinstance(term, (BlankNode, Triple)) for term in quad):
        return quad
    return Quad(*(_own(term, number) for term in quad))  # type: ignore[arg-type]


def _own(term: object, number: int) -> object:
    if isinstance(term, BlankNode):
        return BlankNode(f"added{number}x{term.value}")
    if isinstance(term, Triple):
        return Triple(*(_own(part, number) for part in term))  # type: ignore[arg-type]
    return term


def _syntax(path: Path) -> RdfFormat:
    suffix = Path(path.name.removesuffix(".gz")).suffix.lower()
    if suffix not in _SYNTAXES:
        known = " ".join(_SYNTAXES)
        raise KGError(f"{path}: its name does not tell its syntax; known: {known}, also .gz")
    if not path.is_file():
        raise KGError(f"there is no file {path}")
    return _SYNTAXES[suffix]


def _opened(path: Path) -> IO[bytes]:
    return cast("IO[bytes]", gzip.open(path)) if path.suffix == ".gz" else path.open("rb")


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
