"""A query made ready: its kinds and properties resolved, its days and places read."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from kg.matching.context_features import same_value
from kg.matching.description import Description
from kg.matching.weights import weights
from kg.model.dates import Period, period
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import THING
from kg.reconciliation.kinds import kind_iri
from kg.reconciliation.properties import (
    PERIOD,
    PLACE,
    ReconciliationProperty,
    resolve_property,
)
from kg.reconciliation.property_values import comparable_values
from kg.reconciliation.query import ALL, ANY, NONE, Condition, ReconciliationQuery
from kg.store.store import Store

_T = TypeVar("_T")

_POINT = re.compile(r"\s*(-?\d+(?:\.\d+)?)[,;\s]+(-?\d+(?:\.\d+)?)\s*")
# Values of a candidate's property that are compared: a group has so many members.
_COMPARED = 200


@dataclass(frozen=True)
class PreparedCondition:
    """A condition whose property is one of ours; conditions on others say nothing."""

    of: ReconciliationProperty
    values: tuple[str, ...]
    required: bool
    quantifier: str

    @property
    def identifies(self) -> bool:
        """Tell whether a value stands for one thing."""
        return self.of.id in weights().identifiers


@dataclass(frozen=True)
class PreparedQuery:
    """A query, what matching may use of it, and the conditions to look values up for."""

    query: ReconciliationQuery
    description: Description
    conditions: tuple[PreparedCondition, ...]

    def values(self, store: Store, iri: str) -> tuple[tuple[str, str], ...]:
        """Return the values that a thing has of the properties of the conditions."""
        return tuple(
            (condition.of.id, value)
            for condition in self.conditions
            for value in comparable_values(store, condition.of, iri)[:_COMPARED]
        )

    def admits(self, store: Store, iri: str) -> bool:
        """Tell whether a thing fulfils the conditions that are required, or exclude values."""
        checked = [c for c in self.conditions if c.required or c.quantifier == NONE]
        return all(_holds(c, comparable_values(store, c.of, iri)) for c in checked)


def prepare(store: Store, query: ReconciliationQuery) -> PreparedQuery:
    """Resolve the names of kinds and properties in a query; properties of nobody are left out."""
    resolved = [
        (property_, condition)
        for condition in query.conditions
        if (property_ := resolve_property(store, condition.property))
    ]
    conditions = tuple(
        _condition(property_, condition)
        for property_, condition in resolved
        if not property_.compares
    )
    days = _values_to_compare(resolved, PERIOD)
    places = _values_to_compare(resolved, PLACE)
    description = Description(
        "",
        tuple((name, "") for name in query.names),
        frozenset(kind_iri(store, name) for name in query.types),
        _read_all(days, read_day),
        _read_all(places, parse_coordinates),
        values=tuple((c.of.id, v) for c in conditions if c.quantifier != NONE for v in c.values),
    )
    return PreparedQuery(query, description, conditions)


def _values_to_compare(
    resolved: Iterable[tuple[ReconciliationProperty, Condition]], compares: str
) -> list[str]:
    return [
        value
        for property_, condition in resolved
        if property_.compares == compares
        for value in condition.values
    ]


def _condition(property_: ReconciliationProperty, condition: Condition) -> PreparedCondition:
    values = tuple(value.removeprefix(THING) for value in condition.values)
    if property_.dataset:
        dataset = outside_datasets()[property_.dataset]
        values = tuple(dataset.read_identifier(value) or value for value in values)
    return PreparedCondition(property_, values, condition.required, condition.quantifier)


def _read_all(values: Sequence[str], read: Callable[[str], _T | None]) -> tuple[_T, ...]:
    readings = map(read, values)
    return tuple(reading for reading in readings if reading is not None)


def read_day(value: str) -> Period | None:
    """Read a day, month or year, as XML Schema writes it or with slashes or dots.

    >>> read_day("2018/4/15") == read_day("15.04.2018") == read_day("2018-04-15T00:00:00Z")
    True
    """
    parts = re.split(r"[./\-]", value.strip().partition("T")[0])
    if len(parts) > 1 and len(parts[-1]) > len(parts[0]):
        parts.reverse()
    return period("-".join(part.zfill(2) for part in parts))


def parse_coordinates(value: str) -> tuple[float, float] | None:
    """Read degrees north and east; None if the text is no place on Earth.

    >>> [parse_coordinates(text) for text in ("35.68, 139.69", "Tokyo", "139.69, 35.68")]
    [(35.68, 139.69), None, None]
    """
    match = _POINT.fullmatch(value)
    if not match:
        return None
    north, east = float(match[1]), float(match[2])
    return (north, east) if abs(north) <= 90 and abs(east) <= 180 else None


def _holds(condition: PreparedCondition, values: Sequence[str]) -> bool:
    """Tell whether values fulfil a condition by its quantifier: any, all or none."""
    fits = [any(same_value(w, value) for value in values) for w in condition.values]
    if condition.quantifier == ALL:
        return all(fits)
    return any(fits) if condition.quantifier == ANY else not any(fits)
