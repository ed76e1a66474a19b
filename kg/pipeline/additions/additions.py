"""Third-party files, added to a build beside the tree's graph: a graph each, unchecked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from pyoxigraph import NamedNode

from kg.model.errors import CheckFailed, Finding, KGError, SourceError
from kg.model.prefixes import BASE, GRAPH
from kg.pipeline.additions.intake import reading_bounds, run_intake
from kg.pipeline.additions.reading_task import SYNTAXES, Task, is_dataset, is_table_file, suffix
from kg.pipeline.additions.unpacking import PACKINGS, UNSUPPORTED
from kg.pipeline.progress import Progress, silent
from kg.store.added_files import AddedFile, AddedSource
from kg.store.manifest import ADDED
from kg.store.seal import hash_file
from kg.tables.metadata_file import TABLES

# A graph's name after a file or an address, whose query may hold equals signs too.
_GRAPH = re.compile(r"(?s)(.+?)=([A-Za-z][A-Za-z0-9+.-]*:[^=]*)")


@dataclass(frozen=True)
class Addition:
    """A file to take in, and the graph that its triples go to.

    `mapping` is the metadata of a table. A file at an `address` must be fetched before: `day` says
    when, and `fetched_as` is a name whose end says its syntax.
    """

    path: Path
    graph: str
    mapping: Path | None = None
    address: str = ""
    day: str = ""
    fetched_as: str = ""

    @classmethod
    def of(cls, argument: str) -> Addition:
        """Read FILE or FILE=GRAPH-IRI; KGError if that cannot be a file or a graph.

        >>> Addition.of("data/un.ttl.gz").graph
        'https://w3id.org/aide-memoire/graph/added/un'
        >>> Addition.of("https://example.org/get?id=7=http://example.org/g").address
        'https://example.org/get?id=7'
        """
        address = argument.startswith(("http://", "https://"))
        match = _GRAPH.fullmatch(argument) if address else None
        name, graph = match.groups() if match else (argument, "")
        if not address:
            name, _, graph = argument.partition("=")
        file = Path(urlsplit(name).path if address else name).name
        stem = file.partition(".")[0]
        stem = re.sub(r"[^A-Za-z0-9_.-]", "-", stem) or "file"
        command = UNSUPPORTED.get(Path(file).suffix.lower())
        if command:
            end = Path(file).suffix
            raise KGError(f"{name}: {end} is not read; unpack it first: {command} {file}")
        graph = graph or f"{GRAPH}added/{stem}"
        if graph.startswith(BASE) and not graph.startswith(f"{GRAPH}added/"):
            raise KGError(f"the graph {graph} is ours; choose another for {name}: {name}=IRI")
        try:
            NamedNode(graph)
        except ValueError as error:
            raise KGError(f"“{graph}” cannot name a graph: it is not an absolute IRI") from error
        where = name if address else ""
        return cls(Path(name), graph, address=where, fetched_as=(file or "file") if address else "")

    @property
    def title(self) -> str:
        """Return what messages call the file."""
        return self.address or str(self.path)

    @property
    def kind(self) -> str:
        """Return a name whose end says the syntax of the file, and how it is packed."""
        return self.fetched_as or self.path.name


def add_files(
    additions: Sequence[Addition], draft: Path, progress: Progress = silent
) -> list[AddedFile]:
    """Write the statements of files into the draft of a build; return what it now holds.

    SourceError or CheckFailed says where a file is not what its name says; KGError what else is
    wrong with it.
    """
    added = []
    for number, addition in enumerate(additions):
        (draft / ADDED).mkdir(exist_ok=True)
        file = _add_file(addition, number, draft / ADDED, progress)
        progress("add", f"{addition.title}: {file.statements:,} statements into <{file.graph}>")
        added.append(file)
    return added


def _add_file(addition: Addition, number: int, folder: Path, progress: Progress) -> AddedFile:
    """Write a file's statements into a folder, with blank nodes that no other file has.

    A separate process reads it (`addition_reader`): no file can harm this one.
    """
    task = _task(addition, number, folder)
    result = run_intake(task, lambda count: progress("add", f"{count:,} statements so far…"))
    _check(result, addition)
    if result["left_out"]:
        progress("add", f"{addition.title}: no metadata for {result['left_out']}: left out")
    statements, plain = result["statements"], result["plain"]
    written, read = hash_file(Path(task.target)), hash_file(addition.path)
    source = AddedSource(addition.address or addition.path.name, read.sha256, addition.day)
    if addition.mapping:
        mapping = hash_file(addition.mapping).sha256
        source = replace(source, mapping=addition.mapping.name, mapping_sha256=mapping)
    name, graph = Path(task.target).name, addition.graph
    return AddedFile(name, graph, statements, written.sha256, written.size, plain, source)


def _task(addition: Addition, number: int, folder: Path) -> Task:
    check_addition(addition)
    target = folder / f"{number}{'.nq' if is_dataset(addition.kind) else '.nt'}"
    table = is_table_file(addition.kind)
    mapping = str(addition.mapping or "") if table else ""
    # A table's rows and columns are named by its IRI, so it should be the same in each build.
    base = addition.address or (addition.graph if table else f"file:///{number}")
    bounds = reading_bounds(addition.path, addition.kind)
    file, title = str(addition.path), addition.title
    return Task(file, number, str(target), bounds, title, addition.kind, base, mapping)


def check_addition(addition: Addition) -> None:
    """Raise KGError for a missing file, an unknown syntax, or a table without metadata."""
    title, path, kind = addition.title, addition.path, addition.kind
    if suffix(kind) not in SYNTAXES and suffix(kind) not in TABLES:
        ends = f"{' '.join((*SYNTAXES, *TABLES))}, also {' '.join(PACKINGS)}"
        raise KGError(f"{title}: its name does not tell its syntax; known: {ends}")
    if not path.is_file():
        raise KGError(f"{path} is not a file" if path.exists() else f"there is no file {path}")
    if is_table_file(kind) and not addition.mapping:
        raise KGError(
            f"{title} is a table: say what its columns mean with --map METADATA.json, or in "
            f"{kind}-metadata.json beside it (kg/tables/README.md)"
        )


def _check(result: dict[str, Any], addition: Addition) -> None:
    findings = [Finding(**fields) for fields in result.get("findings", ())]
    if len(findings) > 1:
        raise CheckFailed(findings, complete=result["all"])
    for one in findings:
        raise SourceError(one.file, one.line, one.column, one.message, one.hint)
    if "wrong" in result:
        raise KGError(f"{addition.title}: {result['wrong']}")
    if not result["statements"]:
        raise KGError(f"{addition.title} holds not one statement")
