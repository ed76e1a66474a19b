"""A table of mappings as RDF: its links, and for each row a record of how it was made.

The record is SSSOM's own form in RDF, an annotated axiom
(https://mapping-commons.github.io/sssom/spec-formats-owl/): so it describes a mapping that does
not hold, or the search for a record that does not exist, without asserting either.
"""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.named_graphs import MAPPING
from kg.model.outside_datasets import outside_datasets
from kg.model.prefixes import TERM, THING, node
from kg.pipeline.inputs.sssom import MappingRow, MappingTable

_A, _LABEL, _TITLE = node("rdf:type"), node("rdfs:label"), node("dcterms:title")
_AUTHORS = {
    "author_id": node("pav:authoredBy"),
    "reviewer_id": node("sssom:reviewer_id"),
    "creator_id": node("dcterms:creator"),
}
# The property of each slot in the SSSOM schema, and the datatype of its range.
_SLOTS = {
    "subject_label": (node("sssom:subject_label"), node("xsd:string")),
    "object_label": (node("sssom:object_label"), node("xsd:string")),
    "predicate_modifier": (node("sssom:predicate_modifier"), node("xsd:string")),
    "confidence": (node("sssom:confidence"), node("xsd:double")),
    "mapping_date": (node("pav:authoredOn"), node("xsd:date")),
    "mapping_tool": (node("sssom:mapping_tool"), node("xsd:string")),
    "comment": (node("rdfs:comment"), node("xsd:string")),
}


def mapping_triples(table: MappingTable) -> Iterator[Triple]:
    """Yield the links of a table, the records of all its rows, and its metadata."""
    yield from _metadata(table)
    for row in table.rows:
        if row.link:
            yield row.link
        yield from _record(table, row)


def mapping_node(dataset: str, subject: str, target: str) -> NamedNode:
    """Return the node of the record that maps a thing or term to a record of a dataset.

    >>> mapping_node("wikidata", THING + "japan", "http://www.wikidata.org/entity/Q17").value
    'https://w3id.org/aide-memoire/graph/links#wikidata/japan/Q17'
    """
    ours = subject.removeprefix(THING).removeprefix(TERM)
    description = outside_datasets().get(dataset)
    theirs = description.identifier(target) if description else ""
    return NamedNode(f"{MAPPING}{dataset}/{ours}/{theirs or target.rpartition('/')[2]}")


def _record(table: MappingTable, row: MappingRow) -> Iterator[Triple]:
    subject, predicate, target = row.triple
    record = mapping_node(table.dataset, _iri(subject), _iri(target))
    yield Triple(record, _A, node("owl:Axiom"))
    yield Triple(record, node("owl:annotatedSource"), subject)
    yield Triple(record, node("owl:annotatedProperty"), predicate)
    yield Triple(record, node("owl:annotatedTarget"), target)
    yield Triple(record, node("sssom:mapping_source"), NamedNode(table.mapping_set.iri))
    yield Triple(record, node("sssom:object_source"), _dataset(table))
    justification = node(row.cells["mapping_justification"])
    yield Triple(record, node("sssom:mapping_justification"), justification)
    for column, author in row.authors:
        yield Triple(record, _AUTHORS[column], author)
    for slot, (property_, datatype) in _SLOTS.items():
        if value := row.cells.get(slot):
            yield Triple(record, property_, Literal(value, datatype=datatype))


def _metadata(table: MappingTable) -> Iterator[Triple]:
    declared, mappings = table.mapping_set, NamedNode(table.mapping_set.iri)
    yield Triple(mappings, _A, node("sssom:MappingSet"))
    yield Triple(mappings, node("dcterms:license"), NamedNode(declared.licence))
    if declared.title:
        yield Triple(mappings, _TITLE, Literal(declared.title))
    for creator, label in declared.creators:
        yield Triple(mappings, node("dcterms:creator"), NamedNode(creator))
        if label:
            yield Triple(NamedNode(creator), _LABEL, Literal(label, language="en"))
    dataset, description = _dataset(table), outside_datasets().get(table.dataset)
    yield Triple(dataset, _A, node("void:Dataset"))
    if description:
        yield Triple(dataset, _TITLE, Literal(description.name))
        yield Triple(dataset, node("void:uriSpace"), Literal(description.space))


def _dataset(table: MappingTable) -> NamedNode:
    return NamedNode(MAPPING + table.dataset)


def _iri(term: object) -> str:
    return term.value if isinstance(term, NamedNode) else ""
