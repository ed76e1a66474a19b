"""The hygiene queries of `ontology/checks` over the graph on Spark: how much each finds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.pipeline.checks.hygiene import filled_message
from kg.pipeline.progress import Progress, silent
from kg.spark.graph import GraphTables
from kg.spark.resolving import parse_term
from kg.spark.sparql.dataset import StatementFrames
from kg.spark.sparql.query_files import QueryFile

# Findings of one check that are put into words; all are counted.
SHOWN = 20


@dataclass(frozen=True)
class CheckResult:
    """How many rows a check has, and the first of them in words."""

    name: str
    rows: int
    first: tuple[str, ...] = ()


def run_checks(
    graph: GraphTables, checks: Sequence[QueryFile], progress: Progress = silent
) -> Iterator[CheckResult]:
    """Run each check; its rows are findings, its first line the message."""
    data = graph.frames
    for check in checks:
        result = _result(data, check)
        progress(result.name, f"{result.rows:,} findings" if result.rows else "passed")
        yield result


def _result(data: StatementFrames, check: QueryFile) -> CheckResult:
    name = check.name.rpartition("/")[2].removesuffix(".rq")
    if check.is_void(data):
        return CheckResult(name, 0)
    rows = check.rows(data)
    number = int(rows.count())
    shown = check.ordered(rows).limit(SHOWN).collect() if number else []
    return CheckResult(name, number, tuple(_message(check, row.asDict()) for row in shown))


def _message(check: QueryFile, row: dict[str, str | None]) -> str:
    return filled_message(check.title, {n: parse_term(t) for n, t in row.items() if t is not None})
