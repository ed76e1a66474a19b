"""What changed from one build's dataset to the next, read from their canonical N-Quads.

Both files are sorted, so they are merged line by line: two of 66,000 lines take 0.15 s, and memory
holds what differs, not the datasets. Third-party files are not read: their hashes are compared.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pyoxigraph import Literal, RdfFormat, parse

from kg.model.named_graphs import DESCRIPTION, ENTITIES
from kg.model.prefixes import BASE, SOURCE, THING, expand
from kg.nquads.lines import split_line, text_of
from kg.pipeline.publication.release import Changes, Difference, NamedChange
from kg.store.added_files import AddedFile

# So many names of each kind are recorded, and so many keys of cited statements.
MOST_NAMES = 50
MOST_SOURCES = 1000
MOST_CITED = 50_000

_BLANK = re.compile(rb"_:c14n[0-9]+")
_ENTITY = f" <{ENTITIES.value}> .\n".encode()
_THING, _SOURCE = f"<{THING}".encode(), f"<{SOURCE}".encode()
_DESCRIBED = f" <{DESCRIPTION.value}> .\n".encode()
_IS_SOURCE = f" <{expand('rdf:type')}> <{expand('dip:Source')}> .\n".encode()
_LABEL = f"<{expand('rdfs:label')}>".encode()
# The description counts the rest, so that it changes with everything.
_DESCRIPTIVE = tuple(f"<{BASE}{name}".encode() for name in ("void#", "sparql#", "query/"))


def changes_between(
    former: str,
    datasets: tuple[Path, Path],
    added_files: tuple[Sequence[AddedFile], Sequence[AddedFile]],
) -> Changes:
    """Compare two builds, the former first: their datasets and their third-party files."""
    comparison = _Comparison()
    with datasets[0].open("rb") as before, datasets[1].open("rb") as after:
        for side, line in _merged(comparison.plain(-1, before), comparison.plain(1, after)):
            comparison.take(side, line)
    comparison.take_blank()
    return Changes(
        former,
        Difference(comparison.statements[1], comparison.statements[-1]),
        comparison.difference(comparison.things),
        comparison.difference(comparison.sources, MOST_SOURCES),
        _difference_of_files(*added_files),
        tuple(sorted(comparison.changed_sources)),
        frozenset(comparison.cited) if len(comparison.cited) <= MOST_CITED else None,
    )


def citation_key(triple: str, sentence: str) -> str:
    """Return the key of a triple, as N-Triples without its dot, that a sentence supports.

    >>> citation_key("<a:s> <a:p> <a:o>", "https://example.org/source/x/p1s1")
    '7709f78be79b'
    """
    return hashlib.sha256(f"{triple} <{sentence}>".encode()).hexdigest()[:12]


def count_sources(lines: Iterable[bytes]) -> int:
    """Count the sources that a dataset describes, from its canonical N-Quads."""
    return sum(line.endswith(_IS_SOURCE) for line in lines)


@dataclass
class _Comparison:
    """What was seen so far; sides are 1 for the newer dataset and -1 for the former."""

    statements: Counter[int] = field(default_factory=Counter)
    things: dict[int, set[bytes]] = field(default_factory=lambda: {1: set(), -1: set()})
    sources: dict[int, set[bytes]] = field(default_factory=lambda: {1: set(), -1: set()})
    labels: dict[bytes, bytes] = field(default_factory=dict)
    changed_sources: set[str] = field(default_factory=set)
    cited: set[str] = field(default_factory=set)
    blank: Counter[bytes] = field(default_factory=Counter)

    def plain(self, side: int, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Pass on lines without blank nodes, and note the things and sources that they name."""
        for line in lines:
            if line.endswith(_ENTITY) and line.startswith(_THING):
                self.things[side].add(line.partition(b" ")[0].partition(b"#")[0].rstrip(b">"))
            elif line.endswith(_IS_SOURCE):
                self.sources[side].add(line.partition(b" ")[0].rstrip(b">"))
            if b"_:c14n" in line:
                # Their names change with the rest of the dataset.
                self.blank[_BLANK.sub(b"_:b", line)] += side
            else:
                yield line

    def take(self, side: int, line: bytes) -> None:
        """Count a line that only one of the datasets has."""
        subject, property_, value, graph = split_line(line)
        if not graph:
            self.statements[side] += not subject.startswith(_DESCRIPTIVE)
        elif property_ == _LABEL and value.endswith(b'"@en'):
            self._take_label(subject.rstrip(b">"), line)
        elif graph.startswith(_SOURCE):
            sentence = text_of(graph)
            self.changed_sources.add(sentence.rpartition("/")[0])
            # One more than are recorded shows that there are too many.
            if side == 1 and len(self.cited) <= MOST_CITED:
                triple = b" ".join((subject, property_, value)).decode()
                self.cited.add(citation_key(triple, sentence))

    def _take_label(self, subject: bytes, line: bytes) -> None:
        # Only what may be named: what a line types, or that it is an entity, comes before.
        groups = (self.things, self.sources)
        if any(subject in group[side] for group in groups for side in (1, -1)):
            self.labels[subject] = line

    def take_blank(self) -> None:
        """Count the lines with blank nodes, which are equal but for the names of these."""
        for line, count in self.blank.items():
            graph = split_line(line)[3]
            if count and (not graph or line.endswith(_DESCRIBED)):
                # What describes the build stands in both, and cancels out.
                self.statements[1 if count > 0 else -1] += (-1 if graph else 1) * abs(count)

    def difference(self, subjects: dict[int, set[bytes]], most: int = MOST_NAMES) -> Difference:
        """Return what only one of the datasets describes, up to `most` by name."""
        added = sorted(subjects[1] - subjects[-1])
        removed = sorted(subjects[-1] - subjects[1])
        added_names, removed_names = (
            tuple(map(self._named, iris[:most])) for iris in (added, removed)
        )
        return Difference(len(added), len(removed), added_names, removed_names)

    def _named(self, subject: bytes) -> NamedChange:
        line = self.labels.get(subject)
        label = next(iter(parse(line, format=RdfFormat.N_QUADS))).object if line else None
        name = label.value if isinstance(label, Literal) else ""
        return NamedChange(subject.decode().lstrip("<"), name)


def _merged(before: Iterator[bytes], after: Iterator[bytes]) -> Iterator[tuple[int, bytes]]:
    """Yield the lines that only one of two sorted files has: -1 for the first, 1 for the other."""
    former_line, newer_line = next(before, b""), next(after, b"")
    while former_line or newer_line:
        if former_line == newer_line:
            former_line, newer_line = next(before, b""), next(after, b"")
        elif not newer_line or (former_line and former_line < newer_line):
            yield -1, former_line
            former_line = next(before, b"")
        else:
            yield 1, newer_line
            newer_line = next(after, b"")


def _difference_of_files(before: Sequence[AddedFile], after: Sequence[AddedFile]) -> Difference:
    former, newer = ({(file.graph, file.sha256) for file in files} for files in (before, after))
    added, removed = sorted(newer - former), sorted(former - newer)
    added_names, removed_names = (
        tuple(NamedChange(graph, "") for graph, _ in files[:MOST_NAMES])
        for files in (added, removed)
    )
    return Difference(len(added), len(removed), added_names, removed_names)
