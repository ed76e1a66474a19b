"""Reads one third-party file in a process of its own.

`python -m kg.pipeline.inputs.addition_reader TASK` is the program.
What a file does to its reader ends with the process. The kernel bounds memory, time and what is
written; what is unpacked and how deep terms nest are bounded here. On standard output go lines of
JSON: numbers, of statements so far, then an object that says how it ended.
"""

from __future__ import annotations

import ctypes
import errno
import gzip
import json
import os
import re
import resource
import signal
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, BinaryIO, cast

from pyoxigraph import BlankNode, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.model.errors import KGError, SourceError
from kg.model.prefixes import BASE
from kg.model.text_files import source_error

# Statements between two reports of progress.
STEP = 200_000
# Deeper, whoever reads what was taken in would need a deep stack.
DEPTH = 32
SYNTAXES = {
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
TOO_LONG = "a literal or IRI in it is longer than 16 MB, the most that is read"
# A killed build leaves no reader behind: prctl(2).
_PARENT_DEATH = 1  # PR_SET_PDEATHSIG, linux/prctl.h


@dataclass(frozen=True)
class Bounds:
    """What the reading of a file may take: bytes of memory, seconds, bytes unpacked and written."""

    memory: int
    seconds: int
    unpacked: int
    written: int


@dataclass(frozen=True)
class Task:
    """A file to read, its number among those added, the file to write, and the bounds."""

    path: str
    number: int
    target: str
    bounds: Bounds

    @classmethod
    def read(cls, text: str) -> Task:
        """Read it from JSON."""
        fields = json.loads(text)
        return cls(**{**fields, "bounds": Bounds(**fields["bounds"])})

    def text(self) -> str:
        """Write it as JSON."""
        return json.dumps(asdict(self))


def suffix(path: Path) -> str:
    """Return what says the syntax of a file: the end of its name, without .gz, in lower case."""
    return Path(path.name.removesuffix(".gz")).suffix.lower()


def read_task(text: str) -> None:
    """Do a task, and say on standard output how it ended."""
    task = Task.read(text)
    confine(task.bounds)
    try:
        report = _read(task)
    except SourceError as error:
        finding = error.finding
        report = {
            "wrong": finding.message,
            "place": [finding.line, finding.column],
            "hint": finding.hint,
        }
    except KGError as error:
        report = {"wrong": str(error)}
    print(json.dumps(report), flush=True)


def confine(bounds: Bounds) -> None:
    """Bound what this process may take from now on, and have it end with its parent."""
    ctypes.CDLL(None).prctl(_PARENT_DEATH, signal.SIGKILL)
    # Without a bound, 717 bytes of XML entities took 9.7 GB, nested JSON-LD 5.5 GB.
    resource.setrlimit(resource.RLIMIT_AS, (bounds.memory, bounds.memory))
    # The soft limit sends SIGXCPU, of which the parent tells; the hard one kills: setrlimit(2).
    resource.setrlimit(resource.RLIMIT_CPU, (bounds.seconds, bounds.seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (bounds.written, bounds.written))
    # A core dump would write out all the memory that the bound allows.
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _read(task: Task) -> dict[str, object]:
    syntax = SYNTAXES[suffix(Path(task.path))]
    reader = _Reader(task.number)
    try:
        with _opened(task) as source:
            quads = reader.read(parse(source, format=syntax, base_iri=f"file:///{task.number}"))
            _write(quads, task.target, dataset=syntax in (RdfFormat.TRIG, RdfFormat.N_QUADS))
    except SyntaxError as error:
        if "\ufeff" in error.msg:
            raise KGError("it begins with a byte order mark; save it without one") from error
        raise source_error(task.path, error) from error
    except MemoryError as error:
        if "buffer" not in str(error):
            os.abort()  # as the parser does, when it is first to ask for too much
        raise KGError(TOO_LONG) from error
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise KGError(f"it is not gzip, or not all of it ({error})") from error
    except OSError as error:
        raise KGError(_unread(error, task.bounds)) from error
    return {"statements": reader.statements, "plain": reader.plain}


def _unread(error: OSError, bounds: Bounds) -> str:
    # The engine puts the number into its words.
    match = re.search(r"os error (\d+)", str(error))
    number = int(match[1]) if match else error.errno
    if number == errno.EFBIG:
        return f"written out it takes more than {bounds.written:,} bytes"
    if number == errno.ENOSPC:
        return "there is no room to write it out"
    return f"it cannot be read ({error.strerror or error})"


def _write(quads: Iterable[Quad], target: str, *, dataset: bool) -> None:
    if dataset:
        serialize(map(_checked_graph, quads), output=target, format=RdfFormat.N_QUADS)
    else:
        serialize((q.triple for q in quads), output=target, format=RdfFormat.N_TRIPLES)


def _checked_graph(quad: Quad) -> Quad:
    name = quad.graph_name
    if isinstance(name, NamedNode) and name.value.startswith(BASE):
        raise KGError(f"it names the graph {name.value}, which is ours")
    return quad


class _Reader:
    """Counts statements, and renames their blank nodes; plain as long as there were none."""

    def __init__(self, number: int) -> None:
        self.statements, self.plain, self._number = 0, True, number

    def read(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        for self.statements, quad in enumerate(quads, 1):
            if not self.statements % STEP:
                print(self.statements, flush=True)
            if any(isinstance(term, (BlankNode, Triple)) for term in quad):
                self.plain = False
                yield Quad(*(_renamed(term, self._number, DEPTH) for term in quad))  # type: ignore[arg-type]
            else:
                yield quad


def _renamed(term: object, number: int, depth: int) -> object:
    if isinstance(term, BlankNode):
        # Labels may repeat from file to file, blank nodes may not be shared by them:
        # https://www.w3.org/TR/rdf11-concepts/#section-blank-nodes
        return BlankNode(f"added{number}x{term.value}")
    if isinstance(term, Triple):
        if not depth:
            raise KGError(f"triple terms in it nest deeper than {DEPTH}, the most that is read")
        return Triple(*(_renamed(part, number, depth - 1) for part in term))  # type: ignore[arg-type]
    return term


class _Unpacked:
    """A gzip file that may not grow beyond a bound."""

    def __init__(self, file: BinaryIO, most: int) -> None:
        self._file, self._left, self._most = file, most, most

    def read(self, size: int = -1) -> bytes:
        # DEFLATE packs up to 1032:1: a small file may fill a disk (https://zlib.net/zlib_tech.html).
        piece = self._file.read(size)
        self._left -= len(piece)
        if self._left < 0:
            raise KGError(f"it unpacks to more than {self._most:,} bytes; add it unpacked")
        return piece


@contextmanager
def _opened(task: Task) -> Iterator[IO[bytes]]:
    with Path(task.path).open("rb") as file:
        if not task.path.endswith(".gz"):
            yield file
            return
        with gzip.open(file) as unpacked:
            yield cast("IO[bytes]", _Unpacked(cast("BinaryIO", unpacked), task.bounds.unpacked))


if __name__ == "__main__":
    read_task(sys.argv[1])
