"""SHACL shapes over plain triples."""

from pathlib import Path

import pytest
from pyoxigraph import Literal, Triple

from kg.model.errors import SourceError
from kg.model.prefixes import node
from kg.pipeline.checks.shapes import Violation, violations

SHAPES = """
@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
dip:Named sh:targetClass dip:State ; a sh:NodeShape ;
    sh:property [ sh:path rdfs:label ; sh:minCount 1 ; sh:message "a state has a name" ] .
"""
STATE = Triple(node("id:norland"), node("rdf:type"), node("dip:State"))
NAME = Triple(node("id:norland"), node("rdfs:label"), Literal("Norland", language="en"))


@pytest.fixture
def shapes(tmp_path: Path) -> Path:
    path = tmp_path / "shapes.ttl"
    path.write_text(SHAPES, encoding="utf-8")
    return path


def test_record_that_fits_has_no_violation(shapes: Path) -> None:
    assert violations([STATE, NAME], shapes) == []


def test_violation_names_thing_property_and_reason(shapes: Path) -> None:
    found = violations([STATE], shapes)
    expected = Violation(
        node("id:norland").value, node("rdfs:label").value, "", "a state has a name"
    )
    assert found == [expected]


def test_broken_shapes_are_said(shapes: Path) -> None:
    shapes.write_text(SHAPES + "dip:", encoding="utf-8")
    with pytest.raises(SourceError, match=r"ontology/shapes\.ttl:7:5: Unexpected end"):
        violations([STATE], shapes)


def test_literal_that_is_no_date_leaves_the_log_alone(
    shapes: Path, caplog: pytest.LogCaptureFixture
) -> None:
    date = Literal("2018-04-31", datatype=node("xsd:date"))
    assert violations([STATE, NAME, Triple(STATE.subject, node("dip:founded"), date)], shapes) == []
    assert caplog.records == []
