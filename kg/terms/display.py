"""Terms with the words that pages show for them: label, language, status."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal

from kg.model.prefixes import shorten
from kg.model.text import truncate
from kg.store.store import Term
from kg.terms.literals import XSD, format_literal
from kg.terms.vocabulary import Vocabulary, text

_PLAIN = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}


@dataclass(frozen=True)
class DisplayValue:
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


def display_value(vocabulary: Vocabulary, term: Term) -> DisplayValue:
    """Put a term in words."""
    if not isinstance(term, Literal):
        return display_thing(vocabulary, text(term))
    datatype = term.datatype.value
    kind = "" if datatype in _PLAIN else shorten(datatype)
    raw = truncate(term.value)
    length = len(term.value) if raw != term.value else 0
    return DisplayValue(
        truncate(format_literal(term)),
        language=term.language or "",
        raw=raw,
        datatype=kind,
        length=length,
    )


def display_thing(vocabulary: Vocabulary, iri: str) -> DisplayValue:
    """Put an IRI in words."""
    return DisplayValue(
        vocabulary.label(iri), iri, vocabulary.name_language(iri), status=vocabulary.status(iri)
    )


def display_term(vocabulary: Vocabulary, iri: str) -> DisplayValue:
    """Put a property or class in words."""
    return DisplayValue(vocabulary.term_label(iri), iri)


def value_order(vocabulary: Vocabulary, value: DisplayValue) -> tuple[str, str, str]:
    """Return the key that sorts things by day and name, and literals as they are written."""
    return (
        (*vocabulary.order(value.iri), value.iri) if value.iri else ("", value.raw, value.language)
    )
