"""JSON-LD with a context says the same as without."""

import json

import pytest
from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse, serialize
from rdflib import Graph

from kg.model.formats import graph_format, write
from kg.model.prefixes import THING, expand, node
from kg.model.syntaxes.jsonld import LONGEST, compact
from kg.store.store import Store
from kg.things.rdf_export import export_thing

JSON_LD = graph_format("jsonld")
LITERALS = [
    Literal("norland"),
    Literal("Norland", language="en"),
    Literal("2018-04", datatype=node("xsd:gYearMonth")),
    Literal("12", datatype=node("xsd:integer")),
    Literal("id:norland"),
    Literal("@id"),
    Literal("ノルランド\n\u0000", language="ja"),
]
LOCALS = ["norland", "", "a/b", "//a", "ノルランド", "a:b", "%20", "@id", "x#y"]


def _read(body: bytes) -> set[Triple]:
    return {quad.triple for quad in parse(body, format=RdfFormat.JSON_LD)}


def test_literals_and_names_of_every_kind_read_back() -> None:
    note, here = node("skos:note"), node("id:norland")
    triples = [Triple(here, note, literal) for literal in LITERALS]
    triples += [Triple(here, note, NamedNode(THING + local)) for local in LOCALS]
    triples += [Triple(here, node("rdf:type"), node("dip:State"))]
    assert _read(write(triples, JSON_LD)) == set(triples)


@pytest.mark.parametrize(
    "iri", ["id:norland", "dip:x", "urn:x:y", "wd:Q17", "skos:note", "mailto:a@b"]
)
def test_an_iri_that_looks_like_a_prefixed_name_stays_what_it_is(iri: str) -> None:
    triples = [
        Triple(NamedNode(iri), NamedNode(iri), NamedNode(iri)),
        Triple(node("id:norland"), node("skos:note"), node("wd:Q17")),
    ]
    assert _read(write(triples, JSON_LD)) == set(triples)


def test_named_graphs_and_nameless_nodes_are_kept() -> None:
    quad = Quad(node("id:norland"), node("skos:note"), Literal("x"), node("graph:entities"))
    nameless = Quad(BlankNode("a"), node("skos:note"), Literal("y"))
    body = serialize([quad, nameless], format=RdfFormat.JSON_LD) or b""
    assert len(list(parse(compact(body), format=RdfFormat.JSON_LD))) == 2
    assert quad in set(parse(compact(body), format=RdfFormat.JSON_LD))


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph:DeprecationWarning")  # within rdflib
def test_the_whole_graph_reads_back_by_either_reader(corpus: Store) -> None:
    triples = corpus.construct("CONSTRUCT WHERE { ?s ?p ?o }")
    body = write(triples, JSON_LD)
    assert _read(body) == set(triples)
    assert len(Graph().parse(data=body, format="json-ld")) == len(triples)


def test_a_programmer_finds_short_names(corpus: Store) -> None:
    body = write(export_thing(corpus, "norland", JSON_LD.media_type), JSON_LD)
    document = json.loads(body)
    assert document["@context"]["dip"] == expand("dip:")
    norland = next(one for one in document["@graph"] if one["@id"] == "id:norland")
    assert norland["dip:isoAlpha2"] == "XN"
    assert {"@language": "ja", "@value": "ノルランド"} in norland["rdfs:label"]
    assert f'"{THING}' not in body.decode().partition('"@graph"')[2]


def test_what_is_said_of_a_node_stands_in_one_place() -> None:
    note, one, other = node("skos:note"), node("id:norland"), node("id:sylvania")
    triples = [Triple(one, note, Literal("a")), Triple(other, note, one)]
    body = write([*triples, Triple(one, note, Literal("b"))], JSON_LD)
    names = [found["@id"] for found in json.loads(body)["@graph"]]
    assert names == ["id:norland", "id:sylvania"]
    assert len(_read(body)) == 3


def test_a_document_too_long_to_read_again_stays_as_it_is() -> None:
    long = Triple(node("id:norland"), node("skos:note"), Literal("x" * LONGEST))
    body = serialize([long], format=RdfFormat.JSON_LD) or b""
    assert compact(body) == body
