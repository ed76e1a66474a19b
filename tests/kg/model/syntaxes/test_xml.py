"""What XML has no way to write is refused and named; all else is well-formed and reads back."""

import pickle
from xml.etree import ElementTree as ET

import pytest
from pyoxigraph import Literal, NamedNode, Triple, parse

from kg.model.formats import graph_format, write
from kg.model.prefixes import node
from kg.model.syntaxes.xml import Unwritable
from kg.store.store import Store

HERE, LABEL, TYPE = node("id:here"), node("rdfs:label"), node("rdf:type")
RDF, JSON_LD = graph_format("rdf"), graph_format("jsonld")
NAMELESS = [f"http://example.org/{end}" for end in ("", "ns#", "123", "a(b)", "x:1")]


@pytest.mark.parametrize("iri", [*NAMELESS, "urn:x:1", "http://www.w3.org/2000/xmlns/foo"])
def test_a_property_that_xml_has_no_name_for_is_named(iri: str) -> None:
    for statement in (said(iri), Triple(HERE, LABEL, said(iri))):
        with pytest.raises(Unwritable, match="RDF/XML cannot write the property") as failure:
            write([statement], RDF)
        assert f"<{iri}>" in str(failure.value)
        assert "text/turtle" in str(failure.value)


def test_a_property_that_is_syntax_of_rdf_xml_is_named() -> None:
    with pytest.raises(Unwritable, match=r"rdf-syntax-ns#li>"):
        write([said(node("rdf:li").value)], RDF)


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x0b", "\x1f", "\ufffe", "\uffff"])
def test_a_character_that_xml_has_not_is_named_with_its_property(character: str) -> None:
    for value in (Literal(character), Literal(f"a{character}b", language="en")):
        for statement in (
            Triple(HERE, LABEL, value),
            Triple(HERE, LABEL, Triple(HERE, LABEL, value)),
        ):
            with pytest.raises(Unwritable, match=f"#label>.*U\\+{ord(character):04X}"):
                write([statement], RDF)


@pytest.mark.parametrize(
    "iri", [*NAMELESS, "http://www.w3.org/2000/xmlns/foo", "http://e/\U00010000b"]
)
def test_a_class_needs_no_name(iri: str) -> None:
    kinds = [Triple(HERE, TYPE, NamedNode(iri)), Triple(HERE, TYPE, node("dip:State"))]
    graph = [*kinds, Triple(HERE, LABEL, Literal("\t\r\n<type xmlns=''/>\U0010ffff"))]
    body = write(graph, RDF)
    ET.fromstring(body)  # noqa: S314 - it is our own
    assert {quad.triple for quad in parse(body, format=RDF.engine)} == set(graph)


def test_a_triple_term_is_not_written_as_json_ld() -> None:
    with pytest.raises(Unwritable, match=r"application/ld\+json cannot write this graph"):
        write([Triple(HERE, LABEL, said(LABEL.value))], JSON_LD)


def test_rows_with_a_character_that_xml_has_not_are_refused_in_xml_alone() -> None:
    query = 'SELECT ("a\\u0001b" AS ?x) {}'
    with pytest.raises(Unwritable, match=r"U\+0001"):
        Store.of([]).execute(query, lambda _: "application/sparql-results+xml")
    _, body = Store.of([]).execute(query, lambda _: "application/sparql-results+json")
    assert b"a\\u0001b" in body


def test_the_reason_crosses_from_process_to_process() -> None:
    reason = pickle.loads(pickle.dumps(Unwritable("why")))  # noqa: S301 - it is our own
    assert (type(reason), str(reason)) == (Unwritable, "why")


def said(predicate: str) -> Triple:
    return Triple(HERE, NamedNode(predicate), HERE)
