"""Statements of a catalogue: terms by prefixed name, and triples that most descriptions have."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TypeAlias

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.model.prefixes import node

Node: TypeAlias = NamedNode | BlankNode

# Vocabularies that only catalogues use, so that the graph's own prefix map does not have them.
_SPACES = {
    "adms": "http://www.w3.org/ns/adms#",
    "dcatap": "http://data.europa.eu/r5r/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
}


def term(name: str) -> NamedNode:
    """Return the node for a prefixed name.

    >>> term("foaf:name").value, term("dcat:Dataset").value
    ('http://xmlns.com/foaf/0.1/name', 'http://www.w3.org/ns/dcat#Dataset')
    """
    prefix, _, local = name.partition(":")
    return NamedNode(_SPACES[prefix] + local) if prefix in _SPACES else node(name)


def about(subject: Node, name: str, *values: Node | Literal) -> Iterator[Triple]:
    """Yield the values of a property, by its prefixed name."""
    for value in values:
        yield Triple(subject, term(name), value)


def typed(subject: Node, name: str) -> Iterator[Triple]:
    """Yield the class of a resource."""
    yield Triple(subject, node("rdf:type"), term(name))


def with_title(subject: NamedNode, kind: str, title: str, description: str) -> Iterator[Triple]:
    """Yield the class, title and description of a resource."""
    yield from typed(subject, kind)
    yield from about(subject, "dcterms:title", Literal(title, language="en"))
    yield from about(subject, "dcterms:description", Literal(description, language="en"))


def date_time(published: str) -> tuple[Literal, ...]:
    """Return a time as a literal, or nothing if there is none."""
    return (Literal(published, datatype=node("xsd:dateTime")),) if published else ()
