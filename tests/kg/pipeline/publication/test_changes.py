"""What changed from one build to the next."""

from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from kg.model.named_graphs import ENTITIES, SOURCES, with_default_graph
from kg.model.prefixes import node
from kg.nquads.canonical import canonical
from kg.pipeline.publication import changes
from kg.pipeline.publication.changes import changes_between, citation_key
from kg.pipeline.publication.release import Changes, Difference, NamedChange
from kg.store.added_files import AddedFile

BASE = "https://w3id.org/aide-memoire/"
SENTENCE = NamedNode(BASE + "source/x/p1s1")


def said(value: str, graph: NamedNode = SENTENCE) -> Quad:
    return Quad(node("id:japan"), node("dip:says"), Literal(value), graph)


def thing(slug: str, label: str) -> Quad:
    return Quad(node(f"id:{slug}"), node("rdfs:label"), Literal(label, language="en"), ENTITIES)


def compared(folder: Path, before: list[Quad], after: list[Quad]) -> Changes:
    paths = folder / "before.nq", folder / "after.nq"
    for path, quads in zip(paths, (before, after), strict=True):
        path.write_bytes(canonical(with_default_graph(quads)))
    return changes_between("former", paths, ((), ()))


def test_equal_datasets_have_no_changes(tmp_path: Path) -> None:
    same = [said("a"), thing("japan", "Japan")]
    assert compared(tmp_path, same, same[::-1]) == Changes("former", *[Difference()] * 4)


def test_statements_are_counted_once_whoever_makes_them(tmp_path: Path) -> None:
    elsewhere = NamedNode(BASE + "source/x/p1s2")
    made = compared(tmp_path, [said("a"), said("b")], [said("b"), said("c"), said("c", elsewhere)])
    assert (made.statements.added, made.statements.removed) == (1, 1)
    assert made.changed_sources == (BASE + "source/x",)


def test_things_and_sources_are_named(tmp_path: Path) -> None:
    source = Quad(NamedNode(BASE + "source/x"), node("rdf:type"), node("dip:Source"), SOURCES)
    point = Quad(node("id:japan#point"), node("dip:says"), Literal("1"), ENTITIES)
    before = [thing("atlantis", 'Atlantis, "lost"'), thing("ryukyu", "Ryukyu")]
    made = compared(tmp_path, before, [thing("japan", "Japan"), point, before[1], source])
    assert made.things.names_added == (NamedChange(BASE + "id/japan", "Japan"),)
    assert made.things.names_removed == (NamedChange(BASE + "id/atlantis", 'Atlantis, "lost"'),)
    assert made.sources.names_added == (NamedChange(BASE + "source/x", ""),)


def test_more_things_than_are_named_are_counted(tmp_path: Path) -> None:
    many = [thing(f"t{number}", str(number)) for number in range(changes.MOST_NAMES + 1)]
    made = compared(tmp_path, [], many).things
    assert (made.added, len(made.names_added)) == (len(many), changes.MOST_NAMES)


def test_names_of_blank_nodes_are_no_change(tmp_path: Path) -> None:
    one = [Quad(BlankNode(), node("dip:says"), Literal("z"), ENTITIES)]
    more = [Quad(BlankNode(), node("dip:says"), Literal(str(n)), ENTITIES) for n in range(9)]
    made = compared(tmp_path, one, [*more, *one])
    assert (made.statements.added, made.statements.removed) == (len(more), 0)


def test_description_of_a_build_is_left_out(tmp_path: Path) -> None:
    graph = NamedNode(BASE + "graph/description")
    counted = [
        Quad(NamedNode(BASE + "void#dataset"), node("void:triples"), Literal(n), graph)
        for n in (1, 2)
    ]
    blank = Quad(BlankNode(), node("void:triples"), Literal(3), graph)
    made = compared(tmp_path, counted[:1], [counted[1], blank])
    assert made.statements == Difference()


def test_cited_statements_have_a_key(tmp_path: Path) -> None:
    made = compared(tmp_path, [said("a")], [said("a"), said('b "c" \\ <d> .\n<e>')])
    triple = said('b "c" \\ <d> .\n<e>').triple
    assert made.cited == {citation_key(str(triple), SENTENCE.value)}


def test_added_files_are_compared_by_their_hash(tmp_path: Path) -> None:
    empty = tmp_path / "empty.nq"
    empty.write_bytes(b"")
    old, new = (AddedFile("0.nt", "http://a.example/g", 1, text, 9, True) for text in "ab")
    made = changes_between("former", (empty, empty), ([old], [new])).added_files
    assert (made.added, made.removed) == (1, 1)
    assert made.names_added == (NamedChange("http://a.example/g", ""),)
