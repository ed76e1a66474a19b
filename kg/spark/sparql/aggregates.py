"""GROUP BY with COUNT, MIN, MAX and SAMPLE."""

from __future__ import annotations

from typing import Any

from pyspark.sql import Column
from pyspark.sql import functions as sql

from kg.spark.sparql.expressions import translated
from kg.spark.sparql.solutions import Solutions
from kg.spark.sparql.terms import INTEGER, typed_literal
from kg.spark.sparql.untranslated import UntranslatedError
from kg.spark.sparql.values import order_key


def aggregated(solutions: Solutions, node: Any) -> Solutions:
    """Return the groups of solutions by a node of the algebra, with what is counted of each."""
    keys = [str(name) for name in node.p.expr or ()]
    columns = [_aggregate(aggregate).alias(str(aggregate.res)) for aggregate in node.A]
    frame = solutions.frame.groupBy(*(sql.col(key) for key in keys)).agg(*columns)
    names = frozenset(str(a.res) for a in node.A)
    always = frozenset(
        str(a.res)
        for a in node.A
        if a.name == "Aggregate_Count"
        or (a.name == "Aggregate_Sample" and str(a.vars) in solutions.bound)
    )
    return Solutions(frame, always, names - always, solutions.size)


def _aggregate(aggregate: Any) -> Column:
    name = aggregate.name.removeprefix("Aggregate_")
    if name == "Count":
        return _count(aggregate)
    typed = translated(aggregate.vars, {})
    value = typed.term
    if name == "Sample":
        return sql.first(value, ignorenulls=True)
    if name not in {"Min", "Max"}:
        raise UntranslatedError(name.upper())
    chosen = (sql.min_by if name == "Min" else sql.max_by)(value, order_key(typed))
    # One error makes the least and the greatest of all an error, as in the engine.
    return sql.when(sql.count(value) == sql.count(sql.lit(1)), chosen)


def _count(aggregate: Any) -> Column:
    if aggregate.vars == "*":
        number = sql.count(sql.lit(1))
    else:
        term = translated(aggregate.vars, {}).term
        number = sql.count_distinct(term) if aggregate.distinct else sql.count(term)
    return typed_literal(number.cast("string"), INTEGER)
