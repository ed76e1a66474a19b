"""The marker of a remote engine: a graph of its own that says which build the engine holds.

It is written when a build is complete there and verified, and removed before anything is changed.
So an engine in the middle of a load holds no build, and a server that asks it learns that.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.prefixes import GRAPH

MARKER = NamedNode(GRAPH + "build")
# Our default graph, where the engine's default graph has the statements of added files as well.
OURS_GRAPH = NamedNode(MARKER.value + "/ours")
_DCTERMS = "http://purl.org/dc/terms/"
_NUMBER = NamedNode(_DCTERMS + "identifier")
_QUADS = NamedNode("http://rdfs.org/ns/void#triples")
_PART = NamedNode(_DCTERMS + "hasPart")

# Named in the dataset: a graph that is hidden cannot be reached otherwise.
_READ = "SELECT ?p ?o FROM NAMED @ { GRAPH @ { @ ?p ?o } }".replace("@", str(MARKER))


Rows: TypeAlias = Iterable[Mapping[str, object]]


@dataclass(frozen=True)
class BuildMarker:
    """Which build an engine holds: its number, how many quads, and the graphs of added files."""

    number: str
    quads: int
    added_graphs: tuple[str, ...] = ()

    def triples(self) -> list[Triple]:
        """Return the statements of the marker's graph."""
        return [
            Triple(MARKER, _NUMBER, Literal(self.number)),
            Triple(MARKER, _QUADS, Literal(self.quads)),
            *(Triple(MARKER, _PART, NamedNode(graph)) for graph in self.added_graphs),
        ]

    def update(self) -> str:
        """Return the SPARQL Update that writes the marker, in place of any other."""
        statements = " ".join(f"{triple} ." for triple in self.triples())
        return f"{removal()} ;\nINSERT DATA {{ GRAPH {MARKER} {{ {statements} }} }}"


def removal() -> str:
    """Return the SPARQL Update after which an engine holds no build.

    >>> removal()
    'DROP SILENT GRAPH <https://w3id.org/aide-memoire/graph/build>'
    """
    return f"DROP SILENT GRAPH {MARKER}"


def read_marker(select: Callable[[str], Rows]) -> BuildMarker | None:
    """Return what an engine says that it holds, None if nothing; `select` runs a query there."""
    values: dict[object, list[str]] = {}
    for row in select(_READ):
        value = row["o"]
        if isinstance(value, Literal | NamedNode):
            values.setdefault(row["p"], []).append(value.value)
    number, quads = values.get(_NUMBER, []), values.get(_QUADS, [])
    if len(number) != 1 or len(quads) != 1 or not quads[0].isdecimal():
        return None
    return BuildMarker(number[0], int(quads[0]), tuple(sorted(values.get(_PART, ()))))
