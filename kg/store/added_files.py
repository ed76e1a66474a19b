"""Third-party files of a build: each in a graph named for it, and in the default graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad, RdfFormat, parse

# Lines that may have a blank node: some literals have these characters too.
_BLANK = b"_:"
# Statements that are loaded at once. The engine holds a load in memory until it is complete: of
# 2.3 million quads it takes 2.1 GB at once, and 0.4 GB in parts, for a tenth more time.
_PART = 300_000


@dataclass(frozen=True)
class AddedSource:
    """Where the statements of an added file are from.

    `name` is that of the file, or the address that it was fetched from on a `day`; `mapping` the
    metadata by which a table was read. The hashes are of the files as they were read.
    """

    name: str
    sha256: str
    day: str = ""
    mapping: str = ""
    mapping_sha256: str = ""


@dataclass(frozen=True)
class AddedFile:
    """A third-party file in a build: N-Triples, or N-Quads if it names graphs itself.

    `plain` says that it has no blank node, so that it may be read twice. `size` is in bytes.
    `source` makes no difference to what a build holds: the same data may be fetched on any day.
    """

    file: str
    graph: str
    statements: int
    sha256: str
    size: int
    plain: bool
    source: AddedSource | None = field(default=None, compare=False)

    @classmethod
    def of(cls, fields: Mapping[str, Any]) -> AddedFile:
        """Read it from a manifest; TypeError if it has other fields."""
        source = fields.get("source")
        return cls(**{**fields, "source": AddedSource(**source) if source else None})


def load_dataset(engine: pyoxigraph.Store, path: Path, part: int = _PART) -> None:
    """Load a file of canonical N-Quads into an engine, so many lines at once.

    Its blank nodes keep their names.
    """
    with path.open("rb") as lines:
        load_lines(engine, lines, part)


def load_lines(engine: pyoxigraph.Store, lines: Iterable[bytes], part: int) -> None:
    """Load lines of canonical N-Quads into an engine, as `load_dataset` does."""
    lines = iter(lines)
    while chunk := list(islice(lines, part)):
        # The engine's loader would rename blank nodes at random, so it gets the other lines.
        plain = b"".join(line for line in chunk if _BLANK not in line)
        engine.bulk_load(plain, format=RdfFormat.N_QUADS)
        blank = b"".join(line for line in chunk if _BLANK in line)
        engine.bulk_extend(parse(blank, format=RdfFormat.N_QUADS))


def load_added(
    engine: pyoxigraph.Store,
    folder: Path,
    files: Iterable[AddedFile],
    part: int = _PART,
    *,
    default_only: bool = False,
) -> None:
    """Load a build's added files into an engine: each into its graph and the default graph.

    With `default_only`, into the default graph alone.
    """
    for added in files:
        path = folder / added.file
        if added.plain and path.suffix == ".nt":
            # The engine's loader is quicker, as it makes no Python object of each statement.
            with path.open("rb") as lines:
                while chunk := b"".join(islice(lines, part)):
                    for graph in (None,) if default_only else (NamedNode(added.graph), None):
                        engine.bulk_load(chunk, format=RdfFormat.N_TRIPLES, to_graph=graph)
        else:
            # Read once: each reading by the engine's loader would make other blank nodes.
            quads = added_quads(path, NamedNode(added.graph))
            if default_only:
                quads = (quad for quad in quads if quad.graph_name == DefaultGraph())
            while batch := list(islice(quads, part)):
                engine.bulk_extend(batch)


def added_quads(path: Path, graph: NamedNode) -> Iterator[Quad]:
    """Yield the quads of an added file, each in its graph and then in the default graph."""
    syntax = RdfFormat.N_QUADS if path.suffix == ".nq" else RdfFormat.N_TRIPLES
    for quad in parse(path=str(path), format=syntax):
        name = graph if isinstance(quad.graph_name, DefaultGraph) else quad.graph_name
        yield Quad(quad.subject, quad.predicate, quad.object, name)
        yield Quad(quad.subject, quad.predicate, quad.object)
