"""RDF of others beside ours: every syntax, nothing half taken in, the same from memory and disk."""

import gzip
import os
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage

import pytest
from pyoxigraph import Quad

from kg.model.errors import BuildDamaged, KGError, SourceError
from kg.pipeline.additions.additions import Addition
from kg.pipeline.additions.intake import reading_bounds, run_intake
from kg.pipeline.additions.reading_task import Task
from kg.pipeline.lock import LOCK
from kg.store.manifest import STORE
from kg.store.store import Store
from tests.publishing import publish

G = "http://example.org/g"
TURTLE = '<x:a> <x:p> "1" , [ <x:q> _:b ] . _:b <x:r> <x:a> .\n'
# Identifiers of tests come from these bytes, so no time may be in them.
SPACES = gzip.compress(b" " * 70_000_000, mtime=0)
LINES = '<x:a> <x:p> "1" .\n<x:a> <x:p> <x:b> .\n'
XML = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
<rdf:Description rdf:about="x:a"><x:p>1</x:p></rdf:Description></rdf:RDF>"""
COUNT = "SELECT (COUNT(*) AS ?n) { %s }"


def add(tmp_path: Path, tiny: list[Quad], *files: tuple[str, str | bytes], graph: str = G) -> Path:
    additions = []
    for name, body in files:
        path = tmp_path / name
        path.write_bytes(body if isinstance(body, bytes) else body.encode())
        additions.append(Addition.of(f"{path}={graph}" if graph else str(path)))
    manifest = publish(tmp_path / "builds", tiny, additions)
    return tmp_path / "builds" / manifest.number


def count(store: Store, pattern: str) -> int:
    (row,) = store.select(COUNT % pattern)
    return int(row["n"].value)  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("name", "body", "size"),
    [
        ("a.ttl", TURTLE, 4),
        ("a.nt", LINES, 2),
        ("a.n3", LINES, 2),
        ("a.rdf", XML, 1),
        ("a.xml", XML, 1),
        ("a.owl", XML, 1),
        ("a.jsonld", '{"@id": "x:a", "x:p": "1"}', 1),
        ("a.trig", f"<{G}> {{ {TURTLE} }}", 4),
        ("a.nq", f'<x:a> <x:p> "1" <{G}> .\n', 1),
        ("a.ttl.gz", gzip.compress(TURTLE.encode(), mtime=0), 4),
        ("a.nt.gz", gzip.compress(LINES.encode(), mtime=0), 2),
    ],
)
def test_every_syntax_goes_into_its_graph_and_the_default_graph(
    tmp_path: Path, tiny: list[Quad], store: Store, name: str, body: str | bytes, size: int
) -> None:
    opened = Store.open(add(tmp_path, tiny, (name, body)))
    assert count(opened, f"GRAPH <{G}> {{ ?s ?p ?o }}") == size
    assert count(opened, "?s ?p ?o") == count(store, "?s ?p ?o") + size
    assert opened.ask('ASK { <x:a> <x:p> "1" }')


def test_a_blank_node_is_the_same_in_both_and_no_other_files(
    tmp_path: Path, tiny: list[Quad]
) -> None:
    build = add(tmp_path, tiny, ("a.ttl", TURTLE), ("b.ttl", "_:b <x:r> <x:c> ."), graph="")
    opened = Store.open(build)
    pattern = "GRAPH <https://w3id.org/aide-memoire/graph/added/a> { ?s <x:q> ?b } ?b <x:r> ?o"
    assert [row["o"].value for row in opened.select(f"SELECT ?o {{ {pattern} }}")] == ["x:a"]
    assert count(opened, "?b <x:r> ?o") == 2
    assert count(opened, "?b <x:r> <x:a> , <x:c>") == 0


def test_disk_and_memory_answer_alike(tmp_path: Path, tiny: list[Quad]) -> None:
    lines = "".join(f"<x:s{n}> <x:p> _:b{n % 7} .\n" for n in range(130_000))
    build = add(tmp_path, tiny, ("large.nt", lines))
    assert (build / STORE).is_dir()
    disk, memory = Store.open(build, 1000), Store.open(build)
    for pattern in ("?s ?p ?o", "<x:s5> <x:p> ?b . ?s <x:p> ?b", f"GRAPH <{G}> {{ ?s ?p ?o }}"):
        assert count(disk, pattern) == count(memory, pattern) > 0
    assert disk.number == memory.number
    fresh = Store.open(build, 1000)
    assert fresh.ask("ASK { <x:s5> ?p ?o }")
    for path in (build / STORE).glob("*.sst"):
        os.truncate(path, path.stat().st_size // 2)
    # Not a COUNT: the engine's goes on for ever over an iterator that fails.
    for read in (fresh.quads, lambda: Store.open(build)):
        with pytest.raises(BuildDamaged, match=f"{STORE}.*; make it again"):
            read()
    assert fresh.files.damaged.startswith(STORE)


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.ttl", "<x:a> <x:p> <x:b> .\n<x:a> <x:p> .", r"a\.ttl:2:"),
        ("a.nt", LINES + "<x:a> <x:p> .", r"a\.nt:3:"),
        ("a.nt.gz", gzip.compress((LINES + "<x:a> x .").encode(), mtime=0), r"a\.nt\.gz:3:"),
        ("a.nt.gz", gzip.compress(LINES.encode() * 99, mtime=0)[:-9], "gzip"),
        ("a.ttl", "", "not one statement"),
        ("a.doc", LINES, "does not tell its syntax"),
        ("a.nq", "<x:a> <x:p> <x:b> <https://w3id.org/aide-memoire/graph/links> .", "ours"),
    ],
)
def test_all_or_nothing(
    tmp_path: Path, tiny: list[Quad], name: str, body: str | bytes, said: str
) -> None:
    before = publish(tmp_path / "builds", tiny)
    with pytest.raises(KGError, match=said):
        add(tmp_path, tiny, ("good.nt", LINES), (name, body))
    assert (tmp_path / "builds" / "current").readlink().name == before.number
    assert {path.name for path in (tmp_path / "builds").iterdir()} == {
        "current",
        before.number,
        LOCK,
    }


def test_a_mistake_has_its_line(tmp_path: Path, tiny: list[Quad]) -> None:
    with pytest.raises(SourceError) as found:
        add(tmp_path, tiny, ("a.nt", LINES + "nonsense"))
    assert found.value.finding.line == 3


@pytest.mark.parametrize("graph", ["https://w3id.org/aide-memoire/graph/links", "no iri", "rel"])
def test_a_graph_must_be_an_iri_and_not_ours(graph: str) -> None:
    with pytest.raises(KGError):
        Addition.of(f"a.nt={graph}")


def test_a_file_that_is_not_there_is_said(tmp_path: Path, tiny: list[Quad]) -> None:
    with pytest.raises(KGError, match="there is no file"):
        publish(tmp_path / "builds", tiny, [Addition.of("/nowhere/a.nt")])


def test_the_number_says_what_was_added(tmp_path: Path, tiny: list[Quad]) -> None:
    numbers = {
        add(tmp_path, tiny).name,
        add(tmp_path, tiny, ("a.nt", LINES)).name,
        add(tmp_path, tiny, ("a.nt", LINES), graph="http://example.org/h").name,
        add(tmp_path, tiny, ("a.nt", LINES.replace("x:b", "x:c"))).name,
    }
    assert len(numbers) == 4
    again = add(tmp_path, tiny, ("a.nt", LINES), graph="http://example.org/h")
    assert again.name in numbers


def test_a_file_that_was_cut_is_noticed(tmp_path: Path, tiny: list[Quad]) -> None:
    build = add(tmp_path, tiny, ("a.nt", LINES))
    (build / "added" / "0.nt").write_text("")
    with pytest.raises(BuildDamaged):
        Store.open(build)


NESTED = "".join(["<x:a> <x:p> ", "<<( <x:a> <x:p> " * 3000, '"1"', " )>>" * 3000, " .\n"])
ENTITIES = "".join(
    f'<!ENTITY {after} "{f"&{name};" * 10}">' for name, after in pairwise("abcdefghij")
)
BOMB = f"""<!DOCTYPE r [<!ENTITY a "{"a" * 30}">{ENTITIES}]>
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:x="x:">
<rdf:Description rdf:about="x:a"><x:p>&j;</x:p></rdf:Description></rdf:RDF>"""
DEEP = '{"@id": "x:a", "x:p": ' * 20_000 + "1" + "}" * 20_000
LONG = f'<x:a> <x:p> "{"a" * 17_000_000}" .'


@pytest.mark.parametrize(
    ("name", "body", "said"),
    [
        ("a.rdf", BOMB, "more than 1,000 MB of memory: .*KG_ADD_MEMORY"),
        ("a.jsonld", DEEP, "more than 1,014 MB of memory: it nests too deeply|nests too deeply"),
        ("a.nt", NESTED, "nest deeper than 32, the most that is read"),
        ("a.ttl.gz", SPACES, "unpacks to more than 64,000,000 bytes"),
        ("a.ttl.gz", LINES, "it is not gzip"),
        ("a.nt", LONG, "longer than 16 MB"),
        ("a.nt", b'<x:a> <x:p> "\xed\xa0\x80" .', "a.nt:1"),
    ],
    ids=["entities", "depth", "triple terms", "gzip", "no gzip", "literal", "surrogate"],
)
def test_what_would_harm_its_reader_is_one_line_and_takes_little(
    tmp_path: Path, tiny: list[Quad], name: str, body: str | bytes, said: str
) -> None:
    before = getrusage(RUSAGE_SELF).ru_maxrss
    # A child begins with what its parent has, and earlier children count too: getrusage(2).
    most = max(1_300_000, before, getrusage(RUSAGE_CHILDREN).ru_maxrss)
    with pytest.raises(KGError, match=said) as found:
        add(tmp_path, tiny, (name, body))
    assert str(tmp_path / name) in str(found.value)
    assert "\n" not in str(found.value)
    assert getrusage(RUSAGE_SELF).ru_maxrss - before < 300_000  # KiB
    assert getrusage(RUSAGE_CHILDREN).ru_maxrss <= most


@pytest.mark.parametrize(
    ("name", "bounds", "said"),
    [
        ("a.nt", {"seconds": 1}, "more than 1 s; split it, or set KG_ADD_SECONDS"),
        ("a.nt", {"written": 100_000}, "written out it takes more than 100,000 bytes"),
        ("a.jsonld", {"memory": 150_000_000}, "more than 150 MB of memory"),
    ],
)
def test_each_bound_is_said(tmp_path: Path, name: str, bounds: dict[str, int], said: str) -> None:
    path = tmp_path / name
    things = ",".join(['{"@id": "x:a", "x:p": "1"}'] * 500_000)
    objects = f'{{"@context": {{}}, "@graph": [{things}]}}'
    path.write_text(objects if name.endswith("ld") else LINES * 1_500_000, "utf-8")
    limits = replace(reading_bounds(path), **bounds)
    task = Task(str(path), 0, str(tmp_path / "0.nt"), limits, str(path), name, "file:///0")
    assert said in run_intake(task, lambda _: None)["wrong"]


def test_a_blank_node_in_a_triple_term_is_one_and_the_same(
    tmp_path: Path, tiny: list[Quad]
) -> None:
    line = "_:b <x:q> <x:c> .\n<x:a> <x:p> <<( _:b <x:p> <x:c> )>> .\n"
    opened = Store.open(add(tmp_path, tiny, ("a.nt", line)))
    assert count(opened, f"GRAPH <{G}> {{ <x:a> <x:p> ?t }} FILTER EXISTS {{ ?s <x:p> ?t }}") == 1


def test_what_is_no_file_is_said(tmp_path: Path, tiny: list[Quad]) -> None:
    (tmp_path / "a.nt").mkdir()
    os.mkfifo(tmp_path / "b.nt")
    for name in ("a.nt", "b.nt"):
        with pytest.raises(KGError, match=f"{name} is not a file"):
            publish(tmp_path / "builds", tiny, [Addition.of(str(tmp_path / name))])
