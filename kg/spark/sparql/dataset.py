"""The statements that patterns are matched with, and how many of them there are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import uuid4

from pyspark.sql import DataFrame

TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
TRIPLE = ("subject", "predicate", "object")
QUAD = (*TRIPLE, "graph")


@dataclass(frozen=True)
class Counts:
    """How many statements there are, and of those terms that queries name.

    A predicate, class or graph that is missing in its table has none: so a query that names it can
    be left out, and what is small is joined first.
    """

    total: int = 0
    predicates: Mapping[str, int] = field(default_factory=dict)
    classes: Mapping[str, int] = field(default_factory=dict)
    graphs: Mapping[str, int] = field(default_factory=dict)

    def of(self, predicate: str | None, object_: str | None, graph: str | None) -> int:
        """Estimate the statements of a pattern's terms; none only if there are none."""
        size = self.total
        if predicate is not None:
            size = min(size, self.predicates.get(predicate, 0))
        if graph is not None:
            size = min(size, self.graphs.get(graph, 0))
        if object_ is None:
            return size
        if predicate == TYPE:
            return min(size, self.classes.get(object_, 0))
        # A property seldom has the same value everywhere.
        return -(-size // 10)


@dataclass(frozen=True)
class StatementFrames:
    """The default graph as triples, the named graphs as quads, and the counts of each.

    What has to be computed before a query goes on is written to `folder`, which all workers share.
    """

    triples: DataFrame
    quads: DataFrame
    triple_counts: Counts
    quad_counts: Counts
    folder: str = ""

    def computed(self, rows: DataFrame) -> DataFrame:
        """Compute rows now, once; a worker that is lost afterwards takes none of them along."""
        place = f"{self.folder}/computed/{uuid4().hex}"
        rows.write.parquet(place)
        return rows.sparkSession.read.schema(rows.schema).parquet(place)
