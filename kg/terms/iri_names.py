"""Names made from IRIs: of terms without a label, of records in outside datasets."""

from __future__ import annotations

import re

# Outside datasets by namespace; the first that fits names a record.
OUTSIDE_DATASETS = (
    ("http://www.wikidata.org/entity/", "Wikidata"),
    ("http://dbpedia.org/resource/", "DBpedia"),
    ("http://dbpedia.org/ontology/", "DBpedia ontology"),
    # GeoNames publishes https IRIs; many datasets still have its older http ones.
    ("https://sws.geonames.org/", "GeoNames"),
    ("http://sws.geonames.org/", "GeoNames"),
    ("https://schema.org/", "schema.org"),
)


def split_outside_iri(iri: str) -> tuple[str, str]:
    """Return the name of the outside dataset of an IRI, and the identifier in it.

    >>> split_outside_iri("http://www.wikidata.org/entity/Q17")
    ('Wikidata', 'Q17')
    >>> split_outside_iri("https://example.org/a/b")
    ('example.org', 'a/b')
    """
    for namespace, name in OUTSIDE_DATASETS:
        if iri.startswith(namespace):
            return name, iri.removeprefix(namespace).strip("/").replace("_", " ")
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
