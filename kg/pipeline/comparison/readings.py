"""What sentences and background state of the properties that are compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.errors import QueryError, SourceError
from kg.model.named_graphs import ENTITIES
from kg.model.prefixes import SOURCE
from kg.model.text_files import read
from kg.pipeline.comparison.text_rows import text_rows
from kg.store.store import Store, Term

_ORDER = "SELECT ?sentence ?place WHERE { ?sentence dip:readingOrder ?place }"


@dataclass(frozen=True)
class Matter:
    """What is compared: a property of a thing, or the part of an agent (`whose`) in it."""

    about: NamedNode
    on: NamedNode
    whose: NamedNode | None = None

    @property
    def things(self) -> frozenset[str]:
        """Return the IRIs of the things that it is about."""
        return frozenset(thing.value for thing in (self.about, self.whose) if thing)

    @property
    def order(self) -> tuple[str, str, str]:
        """Return the key that sorts matters."""
        return (self.about.value, self.on.value, self.whose.value if self.whose else "")


@dataclass(frozen=True)
class Reading:
    """A value in the graph of a sentence, or in the background.

    `stated_with` is the property that gives it there, `triple` what the default graph leaves out
    if another value is served: nothing for a number that was counted from a list.
    """

    value: NamedNode | Literal
    graph: NamedNode
    stated_with: NamedNode
    triple: Triple | None

    @property
    def source(self) -> NamedNode:
        """Return the source of its sentence, or graph:entities for the background."""
        return NamedNode(source_of(self.graph.value))

    @property
    def counted(self) -> bool:
        """Tell whether it was counted from a list and is not stated."""
        return self.triple is None


def source_of(graph: str) -> str:
    """Return the IRI of the source of a sentence; any other graph is its own source.

    >>> source_of(f"{SOURCE}harbour-2020/p1s2").removeprefix(SOURCE)
    'harbour-2020'
    """
    return graph.rpartition("/")[0] if graph.startswith(SOURCE) else graph


def read_matters(store: Store, comparisons: Path) -> dict[Matter, tuple[Reading, ...]]:
    """Ask every query of a folder; return the readings of each matter, in reading order.

    A query is a SELECT of ?about ?on ?value ?graph ?with, and of ?subject ?predicate ?object, the
    triple that states the value; ?whose is the agent whose part in ?about is compared. SourceError
    for a query that is none.
    """
    gathered: dict[Matter, set[Reading]] = defaultdict(set)
    for path in sorted(comparisons.glob("*.rq")):
        for row in _rows(store, path):
            for matter, reading in _readings(row):
                gathered[matter].add(reading)
    places = {row["sentence"]: int(row["place"]) for row in text_rows(store, _ORDER)}
    return {
        matter: tuple(sorted(gathered[matter], key=lambda reading: reading_key(reading, places)))
        for matter in sorted(gathered, key=lambda matter: matter.order)
    }


def _rows(store: Store, path: Path) -> list[dict[str, Term]]:
    name = f"ontology/comparisons/{path.name}"
    try:
        return store.select(read(path, name))
    except QueryError as error:
        raise SourceError(name, error.line, error.column, error.message) from error


def _readings(row: dict[str, Term]) -> Iterator[tuple[Matter, Reading]]:
    match row:
        case {
            "about": NamedNode() as about,
            "on": NamedNode() as on,
            "value": NamedNode() | Literal() as value,
            "graph": NamedNode() as graph,
            "with": NamedNode() as stated_with,
            # Not the content of claims, nor what is recorded of sources themselves.
        } if graph == ENTITIES or graph.value.startswith(SOURCE):
            whose = row.get("whose")
            matter = Matter(about, on, whose if isinstance(whose, NamedNode) else None)
            yield matter, Reading(value, graph, stated_with, _triple(row))


def _triple(row: dict[str, Term]) -> Triple | None:
    match row:
        case {
            "subject": NamedNode() as subject,
            "predicate": NamedNode() as predicate,
            "object": NamedNode() | Literal() as value,
        }:
            return Triple(subject, predicate, value)
    return None


def reading_key(reading: Reading, places: Mapping[str, int]) -> tuple[object, ...]:
    """Return the key that sorts readings, by the places of sentences in their sources."""
    graph = reading.graph.value
    place = (reading.source.value, places.get(graph, 0), graph)
    return (*place, str(reading.value), str(reading.triple))
