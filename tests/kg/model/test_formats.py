"""Formats by name and media type, and graphs written the same way every time."""

import pytest
from pyoxigraph import Literal, NamedNode, Triple, parse

from kg.model.formats import DATASETS, GRAPHS, RESULTS, graph_format, result_format, write
from kg.model.prefixes import THING, node

TRIPLES = [
    Triple(node("id:norland"), node("rdf:type"), node("dip:State")),
    Triple(node("id:norland"), node("rdfs:comment"), Literal("see skos:note and\n@prefix x: <> .")),
]


@pytest.mark.parametrize("row", RESULTS, ids=lambda row: row.name)
def test_result_formats_are_found_by_name_and_media_type(row) -> None:
    assert result_format(row.name) is result_format(row.media_type) is row
    assert row.engine.media_type.split(";")[0] == row.media_type


@pytest.mark.parametrize("row", GRAPHS + DATASETS, ids=lambda row: row.name)
def test_graph_formats_are_found_by_name_and_media_type(row) -> None:
    assert graph_format(row.name) is graph_format(row.media_type) is row
    assert row.engine.media_type == row.media_type


@pytest.mark.parametrize("row", GRAPHS, ids=lambda row: row.name)
def test_what_is_written_reads_back(row) -> None:
    assert {quad.triple for quad in parse(write(TRIPLES, row), format=row.engine)} == set(TRIPLES)


def test_turtle_declares_only_the_prefixes_it_uses_in_order() -> None:
    header = write(TRIPLES[:1], GRAPHS[0]).decode().splitlines()[:3]
    assert [line.split()[1] for line in header[:2]] == ["dip:", "id:"]
    assert header[2] == ""


@pytest.mark.parametrize("local", ["日本", "", "-x", "a/b", "%41", "(x)", "東-京"])
@pytest.mark.parametrize("row", [GRAPHS[0], DATASETS[0]], ids=lambda row: row.name)
def test_prefix_stands_wherever_it_is_used(row, local: str) -> None:
    triple = Triple(node("wd:Q1"), node("skos:note"), NamedNode(THING + local))
    body = write([triple], row)
    assert f"@prefix id: <{THING}>".encode() in body
    assert [quad.triple for quad in parse(body, format=row.engine)] == [triple]


@pytest.mark.parametrize(
    ("value", "kind", "declared"),
    [("1", "integer", False), ("+1", "integer", False), ("x", "integer", True),
     ("1", "boolean", True), ("true", "boolean", False), ("1.5", "decimal", False),
     ("1", "decimal", True), ("1e0", "double", False), ("1.5", "double", True),
     ("2018", "gYear", True), ("@prefix", "string", False)],
)  # fmt: skip
def test_datatype_is_declared_where_it_is_written(value: str, kind: str, declared: bool) -> None:
    literal = Literal(value, datatype=node(f"xsd:{kind}"))
    triple = Triple(NamedNode("urn:a"), NamedNode("urn:b"), literal)
    body = write([triple], GRAPHS[0])
    assert body.startswith(b"@prefix xsd:") == declared
    assert [quad.triple for quad in parse(body, format=GRAPHS[0].engine)] == [triple]
