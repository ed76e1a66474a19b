"""Solutions of a pattern as a data frame: a column for each variable, null where it is unbound."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import reduce

from pyspark.sql import Column, DataFrame
from pyspark.sql import functions as sql

# Rows that are sent to every worker instead of being sorted for a join: some megabytes.
SMALL = 20_000
# Set before the names of columns that are joined to columns of the same name.
_OTHER = "other "


@dataclass(frozen=True)
class Solutions:
    """Solutions, the variables that each of them binds, those that some bind, and how many.

    `size` is an estimate: it only decides in which order, and how, solutions are joined.
    """

    frame: DataFrame
    bound: frozenset[str]
    optional: frozenset[str] = frozenset()
    size: int = SMALL

    @property
    def variables(self) -> frozenset[str]:
        """Return all variables."""
        return self.bound | self.optional

    def only(self, names: Iterable[str]) -> Solutions:
        """Return them with some of their variables, each solution once."""
        chosen = [name for name in names if name in self.variables]
        frame = self.frame.select(*(sql.col(name) for name in chosen)).distinct()
        return replace(
            self, frame=frame, bound=self.bound & {*chosen}, optional=self.optional & {*chosen}
        )

    def filtered(self, condition: Column) -> Solutions:
        """Return those of which a condition is true."""
        return replace(self, frame=self.frame.filter(condition))

    def extended(self, name: str, term: Column, *, bound: bool = False) -> Solutions:
        """Return them with a further variable."""
        frame = self.frame.withColumn(name, term)
        names = frozenset({name})
        if bound:
            return replace(self, frame=frame, bound=self.bound | names)
        return replace(self, frame=frame, optional=self.optional | names)


def join(one: Solutions, other: Solutions) -> Solutions:
    """Join compatible solutions."""
    if other.size > one.size:
        one, other = other, one
    size = one.size if one.variables & other.variables else one.size * max(1, other.size)
    frame = _joined(one, other, "inner")
    bound = one.bound | other.bound
    return Solutions(frame, bound, (one.optional | other.optional) - bound, size)


def left_join(one: Solutions, other: Solutions, condition: Column | None = None) -> Solutions:
    """Join solutions with those of an OPTIONAL, where there are any."""
    frame = _joined(one, other, "left", condition)
    return Solutions(
        frame, one.bound, one.optional | (other.variables - one.bound), max(one.size, other.size)
    )


def union(one: Solutions, other: Solutions) -> Solutions:
    """Return the solutions of both."""
    frame = one.frame.unionByName(other.frame, allowMissingColumns=True)
    bound = one.bound & other.bound
    return Solutions(frame, bound, (one.variables | other.variables) - bound, one.size + other.size)


def unmatched(one: Solutions, other: Solutions) -> Solutions:
    """Return the solutions of one that none of the other is compatible with."""
    return replace(one, frame=_joined(one, other, "left_anti"))


def matched(one: Solutions, other: Solutions) -> Solutions:
    """Return the solutions of one that some of the other is compatible with."""
    return replace(one, frame=_joined(one, other, "left_semi"))


def flagged(one: Solutions, matching: Solutions, flag: str) -> Solutions:
    """Say in a column which solutions are among others, which are of the same variables."""
    names = sorted(matching.variables)
    marked = matching.frame.select(
        *(sql.col(name).alias(_OTHER + name) for name in names), sql.lit(True).alias(flag)
    )
    same = [sql.col(name).eqNullSafe(sql.col(_OTHER + name)) for name in names]
    frame = one.frame.join(marked, _all(same), "left").drop(*(_OTHER + name for name in names))
    return replace(one, frame=frame.withColumn(flag, sql.col(flag).isNotNull()))


def _joined(
    one: Solutions, other: Solutions, how: str, condition: Column | None = None
) -> DataFrame:
    shared = sorted(one.variables & other.variables)
    names = {name: _OTHER + name if name in shared else name for name in sorted(other.variables)}
    right = other.frame.select(*(sql.col(name).alias(new) for name, new in names.items()))
    if other.size <= SMALL:
        right = sql.broadcast(right)
    certain = one.bound & other.bound
    same = [_compatible(name, name in certain) for name in shared]
    if condition is not None:
        same.append(condition)
    if not same:
        return one.frame.crossJoin(right) if how == "inner" else one.frame.join(right, how=how)
    frame = one.frame.join(right, _all(same), how)
    if how in {"left_anti", "left_semi"}:
        return frame
    loose = {name: _either(name) for name in shared if name not in one.bound}
    return frame.withColumns(loose).drop(*(names[name] for name in shared))


def _compatible(name: str, certain: bool) -> Column:
    one, other = sql.col(name), sql.col(_OTHER + name)
    return one == other if certain else (one == other) | one.isNull() | other.isNull()


def _either(name: str) -> Column:
    return sql.coalesce(sql.col(name), sql.col(_OTHER + name))


def _all(conditions: Iterable[Column]) -> Column:
    return reduce(lambda done, one: done & one, conditions)
