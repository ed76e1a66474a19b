"""Statements as a reader sees them: subject, property and value with their names."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from pyoxigraph import Literal, NamedNode

from kg.model.prefixes import shorten
from kg.model.text import truncate
from kg.store.store import Store, Term
from kg.terms.literals import XSD, format_literal
from kg.terms.vocabulary import Vocabulary, text, vocabulary

_PLAIN = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}


@dataclass(frozen=True)
class Value:
    """A node or literal with the words to show; a literal has no IRI.

    `status` says in what way a thing did not simply occur: alleged, planned. `length` counts the
    characters of a literal of which only the first are shown.
    """

    text: str
    iri: str = ""
    language: str = ""
    raw: str = ""
    datatype: str = ""
    status: str = ""
    length: int = 0


@dataclass(frozen=True)
class Statement:
    """One statement, the numbers of its footnotes and the marks beside it."""

    subject: Value
    property: Value
    value: Value
    notes: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()


def value(words: Vocabulary, term: Term) -> Value:
    """Put a term in words."""
    if not isinstance(term, Literal):
        return thing(words, text(term))
    datatype = term.datatype.value
    kind = "" if datatype in _PLAIN else shorten(datatype)
    raw = truncate(term.value)
    length = len(term.value) if raw != term.value else 0
    return Value(
        truncate(format_literal(term)),
        language=term.language or "",
        raw=raw,
        datatype=kind,
        length=length,
    )


def thing(words: Vocabulary, iri: str) -> Value:
    """Put an IRI in words."""
    return Value(words.label(iri), iri, words.spoken(iri), status=words.status(iri))


def term(words: Vocabulary, iri: str) -> Value:
    """Put a property or class in words."""
    return Value(words.term_label(iri), iri)


def value_order(words: Vocabulary, value: Value) -> tuple[str, str, str]:
    """Return the key that sorts things by day and name, and literals as they are written."""
    return (*words.order(value.iri), value.iri) if value.iri else ("", value.raw, value.language)


def group_by_subject(
    statements: Iterable[Statement],
) -> list[tuple[Value, list[tuple[Value, list[Statement]]]]]:
    """Gather statements in reading order by their subject, then by their property."""
    return [
        (subject, [(name, list(same)) for name, same in groupby(said, lambda s: s.property)])
        for subject, said in groupby(statements, lambda s: s.subject)
    ]


def read_statements(store: Store, rows: Iterable[dict[str, Term]]) -> tuple[Statement, ...]:
    """Turn rows of subject, property and value into statements, by subject and display order."""
    words = vocabulary(store)
    statements = [
        Statement(
            value(words, row["subject"]),
            term(words, text(row["property"])),
            value(words, row["value"]),
        )
        for row in rows
        if isinstance(row["property"], NamedNode)
    ]
    return tuple(sorted(statements, key=lambda s: reading_order(words, s)))


def reading_order(words: Vocabulary, statement: Statement) -> tuple[object, ...]:
    """Return the key that sorts statements for reading."""
    return (
        statement.subject.text.casefold(),
        statement.subject.iri,
        words.property_order(statement.property.iri),
        value_order(words, statement.value),
    )
