"""Names made from IRIs: of terms without a label, of records in outside datasets."""

from __future__ import annotations

import re

from kg.model.outside_datasets import dataset_of

# Namespaces of terms that pages show, which are no records of a dataset.
_VOCABULARIES = (
    ("http://dbpedia.org/ontology/", "DBpedia ontology"),
    ("https://schema.org/", "schema.org"),
)


def split_outside_iri(iri: str) -> tuple[str, str]:
    """Return the name of the outside dataset of an IRI, and the identifier in it.

    >>> split_outside_iri("http://www.wikidata.org/entity/Q17")
    ('Wikidata', 'Q17')
    >>> split_outside_iri("https://example.org/a/b")
    ('example.org', 'a/b')
    """
    dataset = dataset_of(iri)
    if dataset:
        return dataset.name, dataset.identifier(iri).replace("_", " ")
    for namespace, name in _VOCABULARIES:
        if iri.startswith(namespace):
            return name, iri.removeprefix(namespace)
    host, _, path = iri.partition("://")[2].partition("/")
    return host, path


def spell_local_name(iri: str) -> str:
    """Write the local name of a term in words.

    >>> spell_local_name("http://purl.org/dc/terms/isPartOf")
    'is part of'
    >>> spell_local_name("https://w3id.org/aide-memoire/id/state-visit")
    'state visit'
    """
    local = re.split(r"[#/]", iri.rstrip("#/"))[-1]
    # Camel case is for properties and classes, hyphens for concepts and things.
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])|[-_]", " ", local).lower() or iri
