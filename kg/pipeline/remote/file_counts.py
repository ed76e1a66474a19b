"""How many statements of an added file an engine should hold, by graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.nquads.lines import split_line, text_of
from kg.nquads.sorting import sorted_lines
from kg.store.remote.blank_nodes import GENID


@dataclass
class ExpectedCount:
    """How many statements there are, and how many of them an engine may hold as one with another.

    Values of one property that differ in how a number is written may be equal to an engine: "1.5"
    and "1.50".
    """

    statements: int = 0
    alike: int = 0

    def allows(self, count: int) -> bool:
        """Tell whether an engine may count so many.

        >>> [ExpectedCount(10, 1).allows(count) for count in (8, 9, 10, 11)]
        [False, True, True, False]
        """
        return self.statements - self.alike <= count <= self.statements


def expected_counts(path: Path, graph: str) -> dict[str, ExpectedCount]:
    """Count the statements of a file, each once, by graph; `graph` is that of its triples.

    The file is of N-Triples or N-Quads, and may be larger than memory. A graph that a blank node
    names is counted under the IRI that an engine has for it. OSError if the file cannot be read, or
    there is no room beside it to sort it.
    """
    counts: dict[str, ExpectedCount] = {}
    with path.open("rb") as file:
        before: tuple[bytes, ...] = ()
        for line in _each_once(sorted_lines(file, path.parent)):
            subject, property_, value, name = split_line(line)
            count = counts.setdefault(_graph_iri(text_of(name)) or graph, ExpectedCount())
            count.statements += 1
            typed = value.startswith(b'"') and value.endswith(b">")
            count.alike += typed and before == (subject, property_)
            before = (subject, property_) if typed else ()
    return counts


def _graph_iri(name: str) -> str:
    return f"{GENID}{name.removeprefix('_:')}" if name.startswith("_:") else name


def _each_once(lines: Iterable[bytes]) -> Iterator[bytes]:
    before = b""
    for line in lines:
        if line != before:
            yield line
        before = line
