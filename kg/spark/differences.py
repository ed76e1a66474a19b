"""What sources state, compared on Spark, as `kg.pipeline.compare` does it.

Spark gathers the readings of each matter, and leaves out those that do not differ; what is to be
served of the others is decided by the code of `kg.pipeline.comparison`, matter by matter, on the
workers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial, reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery

from kg.model.named_graphs import DISAGREEMENTS, ENTITIES
from kg.model.prefixes import CLAIM, SOURCE, node
from kg.pipeline.compare import PARTS
from kg.pipeline.comparison.source_records import DAYS, RECORDS
from kg.pipeline.comparison.text_rows import PREFIXES
from kg.spark.graph import GraphTables, StatementTable
from kg.spark.resolving import COLUMNS, ComparisonContext, resolved
from kg.spark.sparql.closures import reached_from
from kg.spark.sparql.dataset import TRIPLE
from kg.spark.sparql.query_files import QueryFile
from kg.spark.sparql.terms import is_blank, is_iri_term, is_literal

_MATTER = ("about", "on", "whose")
_STATED = ("value", "graph", "with", *TRIPLE)
# A reading is no more than these, in a query of readings.
_READING = (*_MATTER, *_STATED)


def own_query(name: str, text: str) -> QueryFile:
    """Return a query that is written in the code of a comparison."""
    text = PREFIXES + text
    return QueryFile(name, text, translateQuery(parseQuery(text)).algebra)


# What is read beside the readings.
BESIDE = {
    "records": own_query("records", RECORDS),
    "days": own_query("days", DAYS),
    "parts": own_query("parts", PARTS),
    "order": own_query(
        "order", "SELECT ?sentence ?place WHERE { ?sentence dip:readingOrder ?place }"
    ),
}


def compare_on_spark(
    graph: GraphTables,
    comparisons: Sequence[QueryFile],
    origin_rule: QueryFile | None,
    context: ComparisonContext,
) -> tuple[GraphTables, dict[str, int]]:
    """Compare what sources state; return the graph with one value served, and what was counted.

    The counts are of disagreements and courses ("variations") and of the values that exclude each
    other within one source ("conflicts").
    """
    matters = _differing(graph, comparisons)
    gathered = _with_context(graph, matters, origin_rule)
    rows = gathered.rdd.mapPartitions(partial(resolved, context=context))
    folder = f"{graph.folder}/differences"
    graph.session.createDataFrame(rows, COLUMNS).write.parquet(folder)
    outcome = graph.session.read.schema(COLUMNS).parquet(folder)
    counts = {row["kind"]: int(row["count"]) for row in outcome.groupBy("kind").count().collect()}
    numbers = {"variations": counts.get("variation", 0), "conflicts": counts.get("conflict", 0)}
    return _applied(graph, outcome, counts), numbers


def _applied(graph: GraphTables, outcome: DataFrame, counts: dict[str, int]) -> GraphTables:
    triples, quads = graph.triples, graph.quads
    if counts.get("withdrawn"):
        withdrawn = outcome.filter(sql.col("kind") == "withdrawn").select(*TRIPLE).distinct()
        left = triples.frame.join(withdrawn, [*TRIPLE], "left_anti")
        triples = graph.write(left, "served", rows=triples.counts.total)
    if counts.get("described"):
        described = outcome.filter(sql.col("kind") == "described").select(*TRIPLE).distinct()
        named = described.withColumn("graph", sql.lit(str(DISAGREEMENTS)))
        quads = _with_new(graph, quads, named, "disagreements")
        triples = _with_new(graph, triples, described, "disagreements-served")
    return replace(graph, triples=triples, quads=quads)


def _with_new(
    graph: GraphTables, table: StatementTable, frame: DataFrame, name: str
) -> StatementTable:
    fresh = frame.join(table.frame, [*table.columns], "left_anti")
    return table.with_table(graph.write(fresh, name, rows=0))


def _differing(graph: GraphTables, comparisons: Sequence[QueryFile]) -> DataFrame:
    """Return the readings of matters of which more than one value is stated."""
    data = graph.frames
    frames = [_readings(query.rows(data)) for query in comparisons if not query.is_void(data)]
    schema = ", ".join(f"`{name}` string" for name in _READING)
    empty = graph.session.createDataFrame([], schema)
    readings = reduce(DataFrame.union, frames, empty).distinct()
    several = (
        readings.groupBy(*_MATTER)
        .agg(sql.count_distinct(sql.struct("value", "with")).alias("values"))
        .filter(sql.col("values") > 1)
    )
    same = [readings[name].eqNullSafe(several[name]) for name in _MATTER]
    return data.computed(readings.join(several, reduce(Column.__and__, same), "left_semi"))


def _readings(rows: DataFrame) -> DataFrame:
    """Keep what is a reading: see `kg.pipeline.comparison.readings`."""
    columns = {
        name: sql.col(name) if name in rows.columns else sql.lit(None).cast("string")
        for name in _READING
    }
    whose, graph = columns["whose"], columns["graph"]
    fits = reduce(Column.__and__, (is_iri_term(columns[name]) for name in ("about", "on", "with")))
    fits &= ~is_blank(columns["value"])
    fits &= (graph == str(ENTITIES)) | graph.startswith(f"<{SOURCE}")
    stated = (
        is_iri_term(columns["subject"])
        & is_iri_term(columns["predicate"])
        & ~is_blank(columns["object"])
    )
    columns["whose"] = sql.when(is_iri_term(whose), whose)
    columns |= {name: sql.when(stated, columns[name]) for name in TRIPLE}
    return rows.filter(fits).select(*(column.alias(name) for name, column in columns.items()))


def _with_context(
    graph: GraphTables, readings: DataFrame, origin_rule: QueryFile | None
) -> DataFrame:
    """Return a row for each matter, with its readings and what is to be known of them."""
    data = graph.frames
    place = BESIDE["order"].rows(data).select(sql.col("sentence").alias("graph"), "place")
    records = (
        BESIDE["records"]
        .rows(data)
        .groupBy("source")
        .agg(sql.max("rank").alias("rank"), sql.max("issued").alias("issued"))
    )
    stated = readings.withColumn("source", _source(sql.col("graph")))
    stated = stated.join(
        place.groupBy("graph").agg(sql.max("place").alias("place")), "graph", "left"
    )
    stated = stated.join(records, "source", "left").join(
        _origins(graph, origin_rule), "source", "left"
    )
    parts = [*_STATED, "place", "rank", "issued", "origin"]
    matters = stated.groupBy(*_MATTER).agg(sql.collect_set(sql.struct(*parts)).alias("readings"))
    matters = matters.join(_days(graph, readings), "about", "left")
    matters = matters.join(_wholes(graph, readings), [*_MATTER[:2]], "left")
    labels = data.triples.filter(sql.col("predicate") == str(node("rdfs:label")))
    labels = labels.filter(is_literal(sql.col("object")))
    for name in _MATTER:
        named = labels.select(sql.col("subject").alias(name), "object")
        named = named.groupBy(name).agg(sql.collect_set("object").alias(f"labels of {name}"))
        matters = matters.join(named, name, "left")
    return matters


def _source(graph: Column) -> Column:
    of_sentence = sql.regexp_replace(graph, r"/[^/]*>$", ">")
    return sql.when(graph.startswith(f"<{SOURCE}"), of_sentence).otherwise(graph)


def _origins(graph: GraphTables, rule: QueryFile | None) -> DataFrame:
    concluded = rule.conclusions(graph.frames) if rule else None
    if concluded is None:
        return graph.session.createDataFrame([], "source string, origin string")
    pairs = concluded.select(sql.col("subject").alias("source"), sql.col("object").alias("origin"))
    return pairs.groupBy("source").agg(sql.min("origin").alias("origin"))


def _days(graph: GraphTables, readings: DataFrame) -> DataFrame:
    rows = BESIDE["days"].rows(graph.frames)
    claimed = sql.col("graph").startswith(f"<{CLAIM}") & sql.col("graph").endswith("/content>")
    rows = rows.filter(~claimed).join(readings.select("about").distinct(), "about", "left_semi")
    return rows.groupBy("about").agg(sql.collect_set("day").alias("days"))


def _wholes(graph: GraphTables, readings: DataFrame) -> DataFrame:
    """Return, for the things that are stated of each matter, what each is part of."""
    stated = (
        readings.filter(is_iri_term(sql.col("value"))).select("about", "on", "value").distinct()
    )
    seeds = stated.select(sql.col("value").alias("seed")).distinct()
    edges = BESIDE["parts"].rows(graph.frames)
    edges = edges.select(sql.col("part").alias("from"), sql.col("whole").alias("to")).distinct()
    above = reached_from(graph.frames, seeds, edges, with_seeds=False)
    above = above.filter(sql.col("seed") != sql.col("at"))
    pairs = stated.join(above, sql.col("value") == sql.col("seed"))
    return pairs.groupBy("about", "on").agg(
        sql.collect_set(sql.struct("seed", "at")).alias("wholes")
    )
