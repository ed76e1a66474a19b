"""The build on Spark, from our files and outside data to parts for a bulk loader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from pyspark.errors import PySparkException
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from kg.model.errors import CheckFailed, KGError
from kg.model.named_graphs import INFERRED, with_default_graph
from kg.pipeline.check import check_files
from kg.pipeline.load import SourceTree, load
from kg.pipeline.progress import BEGUN, Progress, silent
from kg.spark.checks import CheckResult, run_checks
from kg.spark.counting import count_parts
from kg.spark.differences import BESIDE, compare_on_spark
from kg.spark.graph import GraphTables, StatementTable, TermsNamed, served
from kg.spark.reading import OutsideFile, read_outside
from kg.spark.resolving import ComparisonContext
from kg.spark.rules import derive_on_spark, rule_strata
from kg.spark.session import plan_for, spark_session
from kg.spark.sparql.dataset import QUAD, TRIPLE
from kg.spark.sparql.query_files import QueryFile, query_files
from kg.spark.writing import (
    WORK,
    SharedFolder,
    check_folder_name,
    write_manifest,
    write_parts,
)
from kg.store.draft_graph import EmbeddedDraft

# What `kg check` does for our files, and nothing here for outside data.
NOT_RUN = ("shapes", "logic", "decisions")
_ORIGIN_RULE = "4-sources/common-origin.rq"


@dataclass(frozen=True)
class BuildQueries:
    """The queries that a build runs."""

    comparisons: Sequence[QueryFile]
    strata: Sequence[Sequence[QueryFile]]
    checks: Sequence[QueryFile]

    @classmethod
    def of(cls, root: Path) -> BuildQueries:
        """Read them from a tree; SourceError if one cannot be read."""
        ontology = root / "ontology"
        return cls(
            query_files(ontology / "comparisons", root),
            rule_strata(ontology / "rules", root),
            query_files(ontology / "checks", root),
        )

    @property
    def rules(self) -> list[QueryFile]:
        """Return the rules of all strata."""
        return [rule for rules in self.strata for rule in rules]

    @property
    def origin_rule(self) -> QueryFile | None:
        """Return the rule by which sources have one origin."""
        fits = (rule for rule in self.rules if rule.name.endswith(_ORIGIN_RULE))
        return next(fits, None)

    @property
    def terms(self) -> TermsNamed:
        """Return the terms that they name."""
        every = (*self.rules, *self.comparisons, *self.checks, *BESIDE.values())
        return TermsNamed.of(term for query in every for term in query.terms())


def build_on_spark(
    root: Path,
    master: str,
    files: Sequence[OutsideFile],
    output: str,
    progress: Progress = silent,
) -> dict[str, Any]:
    """Build the graph of a tree and of outside data; return the manifest of what was written.

    The output is a folder that all workers share. KGError if our files have mistakes, a query
    cannot be translated, or outside data is not what its name says; findings in the graph are
    counted, and stop nothing.
    """
    check_folder_name(output)
    progress("load", BEGUN)
    tree = load(root)
    progress("load", f"{len(tree.origin):,} statements from {len(tree.files)} files")
    findings = check_files(tree, progress)
    if findings:
        raise CheckFailed(findings)
    queries = BuildQueries.of(root)
    with spark_session(master) as session:
        folder = SharedFolder(session, output)
        folder.make()
        try:
            return _built(session, tree, queries, files, folder, progress)
        except PySparkException as error:
            raise KGError(_words(error)) from error
        finally:
            folder.remove(WORK)


def _built(
    session: SparkSession,
    tree: SourceTree,
    queries: BuildQueries,
    files: Sequence[OutsideFile],
    folder: SharedFolder,
    progress: Progress,
) -> dict[str, Any]:
    progress("read", BEGUN)
    graph = read_tables(session, tree, files, f"{folder.path}/{WORK}", queries.terms)
    progress("read", f"{graph.quads.counts.total:,} statements in named graphs")
    progress("compare", BEGUN)
    context = ComparisonContext.of(EmbeddedDraft(with_default_graph(tree.origin)).view())
    graph, compared = compare_on_spark(graph, queries.comparisons, queries.origin_rule, context)
    progress("compare", f"{compared['variations']} differences between sources")
    progress("derive", BEGUN)
    graph, inferred = derived_graph(graph, queries)
    progress("derive", f"{inferred:,} statements")
    run = _run(queries, list(run_checks(graph, queries.checks, progress)))
    counts = count_parts(graph)
    progress("count", ", ".join(f"{one.number:,} {name}" for name, one in counts.items()))
    manifest = {
        "inferred": inferred,
        **compared,
        "outside": [vars(file) for file in files],
        "run": run,
        "not_run": list(NOT_RUN),
        "counts": counts,
    }
    return _written(graph, folder, manifest, progress)


def _written(
    graph: GraphTables, folder: SharedFolder, manifest: dict[str, Any], progress: Progress
) -> dict[str, Any]:
    progress("write", BEGUN)
    sizes = {"quads": graph.quads.counts.total, "triples": graph.triples.counts.total}
    complete = sizes | manifest | {"parts": list(write_parts(graph, folder))}
    write_manifest(folder, complete)
    progress("write", f"{len(complete['parts'])} parts in {folder.path}")
    return complete


def read_tables(
    session: SparkSession,
    tree: SourceTree,
    files: Sequence[OutsideFile],
    work: str,
    terms: TermsNamed,
) -> GraphTables:
    """Read our files and outside data into the tables of a work folder."""
    graph = replace(empty_graph(session, terms), folder=work)
    every = _ours(session, tree)
    if files:
        every = every.union(read_outside(session, list(files)))
    quads = graph.write(every.distinct(), "quads")
    plan_for(session, quads.counts.total)
    triples = graph.write(served(quads.frame), "triples")
    return replace(graph, quads=quads, triples=triples)


def derived_graph(graph: GraphTables, queries: BuildQueries) -> tuple[GraphTables, int]:
    """Return a graph with what its rules conclude, also in graph:inferred, and how much that is."""
    done = derive_on_spark(graph, queries.strata)
    number = done.concluded.counts.total
    if not number:
        return done.graph, 0
    named = done.concluded.frame.withColumn("graph", sql.lit(str(INFERRED)))
    quads = graph.quads.with_table(graph.write(named, "inferred", rows=number))
    return replace(done.graph, quads=quads), number


def empty_graph(session: SparkSession, terms: TermsNamed) -> GraphTables:
    """Return a graph of no statements."""
    return GraphTables(
        session, "", terms, StatementTable(session, QUAD), StatementTable(session, TRIPLE)
    )


def _ours(session: SparkSession, tree: SourceTree) -> DataFrame:
    rows = [
        (str(quad.subject), str(quad.predicate), str(quad.object), str(quad.graph_name))
        # As the engine stores them: it writes "01"^^xsd:integer as "1".
        for quad in EmbeddedDraft(tree.origin).quads()
    ]
    return session.createDataFrame(rows, ", ".join(f"{name} string" for name in QUAD))


def _run(queries: BuildQueries, results: Sequence[CheckResult]) -> dict[str, Any]:
    return {
        "rules": [rule.name for rule in queries.rules],
        "comparisons": [query.name for query in queries.comparisons],
        "checks": {one.name: {"findings": one.rows, "first": one.first} for one in results},
    }


def _words(error: PySparkException) -> str:
    """Return what a failed job says: our own words for a bad line, or Spark's first line."""
    text = str(error)
    _, ours, words = text.partition("kg: ")
    line = (words if ours else text).strip().partition("\n")[0]
    return line if ours else f"Spark stopped: {line}"
