"""SHACL shapes over plain triples."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Literal, Triple

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


def test_only_the_things_that_are_asked_for_are_checked(shapes: Path) -> None:
    other = Triple(node("id:sudland"), STATE.predicate, STATE.object)
    one = violations([STATE, other], shapes, [STATE.subject.value])
    assert [violation.focus for violation in one] == [STATE.subject.value]
    blank = Triple(BlankNode("b"), STATE.predicate, STATE.object)
    assert len(violations([STATE, blank], shapes, ["b"])) == 2


def test_closed_shape_reads_properties_that_it_does_not_name(shapes: Path) -> None:
    closed = "dip:Named sh:closed true ; sh:ignoredProperties ( rdf:type ) ."
    prefix = "@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> ."
    shapes.write_text(f"{SHAPES}{prefix} {closed}", encoding="utf-8")
    founded = Triple(STATE.subject, node("dip:founded"), Literal("1917"))
    (found,) = violations([STATE, NAME, founded], shapes)
    assert found.path == node("dip:founded").value
