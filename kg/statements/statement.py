"""Statements as pages show them: labelled subject, property and value, in reading order."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import NamedNode, Triple

from kg.index.statement_keys import statement_key
from kg.model.prefixes import THING
from kg.statements.variations import Variation
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term, display_value, value_order
from kg.terms.vocabulary import Vocabulary, read_vocabulary


@dataclass(frozen=True)
class Statement:
    """A statement with the numbers of its footnotes, or its provenance if it has none.

    `variation` tells in what sources differ about it; `sources` and `publishers` count the sources
    that state it and their publishers that are independent of each other. `key` leads to its page.
    `days` are those of the tenure that an office held follows from.
    """

    subject: DisplayValue
    property: DisplayValue
    value: DisplayValue
    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()
    sources: int = 0
    publishers: int = 0
    variation: Variation | None = None
    key: str = ""
    days: str = ""


def group_by_subject(
    statements: Iterable[Statement],
) -> list[tuple[DisplayValue, list[tuple[DisplayValue, list[Statement]]]]]:
    """Group statements in reading order by subject, then by property."""
    return [
        (subject, [(name, list(same)) for name, same in groupby(about, lambda s: s.property)])
        for subject, about in groupby(statements, lambda s: s.subject)
    ]


def read_statements(store: Store, triples: Iterable[Triple]) -> tuple[Statement, ...]:
    """Label triples, in reading order."""
    vocabulary = read_vocabulary(store)
    statements = [
        Statement(
            display_value(vocabulary, triple.subject),
            display_term(vocabulary, triple.predicate.value),
            display_value(vocabulary, triple.object),
            key=citable_key(*triple),
        )
        for triple in triples
    ]
    return tuple(sorted(statements, key=lambda s: reading_order(vocabulary, s)))


def citable_key(subject: Term, property_: NamedNode, value: Term) -> str:
    """Return the key of a statement about a thing; "" for others, such as the record of a source.

    What only a record says is in no index, and has no page to cite.
    """
    ours = isinstance(subject, NamedNode) and subject.value.startswith(THING)
    return statement_key(subject, property_, value) if ours else ""


def reading_order(vocabulary: Vocabulary, statement: Statement) -> tuple[object, ...]:
    """Return the sort key of a statement: by subject, then property, then value."""
    return (
        statement.subject.text.casefold(),
        statement.subject.iri,
        vocabulary.property_order(statement.property.iri),
        value_order(vocabulary, statement.value),
    )
