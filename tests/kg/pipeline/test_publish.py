"""A build's number, files and pointer."""

import json
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from hashlib import sha256
from pathlib import Path

import pytest
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.index.reader import index
from kg.index.writer import index_name
from kg.model.errors import KGError
from kg.model.named_graphs import INFERRED, default_graph, with_default_graph
from kg.model.prefixes import node
from kg.nquads.canonical import canonical
from kg.pipeline.load import load
from kg.pipeline.lock import LOCK, exclusive
from kg.pipeline.publication.release import RELEASES
from kg.pipeline.publish import RETAINED
from kg.store.builds import Builds, Current
from kg.store.manifest import Manifest
from kg.store.store import Store
from tests.publishing import publish, with_inferred


def quad(value: str, graph: str = "source:x/p1s1") -> Quad:
    name = NamedNode("https://w3id.org/aide-memoire/" + graph.replace(":", "/"))
    return Quad(node("id:x"), node("dip:says"), Literal(value), name)


def test_default_graph_holds_each_triple_once_and_no_claim() -> None:
    quads = [quad("a"), quad("a", "source:x/p1s2"), quad("b", "claim:c/content")]
    assert default_graph(quads) == [quad("a").triple]


def test_dataset_adds_what_was_derived_to_the_default_graph() -> None:
    derived = Quad(node("id:x"), node("dip:says"), Literal("c"), INFERRED)
    whole = with_default_graph([quad("a")], [derived])
    merged = [q.object.value for q in whole if isinstance(q.graph_name, DefaultGraph)]
    assert (len(whole), merged) == (4, ["a", "c"])


def test_two_builds_of_one_tree_are_equal(tree: Path, tmp_path: Path) -> None:
    first, second = (
        publish(tmp_path / name, with_inferred(load(tree).quads)) for name in ("first", "second")
    )
    # A manifest holds the hash of every file, the index too; the releases say when.
    assert _contents(first) == _contents(second)


def test_order_of_statements_does_not_change_the_number() -> None:
    assert canonical([quad("a"), quad("b")]) == canonical([quad("b"), quad("a")])


def test_build_is_read_only_and_says_what_it_holds(builds: Path) -> None:
    manifest = publish(builds, with_default_graph([quad("a"), quad("b", "graph:entities")]))
    build = builds / "current"
    found = [path for path in build.rglob("*") if path.is_file()]
    files = {path.relative_to(build).as_posix(): path for path in found}
    names = {"dataset.nq", "texts.json", "manifest.json", "releases.json", index_name()}
    assert {name for name in files if not name.startswith("dumps/")} == names
    assert {path.stat().st_mode & 0o777 for path in files.values()} == {0o444}
    told = json.loads(files["manifest.json"].read_text("utf-8"))
    assert told == {
        "number": manifest.number,
        "quads": 4,
        "triples": 2,
        "things": 0,
        "claims": 0,
        "sentences": 1,
        "files": {
            name: {"sha256": sha256(path.read_bytes()).hexdigest(), "size": path.stat().st_size}
            for name, path in files.items()
            if name != "manifest.json"
        },
    }


def test_pointer_moves_and_moves_back(builds: Path) -> None:
    first, second = publish(builds, [quad("a")]), publish(builds, [quad("b")])
    assert Builds(builds).current() == builds / second.number
    assert publish(builds, [quad("a")]) == first
    assert Builds(builds).current() == builds / first.number
    assert os.readlink(builds / "current") == first.number  # noqa: PTH115 - the link's own text


def test_last_builds_are_kept_and_the_current_one_always(builds: Path) -> None:
    oldest = publish(builds, [quad("0")])
    for n in range(1, RETAINED + 2):
        os.utime(builds / publish(builds, [quad(str(n))]).number, (n, n))
    current = publish(builds, [quad("0")])
    kept = {path.name for path in builds.iterdir() if path.name != LOCK}
    assert current.number == oldest.number
    assert current.number in kept
    assert len(kept) == RETAINED + 1


def test_store_follows_the_pointer(builds: Path) -> None:
    first = publish(builds, [quad("a")])
    current = Current(builds)
    store = current.store()
    assert store.number == first.number
    assert current.store() is store
    second = publish(builds, [quad("b")])
    assert current.store().number == second.number
    assert [q.object.value for q in store.quads()] == ["a"]


