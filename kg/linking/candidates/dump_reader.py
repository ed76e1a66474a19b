"""Reads a dump of another dataset in a process of its own, and keeps what names of ours lead to.

`python -m kg.linking.candidates.dump_reader TASK` is the program, with a file that holds the task.
It reads the dump three times, statement by statement: for the records that have one of the names,
for their facts, and for the names of what they are tied to. So it needs memory for what it keeps
alone, however long the dump is. On standard output go lines of JSON, as `kg.pipeline.additions`
has them.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pyoxigraph import Literal, NamedNode, Quad, RdfFormat, parse, serialize

from kg.index.folding import fold_name
from kg.linking.candidates.properties import role_of
from kg.model.errors import KGError, SourceError
from kg.model.text_files import source_error
from kg.pipeline.additions.bounds import Bounds, confine
from kg.pipeline.additions.reading_task import SYNTAXES, suffix
from kg.pipeline.additions.unpacking import unpacked

# Records with one of the names, neighbours of each, and statements that a class is below another.
_MOST_RECORDS, _MOST_TIES, _MOST_WIDER = 200_000, 100, 1_000_000
_STEP = 1_000_000
_LANGUAGES = frozenset(("", "en", "mul"))


@dataclass(frozen=True)
class DumpTask:
    """A dump to read, the folded names to look for, the file to write, and the bounds."""

    path: str
    names: list[str]
    target: str
    bounds: Bounds

    @classmethod
    def read(cls, path: Path) -> DumpTask:
        """Read it from a file."""
        fields = json.loads(path.read_text(encoding="utf-8"))
        return cls(**{**fields, "bounds": Bounds(**fields["bounds"])})

    def write(self, path: Path) -> None:
        """Write it to a file."""
        path.write_text(json.dumps(asdict(self)), encoding="utf-8")


@dataclass
class _Kept:
    """What is kept: the records, their ties, and how many statements of some kinds there are."""

    names: frozenset[str]
    records: set[str] = field(default_factory=set)
    neighbours: set[str] = field(default_factory=set)
    ties: Counter[str] = field(default_factory=Counter)
    wider: int = 0

    def finds(self, quad: Quad) -> bool:
        """Take note of a record that has one of the names; keep nothing yet."""
        record, name = quad.subject, quad.object
        if role_of(quad.predicate.value) != "names" or not isinstance(name, Literal):
            return False
        if isinstance(record, NamedNode) and fold_name(name.value) in self.names:
            self.records.add(record.value)
            _check(len(self.records), _MOST_RECORDS, "records have names of things of ours")
        return False

    def describes(self, quad: Quad) -> bool:
        """Tell whether a statement is a fact about a record, or about classes."""
        role = role_of(quad.predicate.value)
        if role == "wider":
            self.wider += 1
            _check(self.wider, _MOST_WIDER, "statements are about classes below others")
            return True
        if not isinstance(quad.subject, NamedNode) or quad.subject.value not in self.records:
            return False
        if role or not isinstance(quad.object, NamedNode):
            return bool(role)
        self.ties[quad.subject.value] += 1
        if self.ties[quad.subject.value] > _MOST_TIES:
            return False
        self.neighbours.add(quad.object.value)
        return True

    def labels(self, quad: Quad) -> bool:
        """Tell whether a statement is an English name of a neighbour."""
        return (
            isinstance(quad.object, Literal)
            and (quad.object.language or "") in _LANGUAGES
            and isinstance(quad.subject, NamedNode)
            and quad.subject.value in self.neighbours
            and quad.subject.value not in self.records
            and role_of(quad.predicate.value) == "names"
        )


def read_dump(path: Path) -> dict[str, Any]:
    """Do the task in a file; return the report."""
    task = DumpTask.read(path)
    confine(task.bounds)
    try:
        kept = _Kept(frozenset(task.names))
        for _ in _passed(task, kept.finds):
            pass
        with Path(task.target).open("wb") as target:
            for keep in (kept.describes, kept.labels):
                triples = (quad.triple for quad in _passed(task, keep))
                serialize(triples, output=target, format=RdfFormat.N_TRIPLES)
    except SourceError as error:
        finding = error.finding
        return {"wrong": finding.message, "line": finding.line, "column": finding.column}
    except KGError as error:
        return {"wrong": str(error)}
    except MemoryError:
        os.abort()
    except OSError as error:
        return {"wrong": f"it cannot be read ({error.strerror or error})"}
    return {"records": len(kept.records)}


def _passed(task: DumpTask, keep: Callable[[Quad], bool]) -> Iterator[Quad]:
    """Yield the statements of a dump that a function is true of."""
    try:
        with unpacked(task.path, task.path, task.bounds.unpacked) as file:
            quads: Iterable[Quad] = parse(
                file, format=SYNTAXES[suffix(task.path)], base_iri="file:///dump"
            )
            for number, quad in enumerate(quads, 1):
                if not number % _STEP:
                    print(number, flush=True)
                if keep(quad):
                    yield quad
    except SyntaxError as error:
        raise source_error(task.path, error) from error


def _check(number: int, most: int, what: str) -> None:
    if number > most:
        raise KGError(f"more than {most:,} {what}, the most that is kept; ask for fewer things")


if __name__ == "__main__":
    print(json.dumps(read_dump(Path(sys.argv[1]))), flush=True)
