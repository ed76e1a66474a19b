"""Formats by name and media type, and graphs written the same way every time."""

import pytest
from pyoxigraph import Literal, Triple, parse

from kg.formats import DATASETS, GRAPHS, RESULTS, graph_format, result_format, write
from kg.prefixes import node

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
