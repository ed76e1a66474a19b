"""What a graph on Spark holds, counted as its description counts it (VoID)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kg.model.prefixes import ROOT
from kg.spark.graph import GraphTables
from kg.spark.sparql.dataset import StatementFrames
from kg.spark.sparql.query_files import QueryFile
from kg.sparql.named_queries import QUERIES

# Parts of the dataset that are listed, the largest first; all are counted.
LISTED = 1_000
PARTITIONED = ("classes", "properties")


@dataclass(frozen=True)
class PartCounts:
    """How many classes, properties or graphs there are, and what the largest of them count."""

    number: int
    largest: Mapping[str, Mapping[str, int]]


def count_parts(graph: GraphTables) -> dict[str, PartCounts]:
    """Count what the classes, properties and named graphs of a graph hold.

    The queries are those of `kg/queries/description`.
    """
    data = graph.frames
    queries = {
        name: QueryFile.of(QUERIES / "description" / f"{name}.rq", ROOT) for name in PARTITIONED
    }
    parts = {name: _listed(data, query.rows(data)) for name, query in queries.items()}
    graphs = data.quads.groupBy("graph").agg(sql.count(sql.lit(1)).alias("triples"))
    return parts | {"graphs": _listed(data, graphs)}


def _listed(data: StatementFrames, rows: DataFrame) -> PartCounts:
    key, *numbers = rows.columns
    plain = [sql.regexp_extract(sql.col(n).cast("string"), r"\d+", 0).cast("long") for n in numbers]
    rows = rows.select(key, *(c.alias(n) for c, n in zip(plain, numbers, strict=True)))
    rows = data.computed(rows)
    first = rows.orderBy(sql.desc(numbers[0]), key).limit(LISTED).collect()
    largest = {row[key][1:-1]: {n: int(row[n]) for n in numbers} for row in first}
    return PartCounts(int(rows.count()), largest)
