"""Count what a dataset holds while its lines pass."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.model.prefixes import SOURCE, THING, expand
from kg.nquads.lines import split_line

_TYPE, _CONTENT = (f"<{expand(name)}>".encode() for name in ("rdf:type", "dip:content"))
_THING, _SOURCE = f"<{THING}".encode(), f"<{SOURCE}".encode()


class DatasetCounter:
    """Counts quads, triples of the default graph, things, claims and sentences.

    Memory holds the names of the sentences alone.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.quads = self.triples = self.things = self.claims = 0
        self._typed = self._claim = b""
        self._graph, self._sentences = b"", set[bytes]()

    @property
    def sentences(self) -> int:
        """Return the number of sentences: graphs that are named as parts of a source."""
        return len(self._sentences)

    def passing(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield sorted lines of canonical N-Quads, counted."""
        for line in lines:
            self.quads += 1
            subject, property_, _, graph = split_line(line)
            if not graph:
                self.triples += 1
                # The statements about a subject stand together.
                if property_ == _TYPE and subject != self._typed:
                    self._typed = subject
                    # What hangs on a thing, such as the period of a tenure, has a fragment.
                    self.things += subject.startswith(_THING) and b"#" not in subject
                elif property_ == _CONTENT and subject != self._claim:
                    self._claim = subject
                    self.claims += 1
            elif graph != self._graph:
                self._graph = graph
                if graph.startswith(_SOURCE):
                    self._sentences.add(graph)
            yield line
