"""Third-party RDF files, added to a build beside the tree's graph: a graph each, unchecked."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pyoxigraph import NamedNode, RdfFormat

from kg.model.errors import KGError, SourceError
from kg.model.prefixes import BASE, GRAPH
from kg.pipeline.inputs.addition_reader import SYNTAXES, Bounds, Task, suffix
from kg.pipeline.progress import Progress, silent
from kg.store.added_files import AddedFile
from kg.store.manifest import ADDED
from kg.store.seal import hash_file

_GIGABYTE = 1_000_000_000


@dataclass(frozen=True)
class Addition:
    """A file to take in, and the graph that its triples go to."""

    path: Path
    graph: str

    @classmethod
    def of(cls, argument: str) -> Addition:
        """Read FILE or FILE=GRAPH-IRI; KGError if that cannot be a file or a graph.

        >>> Addition.of("data/un.ttl.gz").graph
        'https://w3id.org/aide-memoire/graph/added/un'
        """
        name, _, graph = argument.partition("=")
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


def add_files(
    additions: Sequence[Addition], draft: Path, progress: Progress = silent
) -> list[AddedFile]:
    """Write the statements of files into the draft of a build; return what it now holds.

    SourceError says where a file is not what its name says; KGError what else is wrong with it.
    """
    added = []
    for number, addition in enumerate(additions):
        (draft / ADDED).mkdir(exist_ok=True)
        file = _add_file(addition, number, draft / ADDED, progress)
        progress("add", f"{addition.path}: {file.statements:,} statements into <{file.graph}>")
        added.append(file)
    return added


def _add_file(addition: Addition, number: int, folder: Path, progress: Progress) -> AddedFile:
    """Write a file's statements into a folder, with blank nodes that no other file has.

    A separate process reads it (`kg.pipeline.inputs.addition_reader`): no file can harm this one.
    """
    path = addition.path
    syntax = _syntax(path)
    quads = syntax in (RdfFormat.TRIG, RdfFormat.N_QUADS)
    target = folder / f"{number}{'.nq' if quads else '.nt'}"
    task = Task(str(path), number, str(target), reading_bounds(path))
    result = run_intake(task, lambda count: progress("add", f"{count:,} so far"))
    if "place" in result:
        line, column = result["place"]
        raise SourceError(str(path), line, column, result["wrong"], result["hint"])
    if "wrong" in result:
        raise KGError(f"{path}: {result['wrong']}")
    if not result["statements"]:
        raise KGError(f"{path} holds not one statement")
    statements, plain, file = result["statements"], result["plain"], hash_file(target)
    return AddedFile(target.name, addition.graph, statements, file.sha256, file.size, plain)


def reading_bounds(path: Path) -> Bounds:
    """Return the limits for reading a file: in proportion to its size, or as settings say.

    JSON-LD takes 20 bytes of memory for each of its bytes, N-Triples a second for 15 MB. A packed
    file is assumed to hold twenty times its size.
    """
    size = path.stat().st_size
    plain = size * 20 if path.name.endswith(".gz") else size
    return Bounds(
        memory=_setting("KG_ADD_MEMORY", _GIGABYTE + 30 * plain),
        seconds=_setting("KG_ADD_SECONDS", 60 + 2 * plain // 1_000_000),
        unpacked=max(64_000_000, 100 * size),
        # Prefixed names are written out as full IRIs, many times as long.
        written=_GIGABYTE + 50 * plain,
    )


def _setting(name: str, otherwise: int) -> int:
    try:
        return int(os.environ.get(name) or otherwise)
    except ValueError as error:
        raise KGError(f"{name} is {os.environ[name]}, which is not a whole number") from error


def run_intake(task: Task, count: Callable[[int], None]) -> dict[str, Any]:
    """Read a file in a child process; return what it reports, or what its end means.

    `count` is called with the number of statements so far, at times.
    """
    result: dict[str, Any] = {}
    with subprocess.Popen(  # noqa: S603 - our own module, by the interpreter that runs this
        # Without -P, a folder called kg where the command runs would go before ours.
        [sys.executable, "-P", "-m", "kg.pipeline.inputs.addition_reader", task.text()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    ) as child:
        for line in child.stdout or ():
            report = json.loads(line)
            if isinstance(report, dict):
                result = report
            else:
                count(report)
    return result or {"wrong": _end(child.returncode, task.bounds)}


def _end(code: int, bounds: Bounds) -> str:
    """Say why a child ended before it could say so itself."""
    if code == -signal.SIGXCPU:
        return f"reading it takes more than {bounds.seconds:,} s; split it, or set KG_ADD_SECONDS"
    if code == -signal.SIGSEGV:
        return "it nests too deeply to be read"
    if code != -signal.SIGABRT:
        return f"the process that read it ended unexpectedly (status {code})"
    return (
        f"reading it takes more than {bounds.memory / 1e6:,.0f} MB of memory: it nests too deeply, "
        "or holds too much for its size; split it, or set KG_ADD_MEMORY"
    )


def _syntax(path: Path) -> RdfFormat:
    end = suffix(path)
    if end not in SYNTAXES:
        supported = " ".join(SYNTAXES)
        raise KGError(f"{path}: its name does not tell its syntax; known: {supported}, also .gz")
    if not path.is_file():
        raise KGError(f"{path} is not a file" if path.exists() else f"there is no file {path}")
    return SYNTAXES[end]
