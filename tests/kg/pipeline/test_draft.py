"""What a draft holds: lines in any order are canonical files, small or on the engine's disk."""

import shutil
from pathlib import Path

import pytest
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.model.errors import BuildDamaged
from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import SOURCE, THING, node
from kg.model.source_texts import tree_texts
from kg.nquads.canonical import canonical
from kg.pipeline.additions.additions import Addition, add_files
from kg.pipeline.draft import draft_in, write_contents, write_store
from kg.pipeline.progress import silent
from kg.pipeline.publish import publish
from kg.store.draft_graph import EmbeddedDraft
from kg.store.engine import QuadPattern
from kg.store.manifest import DATASET, STORE, STORE_OF_OURS
from kg.store.seal import SMALL
from kg.store.store import Store

A, B, KIND = NamedNode(THING + "a"), NamedNode(THING + "b"), node("rdf:type")
SENTENCES = [NamedNode(f"{SOURCE}x/p1s{n}") for n in (1, 2)]
QUADS = with_default_graph(
    [
        *(Quad(A, KIND, value, SENTENCES[0]) for value in (node("dip:State"), node("dip:Agent"))),
        Quad(NamedNode(THING + "a#part"), KIND, node("dip:State"), SENTENCES[1]),
        Quad(B, KIND, node("dip:Claim"), SENTENCES[1]),
        *(Quad(B, node("dip:content"), NamedNode(f"a:{n}"), SENTENCES[1]) for n in range(3)),
        Quad(B, node("rdfs:seeAlso"), BlankNode("x"), SENTENCES[1]),
        Quad(BlankNode("x"), node("rdfs:label"), Literal("_:x")),
    ]
)


def published(builds: Path, quads: list[Quad], file: Path | None = None) -> Path:
    """Publish quads, and those of a file beside them, with the engine's files."""
    additions = [Addition.of(f"{file}=http://example.org/g")] if file else []
    with draft_in(builds, silent) as draft:
        added = add_files(additions, draft, silent)
        manifest = write_contents(draft, EmbeddedDraft(quads).lines(draft), tree_texts(), added)
        write_store(draft, manifest, silent, most=0)
        return builds / publish(builds, draft, manifest).number


def test_contents_are_canonical_and_counted(tmp_path: Path) -> None:
    manifest = write_contents(tmp_path, EmbeddedDraft(QUADS).lines(tmp_path), tree_texts(), ())
    assert (tmp_path / DATASET).read_bytes() == canonical(QUADS)
    assert manifest.quads == len(set(QUADS)) == 17
    counts = (manifest.triples, manifest.things, manifest.claims, manifest.sentences)
    assert counts == (9, 2, 1, 2)
    assert {path.name for path in tmp_path.iterdir()} == {DATASET, "texts.json"}


def test_a_graph_on_disk_makes_the_same_build_as_one_in_memory(tmp_path: Path) -> None:
    numbers = set()
    for name, disk in (("memory", None), ("disk", tmp_path / "engine")):
        (tmp_path / name).mkdir()
        lines = EmbeddedDraft(QUADS, disk).lines(tmp_path / name)
        numbers.add(write_contents(tmp_path / name, lines, tree_texts(), ()).number)
    assert len(numbers) == 1


def test_many_statements_of_ours_are_read_from_disk(tmp_path: Path) -> None:
    build = published(tmp_path / "builds", QUADS)
    for ours in (True, False):
        assert not Store.open(build, 1, ours=ours).in_memory
        assert Store.open(build, ours=ours).in_memory
        for most in (1, 1000):
            found = Store.open(build, most, ours=ours).quads()
            assert canonical(found) == canonical(QUADS)


def test_memory_holds_the_default_graph_of_what_is_on_disk(tmp_path: Path) -> None:
    (tmp_path / "b.nt").write_text("_:x <http://example.org/p> <a:o> .\n<a:s> <a:p> <a:o> .\n")
    build = published(tmp_path / "builds", QUADS, tmp_path / "b.nt")
    both, disk = Store.open(build), Store.open(build, 1)
    assert (both.in_memory, disk.in_memory) == (True, False)
    queries = (
        *("SELECT ?s ?p ?o { ?s ?p ?o }", "SELECT (COUNT(*) AS ?graphs) { ?s ?p ?o }"),
        *(
            "SELECT ?g ?s ?p ?o { GRAPH ?g { ?s ?p ?o } }",
            f"SELECT ?s FROM {SENTENCES[0]} {{ ?s ?p ?o }}",  # noqa: S608
        ),
    )
    for query in queries:
        rows = sorted(map(str, disk.select(query)))
        assert rows
        assert sorted(map(str, both.select(query))) == rows
    for graph in (None, DefaultGraph(), SENTENCES[0]):
        found = [store.quads_of_each([QuadPattern(graph=graph)])[0] for store in (both, disk)]
        assert sorted(map(str, found[0])) == sorted(map(str, found[1]))
    everything, accept = "SELECT * { ?s ?p ?o }", lambda _: "text/csv"
    chosen = [store.execute(everything, accept, [SENTENCES[0].value]) for store in (both, disk)]
    assert chosen[0] == chosen[1]


def test_the_default_graph_needs_no_files_of_the_engine(tmp_path: Path) -> None:
    build = published(tmp_path / "builds", QUADS)
    store = Store.open(build)
    shutil.rmtree(build / STORE)
    assert store.ask("ASK { ?s ?p ?o }")
    with pytest.raises((BuildDamaged, OSError)):
        store.ask("ASK { GRAPH ?g { ?s ?p ?o } }")


def test_pages_read_ours_from_disk_without_added_files(tmp_path: Path) -> None:
    (tmp_path / "un.nt").write_text("<http://example.org/s> <http://example.org/p> <a:o> .\n")
    build = published(tmp_path / "builds", QUADS, tmp_path / "un.nt")
    pages = Store.open(build, 1, ours=True)
    assert not pages.in_memory
    assert len(pages.quads()) == len(set(QUADS))
    assert len(pages.complete.quads()) == len(set(QUADS)) + 2
    assert (build / STORE_OF_OURS).is_dir()


def test_a_large_dataset_on_disk_is_known_by_its_size(tmp_path: Path) -> None:
    text = Literal("x" * SMALL)
    build = published(tmp_path / "builds", [*QUADS, Quad(A, node("rdfs:comment"), text)])
    changed = (build / DATASET).read_bytes().replace(b"xx", b"yy")
    (build / DATASET).chmod(0o644)
    (build / DATASET).write_bytes(changed)
    assert not Store.open(build, 1).in_memory, "opening does not read what it does not use"
    with pytest.raises(BuildDamaged, match="dataset"):
        Store.open(build)
    (build / DATASET).write_bytes(changed + b"\n")
    with pytest.raises(BuildDamaged, match="dataset"):
        Store.open(build, 1)
