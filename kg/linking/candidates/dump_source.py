"""Candidates from a dump of another dataset: a file of RDF in any syntax, packed or not."""

from __future__ import annotations

import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from pathlib import Path

from pyoxigraph import DefaultGraph, RdfFormat, parse

from kg.index.folding import fold_name
from kg.linking.candidates.block import SoughtThing
from kg.linking.candidates.candidate import OutsideCandidate
from kg.linking.candidates.dump_reader import DumpTask
from kg.linking.candidates.properties import role_of
from kg.linking.candidates.query_source import QuerySource
from kg.model.errors import KGError, SourceError
from kg.model.named_graphs import in_graph
from kg.model.outside_datasets import OutsideDataset
from kg.pipeline.additions.intake import reading_bounds, run_confined
from kg.pipeline.additions.reading_task import SYNTAXES, suffix
from kg.pipeline.additions.unpacking import PACKINGS
from kg.store.store import Store
from kg.terms.literals import text

_READER = "kg.linking.candidates.dump_reader"
_GIGABYTE, _PASSES = 1_000_000_000, 3
# Syntaxes whose parser needs memory for the document.
_WHOLE = frozenset((RdfFormat.JSON_LD,))


class DumpSource:
    """Reads a dump once for all things that are sought, and answers from what was kept of it."""

    block_size = 200

    def __init__(self, path: Path, dataset: OutsideDataset, kinds: Iterable[str]) -> None:
        """Take the file; KGError if it is none, or its name does not tell its syntax."""
        if not path.is_file():
            raise KGError(f"{path} is not a file" if path.exists() else f"there is no file {path}")
        if suffix(path.name) not in SYNTAXES:
            known = f"{' '.join(SYNTAXES)}, also {' '.join(PACKINGS)}"
            raise KGError(f"{path}: its name does not tell its syntax; known: {known}")
        status = path.stat()
        # Another file of the same name is another answer.
        self.address = f"{path.resolve()} of {status.st_size} bytes at {status.st_mtime_ns}"
        self._path, self._dataset, self._kinds = path, dataset, tuple(kinds)
        self._named: dict[str, set[str]] = defaultdict(set)
        self._facts = QuerySource(self.address, Store.of(()), dataset, self._kinds)

    def remember(self, described: Iterable[OutsideCandidate]) -> None:
        """Do nothing: the dump has it all."""

    def prepare(self, things: Sequence[SoughtThing]) -> None:
        """Read the dump for these things; SourceError or KGError says why that fails."""
        names = sorted({folded for thing in things for folded in _folded(thing)})
        if not names:
            return
        with tempfile.TemporaryDirectory(prefix="kg-link-") as folder:
            target = Path(folder) / "kept.nt"
            self._read(names, Path(folder) / "task.json", target)
            quads = parse(path=target, format=RdfFormat.N_TRIPLES)
            store = Store.of(in_graph(DefaultGraph(), quad.triple) for quad in quads)
        self._facts = QuerySource(self.address, store, self._dataset, self._kinds)
        for quad in store.quads():
            if role_of(quad.predicate.value) == "names":
                record = text(quad.subject)
                if self._dataset.identifier(record):
                    self._named[fold_name(text(quad.object))].add(record)

    def candidates(self, block: Sequence[SoughtThing]) -> dict[str, list[OutsideCandidate]]:
        """Return the records that have a name of a thing, accents, case and punctuation apart."""
        iris = {
            thing.iri: {record for name in _folded(thing) for record in self._named.get(name, ())}
            for thing in block
        }
        return {thing: self._facts.describe(records) for thing, records in iris.items()}

    def _read(self, names: list[str], task: Path, target: Path) -> None:
        bounds = reading_bounds(self._path)
        memory = bounds.memory if SYNTAXES[suffix(self._path.name)] in _WHOLE else 2 * _GIGABYTE
        bounds = replace(bounds, memory=memory, seconds=_PASSES * bounds.seconds)
        DumpTask(str(self._path), names, str(target), bounds).write(task)
        report = run_confined(_READER, str(task), bounds, lambda _: None)
        if report.get("line"):
            line, column = report["line"], report["column"]
            raise SourceError(str(self._path), line, column, report["wrong"])
        if "wrong" in report:
            raise KGError(f"{self._path}: {report['wrong']}")


def _folded(thing: SoughtThing) -> set[str]:
    return {folded for name, _ in thing.names if (folded := fold_name(name))}
