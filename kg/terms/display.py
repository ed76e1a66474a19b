"""RDF terms with the words that pages show for them: label, language, status."""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import Literal

from kg.model.prefixes import shorten
from kg.model.text import truncate
from kg.store.store import Term
from kg.terms.literals import XSD, format_literal, text
from kg.terms.vocabulary import Vocabulary

# Datatypes of plain text, which pages do not show beside a literal.
_PLAIN = {XSD + "string", "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString"}


@dataclass(frozen=True)
class DisplayValue:
    """A node or literal with the words to show; a literal has no IRI.

    `status` tells in what way a thing did not simply occur: alleged, planned. `raw` is the lexical
    form of a literal; `length` its number of characters, if only the first are shown.
    """

    text: str
    iri: str = ""
    language: str = ""
    raw: str = ""
    datatype: str = ""
    status: str = ""
    length: int = 0


def display_value(vocabulary: Vocabulary, term: Term) -> DisplayValue:
    """Label a node, or write a literal in words."""
    if not isinstance(term, Literal):
        return display_thing(vocabulary, text(term))
    datatype = term.datatype.value
    # Third-party data may hold a document in one literal.
    raw = truncate(term.value)
    return DisplayValue(
        truncate(format_literal(term)),
        language=term.language or "",
        raw=raw,
        datatype="" if datatype in _PLAIN else shorten(datatype),
        length=len(term.value) if raw != term.value else 0,
    )


def display_thing(vocabulary: Vocabulary, iri: str) -> DisplayValue:
    """Label a thing, with its status."""
    language, status = vocabulary.name_language(iri), vocabulary.status(iri)
    return DisplayValue(vocabulary.label(iri), iri, language, status=status)


def display_term(vocabulary: Vocabulary, iri: str) -> DisplayValue:
    """Label a property or class."""
    return DisplayValue(vocabulary.term_label(iri), iri)


def value_order(vocabulary: Vocabulary, value: DisplayValue) -> tuple[str, str, str]:
    """Return the sort key of a value: a thing's by time and label, a literal's as written."""
    if value.iri:
        return (*vocabulary.order(value.iri), value.iri)
    return ("", value.raw, value.language)
