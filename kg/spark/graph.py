"""The graph while it is built: tables on the disks that all workers share.

Each step of the build writes what it adds as Parquet and reads it from there: so no step remembers
how another came about, no worker has to hold a table, and what a lost worker was at is done again.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from kg.model.named_graphs import LINKS, MAPPING
from kg.model.prefixes import CLAIM
from kg.spark.sparql.dataset import QUAD, TRIPLE, TYPE, Counts, StatementFrames

# Statements in one part of a table: some 50 MB.
PART = 500_000


@dataclass(frozen=True)
class StatementTable:
    """Statements in folders of Parquet, and how many there are."""

    session: SparkSession
    columns: tuple[str, ...]
    folders: tuple[str, ...] = ()
    counts: Counts = field(default_factory=Counts)

    @cached_property
    def frame(self) -> DataFrame:
        """Return the statements; the names of the files are read once."""
        schema = ", ".join(f"{name} string" for name in self.columns)
        if not self.folders:
            return self.session.createDataFrame([], schema)
        return self.session.read.schema(schema).parquet(*self.folders)

    def with_table(self, other: StatementTable) -> StatementTable:
        """Return the statements of both, which have none in common."""
        counts = added_counts(self.counts, other.counts)
        return replace(self, folders=(*self.folders, *other.folders), counts=counts)


@dataclass(frozen=True)
class TermsNamed:
    """The predicates, classes and graphs that queries name: what is counted for their sake."""

    predicates: frozenset[str]
    classes: frozenset[str]
    graphs: frozenset[str]

    @classmethod
    def of(cls, terms: Iterable[tuple[str, str]]) -> TermsNamed:
        """Sort terms by their kind."""
        kinds: dict[str, set[str]] = {"predicate": set(), "class": set(), "graph": set()}
        for kind, term in terms:
            kinds[kind].add(term)
        return cls(*(frozenset(kinds[kind]) for kind in ("predicate", "class", "graph")))


@dataclass(frozen=True)
class GraphTables:
    """The tables of a build in a work folder: the named graphs and the default graph."""

    session: SparkSession
    folder: str
    named: TermsNamed
    quads: StatementTable
    triples: StatementTable

    @cached_property
    def frames(self) -> StatementFrames:
        """Return the statements as queries see them."""
        return self.frames_with(self.triples)

    def frames_with(self, triples: StatementTable) -> StatementFrames:
        """Return other triples and the quads as queries see them."""
        quads = self.quads
        return StatementFrames(
            triples.frame, quads.frame, triples.counts, quads.counts, self.folder
        )

    def write(self, frame: DataFrame, name: str, *, rows: int | None = None) -> StatementTable:
        """Write statements as a table of the work folder; `rows` is how many, if that is known."""
        columns = QUAD if "graph" in frame.columns else TRIPLE
        folder = f"{self.folder}/{name}"
        parts = frame.select(*columns)
        if rows is not None:
            parts = parts.coalesce(max(1, rows // PART))
        parts.sortWithinPartitions("predicate", "subject").write.parquet(folder)
        table = StatementTable(self.session, columns, (folder,))
        return replace(table, counts=_counted(table.frame, self.named))


def served(quads: DataFrame) -> DataFrame:
    """Return the default graph: each triple once that a named graph states.

    The contents of claims and the records of mappings are left out, as in
    `kg.model.named_graphs.default_graph`.
    """
    graph, subject = sql.col("graph"), sql.col("subject")
    claimed = graph.startswith(f"<{CLAIM}") & graph.endswith("/content>")
    of_mapping = subject.startswith(f"<{MAPPING}") | subject.startswith(f"<{LINKS.value}/")
    record = (graph == str(LINKS)) & of_mapping
    return quads.filter(~claimed & ~record).select(*TRIPLE).distinct()


def added_counts(one: Counts, other: Counts) -> Counts:
    """Add the counts of two tables."""
    tables = [
        _sums(getattr(one, name), getattr(other, name))
        for name in ("predicates", "classes", "graphs")
    ]
    return Counts(one.total + other.total, *tables)


def _sums(one: Mapping[str, int], other: Mapping[str, int]) -> dict[str, int]:
    return {key: one.get(key, 0) + other.get(key, 0) for key in {*one, *other}}


def _counted(frame: DataFrame, named: TermsNamed) -> Counts:
    """Count statements in one pass: all, and those of the terms that are named."""
    predicate, of = sql.col("predicate"), sql.col("object")
    keys = [
        sql.when(predicate.isin([*named.predicates]), predicate).alias("predicate"),
        sql.when((predicate == TYPE) & of.isin([*named.classes]), of).alias("class"),
        (
            sql.when(sql.col("graph").isin([*named.graphs]), sql.col("graph"))
            if "graph" in frame.columns
            else sql.lit(None).cast("string")
        ).alias("graph"),
    ]
    rows = frame.select(*keys).groupBy("predicate", "class", "graph").count().collect()
    totals: list[dict[str, int]] = [{}, {}, {}]
    for row in rows:
        for table, key in zip(totals, row[:3], strict=True):
            if key is not None:
                table[key] = table.get(key, 0) + int(row[3])
    return Counts(sum(int(row[3]) for row in rows), *totals)