def test_all_that_publish_the_same_at_once_succeed(builds: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        for n in range(6):
            at_once = [pool.submit(publish, builds, [quad(str(n))]) for _ in range(4)]
            assert len({made.result().number for made in at_once}) == 1
    assert [path.name for path in builds.iterdir() if path.name.startswith(".")] == [LOCK]


def test_damaged_build_of_the_same_number_is_made_again(builds: Path) -> None:
    publish(builds, [quad("a")])
    (builds / "current" / "dataset.nq").unlink()
    publish(builds, [quad("a")])
    assert Store.open(builds / "current").quads() == [quad("a")]


@pytest.fixture
def leftovers(builds: Path) -> list[str]:
    """Publish five builds, and leave what four killed builds would, written later than those."""
    numbers = []
    for n in range(RETAINED):
        numbers.append(publish(builds, [quad(str(n))]).number)
        os.utime(builds / numbers[-1], (n, n))
    for n in range(4):
        shutil.copytree(builds / numbers[0], builds / f".draft-{n}")
    return numbers


def test_drafts_of_killed_builds_are_no_builds_and_are_removed(
    builds: Path, leftovers: list[str]
) -> None:
    number = publish(builds, [quad("new")]).number
    names = {path.name for path in builds.iterdir()}
    assert names == {LOCK, "current", number, *leftovers[1:]}


def test_the_draft_of_a_build_that_runs_is_left_to_it(builds: Path, leftovers: list[str]) -> None:
    said: list[str] = []
    with ThreadPoolExecutor(1) as pool, exclusive(builds, str):
        waiting = pool.submit(publish, builds, [quad("new")], (), lambda *words: said.extend(words))
        while not said:
            assert not waiting.done()
        assert (builds / ".draft-0").is_dir()
    assert said[:2] == ["publish", f"waiting for another build (process {os.getpid()}) …"]
    assert waiting.result().number == (builds / "current").readlink().name


def test_damaged_builds_are_not_counted_among_those_that_stay(
    builds: Path, leftovers: list[str]
) -> None:
    for name in leftovers[2:]:
        (builds / name / index_name()).unlink()
    number = publish(builds, [quad("new")]).number
    assert {number, *leftovers} <= {path.name for path in builds.iterdir()}


def test_what_a_person_put_beside_the_builds_stays(builds: Path, leftovers: list[str]) -> None:
    shutil.copytree(builds / leftovers[0], builds / "backup")
    os.utime(builds / "backup", (0, 0))
    publish(builds, [quad("new")])
    assert (builds / "backup" / "dataset.nq").is_file()


def test_an_index_that_is_damaged_or_of_another_version_is_made_again(builds: Path) -> None:
    for n, harm in enumerate((overwrite, truncate, rename)):
        first = publish(builds, [quad(str(n))])
        harm(builds / "current" / index_name())
        again = publish(builds, [quad(str(n))])
        assert again.number == first.number
        assert (builds / "current").readlink().name == f"{first.number}-2"
        assert index(Store.open(builds / "current")).resource("urn:x").iri == "urn:x"
        assert publish(builds, [quad(str(n))]) == again
        assert (builds / "current").readlink().name == f"{first.number}-2"


def overwrite(path: Path) -> None:
    path.chmod(0o644)
    body = path.read_bytes()
    path.write_bytes(body[:5000] + b"x" * 100 + body[5100:])


def truncate(path: Path) -> None:
    path.chmod(0o644)
    os.truncate(path, path.stat().st_size - 4096)


def rename(path: Path) -> None:
    path.rename(path.with_name("index-00000000.sqlite"))


def test_a_directory_called_current_is_one_line(builds: Path) -> None:
    (builds / "current").mkdir(parents=True)
    with pytest.raises(KGError, match=r"/current is a directory, where a link .* move it away"):
        publish(builds, [quad("a")])
    assert {path.name for path in builds.iterdir()} == {LOCK, "current"}


def test_nothing_is_not_published(builds: Path) -> None:
    with pytest.raises(KGError, match="nothing is published"):
        publish(builds, [])
    assert not builds.exists()


def test_builds_that_cannot_be_kept_are_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    for place in (tmp_path / "file", tmp_path / "file" / "within"):
        with pytest.raises(KGError, match=r"cannot keep builds in .*; set KG_BUILDS to a dir"):
            publish(place, [quad("a")])


FULL = """
import resource, sys
from pathlib import Path
from pyoxigraph import Literal, NamedNode, Quad
from tests.publishing import publish
from kg.model.errors import KGError
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
node = NamedNode("urn:x")
try:
    publish(Path(sys.argv[1]), [Quad(node, node, Literal("new"))])
except KGError as error:
    sys.exit(str(error))
"""


@pytest.mark.parametrize("room", [0, 20, 30_000])
def test_a_full_disk_is_one_line_and_the_last_build_serves(builds: Path, room: int) -> None:
    last = publish(builds, [quad("a")])
    command = [sys.executable, "-c", FULL, str(builds), str(room)]
    ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert ran.returncode == 1
    (line,) = ran.stderr.splitlines()
    assert line.startswith(f"cannot keep builds in {builds} (")
    assert line.endswith("; make room there, or set KG_BUILDS to another directory you can write")
    assert Builds(builds).open().number == last.number
    assert {path.name for path in builds.iterdir()} == {LOCK, "current", last.number}


def _contents(manifest: Manifest) -> Manifest:
    files = {name: one for name, one in manifest.files.items() if name != RELEASES}
    return replace(manifest, files=files)
