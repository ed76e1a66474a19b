"""Reads one third-party file in a process of its own.

`python -m kg.pipeline.additions.addition_reader TASK` is the program.
What a file does to its reader ends with the process. The kernel bounds memory, time and what is
written; what is unpacked and how deep terms nest are bounded here. On standard output go lines of
JSON: numbers, of statements so far, then an object that says how it ended.
"""

from __future__ import annotations

import errno
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, DefaultGraph, NamedNode, Quad, RdfFormat, Triple, parse, serialize

from kg.model.errors import CheckFailed, KGError, SourceError
from kg.model.named_graphs import in_graph
from kg.model.prefixes import BASE
from kg.model.text_files import source_error
from kg.pipeline.additions.bounds import Bounds, confine
from kg.pipeline.additions.reading_task import (
    SYNTAXES,
    Task,
    is_dataset,
    is_table_file,
    suffix,
)
from kg.pipeline.additions.unpacking import unpacked

# Statements between two reports of progress.
STEP = 200_000
# Deeper, whoever reads what was taken in would need a deep stack.
DEPTH = 32
TOO_LONG = "a literal or IRI in it is longer than 16 MB, the most that is read"


def read_task(text: str) -> None:
    """Do a task, and say on standard output how it ended."""
    task = Task.read(text)
    confine(task.bounds)
    report: dict[str, Any]
    try:
        report = _read(task)
    except SourceError as error:
        report = {"findings": [asdict(error.finding)]}
    except CheckFailed as error:
        report = {"findings": [asdict(one) for one in error.findings], "all": error.complete}
    except KGError as error:
        report = {"wrong": str(error)}
    print(json.dumps(report), flush=True)


def _read(task: Task) -> dict[str, object]:
    counter, note = _Counter(task.number), ""
    try:
        with unpacked(task.path, task.kind, task.bounds.unpacked) as source:
            if is_table_file(task.kind):
                # The library takes 0.2 s and 30 MB to import, which RDF does not need.
                from kg.tables.statements import TableReader

                table = TableReader(source, task.name, Path(task.mapping), task.base)
                quads: Iterable[Quad] = (
                    in_graph(DefaultGraph(), triple) for triple in table.triples()
                )
                note = ", ".join(table.columns.left_out)
            else:
                quads = parse(source, format=SYNTAXES[suffix(task.kind)], base_iri=task.base)
            _write(counter.read(quads), task.target, dataset=is_dataset(task.kind))
    except SyntaxError as error:
        if "\ufeff" in error.msg:
            raise KGError("it begins with a byte order mark; save it without one") from error
        raise source_error(task.name, error) from error
    except MemoryError as error:
        if "buffer" not in str(error):
            os.abort()  # as the parser does, when it is first to ask for too much
        raise KGError(TOO_LONG) from error
    except OSError as error:
        raise KGError(_unread(error, task.bounds)) from error
    return {"statements": counter.statements, "plain": counter.plain, "left_out": note}


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


class _Counter:
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


if __name__ == "__main__":
    read_task(sys.argv[1])
