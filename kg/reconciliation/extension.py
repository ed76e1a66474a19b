"""Read properties of things of ours into columns of a table."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode

from kg.model.prefixes import THING
from kg.reconciliation.errors import ReconciliationLimit
from kg.reconciliation.properties import ReconciliationProperty, resolve_property
from kg.reconciliation.property_values import property_values
from kg.reconciliation.reconcile import current_thing
from kg.store.store import Store, Term
from kg.terms.literals import XSD, text
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# Values of a table, in all its cells.
MOST_CELLS = 50_000
_INTEGERS = {XSD + "integer", XSD + "nonNegativeInteger", XSD + "positiveInteger", XSD + "int"}
_NUMBERS = {XSD + "decimal", XSD + "double", XSD + "float"}
_DAY = re.compile(r"(\d{4}-\d\d-\d\d)(T\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?)?Z?")


@dataclass(frozen=True)
class ColumnValue:
    """One value: a thing by slug and name, a number, a moment, or a text in a language.

    `note` tells in what way a thing did not simply occur, such as planned.
    """

    text: str = ""
    language: str = ""
    slug: str = ""
    note: str = ""
    number: int | float | None = None
    moment: str = ""


@dataclass(frozen=True)
class Column:
    """A property as a client named it, and at most how many values a cell has; 0 for all."""

    id: str
    property: ReconciliationProperty | None
    limit: int = 0


@dataclass(frozen=True)
class ExtensionTable:
    """The values of some columns for the things of some slugs, in the order of both."""

    columns: tuple[Column, ...]
    rows: Mapping[str, Mapping[str, Sequence[ColumnValue]]]


def extend(store: Store, slugs: Iterable[str], columns: Sequence[Column]) -> ExtensionTable:
    """Return the values of properties of things; none for what is no thing or no property.

    A slug that was merged into another has the values of that one. ReconciliationLimit beyond
    50,000 values.
    """
    resolved = tuple(replace(c, property=resolve_property(store, c.id)) for c in columns)
    rows: dict[str, dict[str, Sequence[ColumnValue]]] = {}
    total = 0
    for slug in dict.fromkeys(slugs):
        iri = current_thing(store, slug.removeprefix(THING))
        rows[slug] = {column.id: _cell(store, iri, column) for column in resolved}
        total += sum(map(len, rows[slug].values()))
        if total > MOST_CELLS:
            raise ReconciliationLimit(MOST_CELLS, "the table has too many values")
    return ExtensionTable(resolved, rows)


def _cell(store: Store, iri: str, column: Column) -> Sequence[ColumnValue]:
    if not iri or column.property is None or not column.property.readable:
        return ()
    vocabulary = read_vocabulary(store)
    values = [_value(vocabulary, one) for one in property_values(store, column.property, iri)]
    return values[: column.limit] if column.limit else values


def _value(vocabulary: Vocabulary, term: Term) -> ColumnValue:
    if isinstance(term, Literal):
        return _literal(term)
    iri = text(term)
    name = vocabulary.label(iri)
    if iri.startswith(THING):
        return ColumnValue(name, slug=iri.removeprefix(THING), note=vocabulary.status(iri))
    # A term of a scheme by its name, a record of another dataset by its address.
    named = isinstance(term, NamedNode) and vocabulary.name(iri)
    return ColumnValue(name if named else iri)


def _literal(term: Literal) -> ColumnValue:
    datatype, value = term.datatype.value, term.value
    # Third-party data may have any text for a number or a day: it stays a text.
    try:
        if datatype in _INTEGERS:
            return ColumnValue(number=int(value))
        if datatype in _NUMBERS and value not in {"INF", "-INF", "NaN"}:
            return ColumnValue(number=float(value))
    except ValueError:
        return ColumnValue(value)
    if datatype in {XSD + "date", XSD + "dateTime"} and (match := _DAY.fullmatch(value)):
        # A month or a year stays a text: no day is invented for it.
        return ColumnValue(moment=match[1] + (match[2] or "T00:00:00Z"))
    return ColumnValue(value, term.language or "")
