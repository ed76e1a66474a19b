"""The build described for machines: VoID, SPARQL Service Description, DCAT, example questions."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

from pyoxigraph import (
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    Triple,
)

from kg.model.formats import DATASETS, GRAPHS, RESULTS, GraphFormat, graph_format
from kg.model.named_graphs import DESCRIPTION, in_graph
from kg.model.prefixes import BASE, ROOT, node, shorten
from kg.model.text_files import read
from kg.pipeline.examples import examples
from kg.pipeline.linksets import linksets
from kg.sparql.form import query_form
from kg.sparql.named_queries import QUERIES
from kg.store.draft_graph import DraftGraph
from kg.store.dump import DUMPS
from kg.store.store import Store, Term

DATASET = NamedNode(BASE + "void#dataset")
SERVICE = NamedNode(BASE + "sparql#service")
DUMP = BASE + "dump/aide-memoire."

LICENCE = "https://creativecommons.org/licenses/by/4.0/"

_COUNTS = QUERIES / "description"
_MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"

# How VoID links a dataset to its part for a class, property or datatype, and the part to that.
# https://www.w3.org/TR/void/#class-property-partitions, http://ldf.fi/void-ext
PARTITIONS = {
    "class": (node("void:classPartition"), node("void:class")),
    "property": (node("void:propertyPartition"), node("void:property")),
    "datatype": (node("voidext:datatypePartition"), node("voidext:datatype")),
}

# https://www.w3.org/ns/formats/
# Listed one by one, as no rule makes these names from ours.
_W3C = {
    "json": node("formats:SPARQL_Results_JSON"),
    "xml": node("formats:SPARQL_Results_XML"),
    "csv": node("formats:SPARQL_Results_CSV"),
    "tsv": node("formats:SPARQL_Results_TSV"),
    "ttl": node("formats:Turtle"),
    "nt": node("formats:N-Triples"),
    "rdf": node("formats:RDF_XML"),
    "jsonld": node("formats:JSON-LD"),
    "trig": node("formats:TriG"),
    "nq": node("formats:N-Quads"),
}


def describe(graph: DraftGraph, root: Path = ROOT) -> list[Quad]:
    """Describe a graph, with the named queries under a root; add and return graph:description.

    Everything is counted but this description itself, so equal graphs have equal descriptions.
    """
    store = graph.view()
    triples = {*_counted(store), *linksets(store, DATASET)}
    triples |= {*_formats(), *_dumps(), *examples(root)}
    description = [in_graph(DESCRIPTION, triple) for triple in sorted(triples, key=str)]
    # What the default graph holds is what any named graph states; see kg.model.named_graphs.
    graph.add([*description, *(in_graph(DefaultGraph(), quad.triple) for quad in description)])
    return description


def _counted(store: Store) -> Iterator[Triple]:
    for path in sorted(_COUNTS.glob("*.rq")):
        text = read(path)
        if query_form(text) == "CONSTRUCT":
            yield from store.construct(text)
        else:
            for row in store.select(text):
                yield from _part(row)


def _part(row: dict[str, Term]) -> Iterator[Triple]:
    """Turn a row into the part of the dataset that its IRIs name, and its numbers into counts."""
    parent, part = DATASET, DATASET.value.removesuffix("dataset")
    for name, value in row.items():
        if isinstance(value, NamedNode):
            link, key = PARTITIONS[name]
            part = f"{part}{'' if parent == DATASET else '/'}{name}/{_short(value.value)}"
            yield Triple(parent, link, NamedNode(part))
            yield Triple(NamedNode(part), key, value)
            parent = NamedNode(part)
        elif isinstance(value, Literal):
            yield Triple(parent, node(f"void:{name}"), value)


def _short(iri: str) -> str:
    """Write an IRI so that it fits into a fragment.

    >>> _short("https://w3id.org/aide-memoire/ontology#State")
    'dip:State'
    >>> _short("https://example.org/#State")
    'https%3A%2F%2Fexample.org%2F%23State'
    """
    short = shorten(iri)
    return quote(iri, safe="") if short.startswith("<") else short


def _formats() -> Iterator[Triple]:
    for row in (*RESULTS, *GRAPHS, *DATASETS):
        yield Triple(SERVICE, node("sd:resultFormat"), _W3C[row.name])
    for row in (*GRAPHS, *DATASETS):
        yield Triple(DATASET, node("void:feature"), _W3C[row.name])


def _dumps() -> Iterator[Triple]:
    for form in (graph_format(name) for name in DUMPS):
        if form is not None:
            yield from _dump(form)


def _dump(form: GraphFormat) -> Iterator[Triple]:
    file, dump = NamedNode(DUMP + form.name), NamedNode(f"{BASE}void#dump/{form.name}")
    held = "all graphs, with the contents of claims" if form in DATASETS else "the default graph"
    yield Triple(DATASET, node("void:dataDump"), file)
    yield Triple(DATASET, node("dcat:distribution"), dump)
    yield Triple(dump, node("rdf:type"), node("dcat:Distribution"))
    yield Triple(dump, node("dcterms:title"), Literal(f"{form.name}: {held}", language="en"))
    yield Triple(dump, node("dcterms:license"), NamedNode(LICENCE))
    yield Triple(dump, node("dcterms:format"), _W3C[form.name])
    yield Triple(dump, node("dcat:mediaType"), NamedNode(_MEDIA_TYPES + form.media_type))
    yield Triple(dump, node("dcat:accessURL"), file)
    yield Triple(dump, node("dcat:downloadURL"), file)
