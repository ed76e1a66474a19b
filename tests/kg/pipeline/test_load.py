"""Which file's statements stand in which graph."""

import os
from collections import Counter
from pathlib import Path

import pytest

from kg.model.errors import SourceError
from kg.model.named_graphs import ENTITIES, LINKS, ONTOLOGY, SOURCES, is_claim_content
from kg.model.prefixes import CLAIM, SOURCE, node
from kg.pipeline.load import load


def test_each_kind_of_file_has_its_graph(tree: Path) -> None:
    graphs = Counter(quad.graph_name for quad in load(tree).quads)
    sentences = {graph.value for graph in graphs} - {ONTOLOGY.value, ENTITIES.value}
    # The link, how it was made, the metadata of the table.
    assert graphs[LINKS] == 1 + 11 + 7
    assert graphs[ENTITIES] == 11
    assert graphs[SOURCES] == 3 + 5 * 11 + 4
    assert {f"{SOURCE}harbour-2020/p{n}" for n in ("1s1", "1s2", "2s1")} < sentences


def test_shapes_are_not_part_of_the_graph(tree: Path) -> None:
    assert tree / "ontology" / "shapes.ttl" not in load(tree).files


def test_each_statement_knows_its_file(tree: Path) -> None:
    loaded = load(tree)
    visited = next(quad for quad in loaded.quads if quad.predicate == node("dip:visited"))
    assert loaded.name(loaded.origin[visited]) == "kg/sources/harbour-2020/facts.trig"


def test_a_source_declares_beside_its_sentences_what_is_new_with_it(tree: Path) -> None:
    facts = tree / "kg" / "sources" / "harbour-2020" / "facts.trig"
    words = """
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix s: <https://w3id.org/aide-memoire/source/harbour-2020/> .
<graph/entities> { id:pier a dip:Harbour ; rdfs:label "pier"@en }
s:p1s1 { id:envoy dip:visited id:pier }
"""
    facts.write_text(facts.read_text("utf-8") + words, "utf-8")
    new = [quad for quad in load(tree).quads if quad.subject == node("id:pier")]
    assert {quad.graph_name for quad in new} == {ENTITIES}
    assert len(new) == 2


def test_another_base_is_refused(tree: Path) -> None:
    path = tree / "kg" / "entities" / "things.ttl"
    text = path.read_text("utf-8")
    path.write_text(text.replace("@base <https://w3id.org", "@base <https://example.org"), "utf-8")
    with pytest.raises(SourceError, match=r"things.ttl:2:1: the base is https://example.org/"):
        load(tree)


def test_content_graphs_are_told_by_their_names() -> None:
    assert is_claim_content(node("claim:x/content"))
    assert not is_claim_content(node("id:x"))
    assert node("claim:x/content").value == CLAIM + "x/content"


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('rdfs:comment "%s"' % ("a" * 17_000_000), "longer than 16 MB, the most that is read"),
        ("rdfs:seeAlso id:sudland . # " + "a" * 17_000_000, "longer than 16 MB"),
        ("rdfs:seeAlso <<( id:a rdfs:label 1 )>>", "ttl:29:25: a statement about a statement"),
        (
            f"rdfs:seeAlso {'<<( id:a rdfs:label ' * 3000}1{' )>>' * 3000}",
            "ttl:29:25: a statement about a statement",
        ),
    ],
    ids=["literal", "comment", "triple term", "nested triple terms"],
)
def test_what_the_reader_cannot_take_is_one_line(tree: Path, more: str, said: str) -> None:
    path = tree / "kg" / "entities" / "things.ttl"
    path.write_text(f"{path.read_text('utf-8')}\nid:norland {more} .\n", "utf-8")
    with pytest.raises(SourceError, match=said) as found:
        load(tree)
    assert str(found.value).startswith("kg/entities/things.ttl:")
    assert "\n" not in str(found.value)


@pytest.mark.parametrize("name", ["kg/entities/things.ttl", "ontology/checks/pipe.rq"])
def test_a_pipe_is_not_waited_for(tree: Path, name: str) -> None:
    (tree / name).unlink(missing_ok=True)
    os.mkfifo(tree / name)
    with pytest.raises(SourceError, match=f"{name}: this is not a file"):
        load(tree)
