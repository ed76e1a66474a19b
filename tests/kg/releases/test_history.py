"""Releases of a directory of builds, as an opened build knows them."""

import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.errors import BuildDamaged
from kg.model.named_graphs import SOURCES, with_default_graph
from kg.model.prefixes import node
from kg.pipeline.publication.release import MOST_RELEASES, RELEASES, Release, write_releases
from kg.releases.history import (
    cited_since,
    find_release,
    releases,
    source_changed,
    source_since,
)
from kg.store.builds import Builds
from kg.store.seal import MANIFEST
from kg.store.store import Store
from tests.publishing import publish

BASE = "https://w3id.org/aide-memoire/"
SENTENCE = NamedNode(BASE + "source/x/p1s1")


def said(*values: str) -> list[Quad]:
    source = Quad(NamedNode(BASE + "source/x"), node("rdf:type"), node("dip:Source"), SOURCES)
    japan = node("id:japan"), node("dip:says")
    return with_default_graph([source, *(Quad(*japan, Literal(v), SENTENCE) for v in values)])


@pytest.fixture
def builds(tmp_path: Path) -> Path:
    return tmp_path / "builds"


def test_first_release_has_no_changes(builds: Path) -> None:
    before = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    manifest = publish(builds, said("a"))
    (only,) = releases(Builds(builds).open())
    assert (only.number, only.changes, only.statements) == (manifest.number, None, manifest.triples)
    assert (only.sources, only.sentences) == (1, 1)
    assert before <= only.published <= datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    assert only.day == only.published[:10]
    assert only.sha256 == manifest.files["dataset.nq"].sha256


def test_releases_are_the_newest_first_with_their_changes(builds: Path) -> None:
    numbers = [publish(builds, said(*values)).number for values in ("a", "ab", "b")]
    store = Builds(builds).open()
    assert [release.number for release in releases(store)] == numbers[::-1]
    newest, middle, _ = (release.changes for release in releases(store))
    assert newest
    assert middle
    assert (newest.former, newest.statements.removed) == (numbers[1], 1)
    assert (middle.former, middle.statements.added) == (numbers[0], 1)
    assert find_release(store, numbers[1]) == releases(store)[1]
    assert find_release(store, "000000000000") is None


def test_same_contents_are_the_same_release(builds: Path) -> None:
    publish(builds, said("a"))
    first = releases(Builds(builds).open())
    publish(builds, said("a"))
    assert releases(Builds(builds).open()) == first


def test_a_damaged_build_made_again_is_the_same_release(builds: Path) -> None:
    publish(builds, said("a"))
    publish(builds, said("ab"))
    before = releases(Builds(builds).open())
    (builds / "current" / "dataset.nq").unlink()
    publish(builds, said("ab"))
    assert releases(Builds(builds).open()) == before


def test_a_build_without_a_record_begins_one(builds: Path) -> None:
    publish(builds, said("a"))
    old = Builds(builds).open()
    (builds / "current" / RELEASES).unlink()
    publish(builds, said("ab"))
    (newest,) = releases(Builds(builds).open())
    assert newest.changes
    assert newest.changes.former == old.number


def test_a_former_build_that_cannot_be_read_is_not_compared(builds: Path) -> None:
    former = publish(builds, said("a")).number
    (builds / "current" / MANIFEST).unlink()
    publish(builds, said("ab"))
    newest, earlier = releases(Builds(builds).open())
    assert (newest.changes, earlier.number) == (None, former)


def test_a_damaged_record_is_a_damaged_build(builds: Path) -> None:
    publish(builds, said("a"))
    path = (builds / "current" / RELEASES).resolve()
    path.unlink()
    path.write_text("[{}]")
    with pytest.raises(BuildDamaged, match=RELEASES):
        Builds(builds).open()


def test_the_record_is_bounded() -> None:
    some = Release("0" * 12, "2026-01-01T00:00:00Z", 1, 1, 1, 1, 1, 0, 9, "")
    assert write_releases([some] * (MOST_RELEASES + 5)).count(b"published") == MOST_RELEASES


def test_a_graph_that_was_never_published_is_one_release(store: Store) -> None:
    (only,) = releases(store)
    assert (only.number, only.published) == (store.number, "")
    assert only.statements > 0


def test_statements_and_sources_are_as_old_as_their_release(builds: Path) -> None:
    first = publish(builds, with_default_graph([Quad(*[node("id:x")] * 3, SOURCES)])).number
    second, third = (publish(builds, said(*values)).number for values in ("a", "ab"))
    store = Builds(builds).open()
    a, b = (str(quad.triple) for quad in said("a", "b") if quad.graph_name == SENTENCE)
    assert cited_since(store, a, SENTENCE.value).number == second
    assert cited_since(store, b, SENTENCE.value).number == third
    assert cited_since(store, "<a:b> <a:b> <a:b>", SENTENCE.value).number == first
    source = BASE + "source/x"
    assert source_since(store, source).number == second
    assert source_changed(store, source).number == third


def test_what_was_not_recorded_is_as_old_as_the_next_release(builds: Path) -> None:
    publish(builds, said("a"))
    shutil.rmtree(Builds(builds).current() or builds)
    number = publish(builds, said("ab")).number
    store = Builds(builds).open()
    (a,) = (str(quad.triple) for quad in said("a") if quad.graph_name == SENTENCE)
    assert cited_since(store, a, SENTENCE.value).number == number
