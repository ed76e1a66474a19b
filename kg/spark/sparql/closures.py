"""What a path of any length leads to: here where its steps are few, else on the workers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from kg.spark.sparql.dataset import StatementFrames
from kg.spark.sparql.solutions import SMALL
from kg.spark.sparql.untranslated import UntranslatedError

# How far a path is followed on the workers: lists, classes and sources have no longer ones.
MOST_STEPS = 60
# Pairs of ends that are sent to every worker: some megabytes.
MOST_PAIRS = 5 * SMALL


def reached_from(
    data: StatementFrames, seeds: DataFrame, edges: DataFrame | None, *, with_seeds: bool
) -> DataFrame:
    """Return each `seed` with all, `at`, that edges `from` one `to` another lead to from it.

    Seeds are distinct. A seed leads to itself only by edges, or `with_seeds`.
    """
    here = seeds.select("seed", sql.col("seed").alias("at"))
    if edges is None:
        return here if with_seeds else here.limit(0)
    steps = edges.limit(SMALL + 1).collect()
    # Each round of Spark is a job of its own, which takes longer than all steps of a small graph.
    few = len(steps) <= SMALL
    pairs = closure(((row["from"], row["to"]) for row in steps), MOST_PAIRS) if few else None
    if pairs is None:
        return _stepwise(data, here, edges, with_seeds=with_seeds)
    if with_seeds:
        pairs = [pair for pair in pairs if pair[0] != pair[1]]
    ends = data.triples.sparkSession.createDataFrame(pairs, "seed string, at string")
    reached = seeds.join(sql.broadcast(ends), "seed").select("seed", "at")
    return here.union(reached) if with_seeds else reached


def closure(edges: Iterable[tuple[str, str]], most: int) -> list[tuple[str, str]] | None:
    """Return the ends of all paths of one edge or more; nothing if there are more than `most`.

    >>> closure([("a", "b"), ("b", "c")], 3)
    [('a', 'b'), ('a', 'c'), ('b', 'c')]
    >>> closure([("a", "b"), ("b", "a")], 3) is None
    True
    """
    following: dict[str, list[str]] = defaultdict(list)
    for start, end in sorted(set(edges)):
        following[start].append(end)
    pairs: list[tuple[str, str]] = []
    for start in [*following]:
        reached = _after(start, following)
        if len(pairs) + len(reached) > most:
            return None
        pairs += ((start, end) for end in reached)
    return pairs


def _after(start: str, following: dict[str, list[str]]) -> list[str]:
    reached: dict[str, None] = {}
    waiting = [start]
    while waiting:
        for end in following.get(waiting.pop(), ()):
            if end not in reached:
                reached[end] = None
                waiting.append(end)
    return [*reached]


def _stepwise(
    data: StatementFrames, here: DataFrame, edges: DataFrame, *, with_seeds: bool
) -> DataFrame:
    step = data.computed(edges.distinct())
    new = here if with_seeds else _stepped(here, step)
    reached = new = data.computed(new.distinct())
    for _ in range(MOST_STEPS):
        new = _stepped(new, step).distinct().join(reached, ["seed", "at"], "left_anti")
        new = data.computed(new)
        if new.isEmpty():
            return reached
        reached = reached.union(new)
    raise UntranslatedError(f"a path of more than {MOST_STEPS} steps")


def _stepped(here: DataFrame, edges: DataFrame) -> DataFrame:
    joined = here.join(edges, sql.col("at") == sql.col("from"))
    return joined.select("seed", sql.col("to").alias("at"))
