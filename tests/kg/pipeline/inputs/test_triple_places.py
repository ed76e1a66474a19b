"""Every triple of a file has the place where its object is written."""

from pathlib import Path

import pytest
from pyoxigraph import BlankNode, Quad, RdfFormat, parse

from kg.model.prefixes import BASE
from kg.pipeline.inputs.triple_places import triple_place
from kg.pipeline.load import load

TEXT = """@base <https://w3id.org/aide-memoire/> .
@prefix id: <https://w3id.org/aide-memoire/id/> .
PREFIX s: <source/x/>
# id:a id:b id:c .
s:p1s1 {
  id:a id:b id:c , <id/d> ;
    id:e "id:b \\"id:c\\" \\u00e9"@en ,
      '''two
lines''' ; id:f 12 , -1.5 , true , "2018-04"^^<urn:month> .
  id:a.b a id:c }
GRAPH s:p1s2 { id:a id:b id:c . }
<claim/x> { id:a a [ id:b ( id:c id:d ) ] ; id:g id:h }
"""
PLACES = [
    *((6, 13), (6, 20), (7, 10), (8, 7), (9, 17), (9, 22), (9, 29), (9, 36)),
    *((10, 12), (11, 26), (12, 50)),
]


def quads() -> list[Quad]:
    parsed = parse(TEXT, format=RdfFormat.TRIG, base_iri=BASE)
    return [q for q in parsed if not {type(q.subject), type(q.object)} & {BlankNode}]


def test_a_triple_stands_where_its_object_does(tmp_path: Path) -> None:
    path = tmp_path / "facts.trig"
    path.write_text(TEXT, encoding="utf-8")
    assert [triple_place(path, quad) for quad in quads()] == PLACES


def test_a_triple_that_is_not_there_has_no_place(tmp_path: Path) -> None:
    path = tmp_path / "facts.trig"
    path.write_text("", encoding="utf-8")
    assert triple_place(path, quads()[0]) == (0, 0)


@pytest.mark.parametrize("folder", ["ontology", "kg/entities", "kg/sources"])
def test_no_triple_of_the_tree_is_without_a_place(folder: str) -> None:
    tree = load()
    origin = [(quad, path) for quad, path in tree.origin.items() if path.suffix != ".tsv"]
    named = [
        (quad, path)
        for quad, path in origin
        if tree.name(path).startswith(folder)
        and not isinstance(quad.subject, BlankNode)
        and not isinstance(quad.object, BlankNode)
    ]
    assert named
    assert [quad for quad, path in named if triple_place(path, quad) == (0, 0)] == []
