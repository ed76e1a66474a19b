"""Statements as a reader sees them: subject, property and value with their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode

from kg.store.store import Store, Term
from kg.terms.display import (
    DisplayValue,
    display_term,
    display_value,
    value_order,
)
from kg.terms.vocabulary import Vocabulary, read_vocabulary, text


@dataclass(frozen=True)
class Statement:
    """One statement, the numbers of its footnotes and the marks beside it."""

    subject: DisplayValue
    property: DisplayValue
    value: DisplayValue
    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()


def group_by_subject(
    statements: Iterable[Statement],
) -> list[tuple[DisplayValue, list[tuple[DisplayValue, list[Statement]]]]]:
    """Gather statements in reading order by their subject, then by their property."""
    return [
        (subject, [(name, list(same)) for name, same in groupby(said, lambda s: s.property)])
        for subject, said in groupby(statements, lambda s: s.subject)
    ]


def read_statements(store: Store, rows: Iterable[dict[str, Term]]) -> tuple[Statement, ...]:
    """Turn rows of subject, property and value into statements, by subject and display order."""
    vocabulary = read_vocabulary(store)
    statements = [
        Statement(
            display_value(vocabulary, row["subject"]),
            display_term(vocabulary, text(row["property"])),
            display_value(vocabulary, row["value"]),
        )
        for row in rows
        if isinstance(row["property"], NamedNode)
    ]
    return tuple(sorted(statements, key=lambda s: reading_order(vocabulary, s)))


def reading_order(vocabulary: Vocabulary, statement: Statement) -> tuple[object, ...]:
    """Return the key that sorts statements for reading."""
    return (
        statement.subject.text.casefold(),
        statement.subject.iri,
        vocabulary.property_order(statement.property.iri),
        value_order(vocabulary, statement.value),
    )
