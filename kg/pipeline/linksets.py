"""The links of a graph described for machines: a void:Linkset for each dataset and relation.

https://www.w3.org/TR/void/#linksets. The datasets are those of `kg/links/datasets.toml`; one that
is not in it is known by the host of its IRIs.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, Triple

from kg.model.named_graphs import LINKS, in_graph, is_mapping_record
from kg.model.outside_datasets import OutsideDataset, dataset_of
from kg.model.prefixes import BASE, node
from kg.store.store import Store

_LINKED = BASE + "void#links/"
_HOMEPAGE = NamedNode("http://xmlns.com/foaf/0.1/homepage")
_TYPE, _TITLE = node("rdf:type"), node("dcterms:title")
_SPACE = node("void:uriSpace")
_HOST = re.compile(r"[^:/]*://([^/]*)/?")


def linksets(store: Store, superset: NamedNode) -> Iterator[Triple]:
    """Describe the links of a graph as parts of the dataset `superset`, and where they lead.

    The records of how links were made are no links.
    """
    counts: Counter[tuple[str, str]] = Counter()
    described: dict[str, list[Triple]] = {}
    for triple in store.graph(LINKS):
        is_record = is_mapping_record(in_graph(LINKS, triple))
        if isinstance(triple.object, NamedNode) and not is_record:
            name, about = _dataset(triple.object.value)
            described.setdefault(name, about)
            counts[name, triple.predicate.value] += 1
    for about in described.values():
        yield from about
    for (name, predicate), links in counts.items():
        yield from _linkset(superset, name, predicate, links)


def _linkset(superset: NamedNode, name: str, predicate: str, links: int) -> Iterator[Triple]:
    relation = re.split("[/#]", predicate)[-1]
    linkset = NamedNode(f"{_LINKED}{name}/{quote(relation, safe='')}")
    yield Triple(superset, node("void:subset"), linkset)
    yield Triple(linkset, _TYPE, node("void:Linkset"))
    yield Triple(linkset, node("void:subjectsTarget"), superset)
    yield Triple(linkset, node("void:objectsTarget"), NamedNode(_LINKED + name))
    yield Triple(linkset, node("void:linkPredicate"), NamedNode(predicate))
    yield Triple(linkset, node("void:triples"), Literal(links))


def _dataset(record: str) -> tuple[str, list[Triple]]:
    """Return the name of the dataset of a record, as its IRI here ends, and its description."""
    dataset = dataset_of(record)
    if dataset:
        return dataset.id, list(_described(dataset))
    host = _HOST.match(record)
    name, space = (host[1], host[0]) if host else (record.partition(":")[0], record)
    name = quote(name, safe="")
    other = NamedNode(_LINKED + name)
    about = (_TYPE, node("void:Dataset")), (_TITLE, Literal(name)), (_SPACE, Literal(space))
    return name, [Triple(other, property_, value) for property_, value in about]


def _described(dataset: OutsideDataset) -> Iterator[Triple]:
    other = NamedNode(_LINKED + dataset.id)
    yield Triple(other, _TYPE, node("void:Dataset"))
    yield Triple(other, _TITLE, Literal(dataset.name))
    yield Triple(other, _SPACE, Literal(dataset.space))
    yield Triple(other, _HOMEPAGE, NamedNode(dataset.homepage))
    if dataset.licence:
        yield Triple(other, node("dcterms:license"), NamedNode(dataset.licence_iri))
    if dataset.sparql:
        yield Triple(other, node("void:sparqlEndpoint"), NamedNode(dataset.sparql))
