"""A mistake stops the build with one clear line, and the last build stays."""

import tomllib
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.lists.overview import read_overview
from kg.model.errors import KGError, Merged
from kg.pipeline.build import build
from kg.pipeline.lock import LOCK
from kg.store.builds import Builds
from kg.store.store import Store
from kg.terms.slugs import thing_node
from tests.publishing import publish

MISTAKES = tomllib.loads((Path(__file__).parents[2] / "data" / "mistakes.toml").read_text("utf-8"))


@pytest.mark.parametrize("mistake", MISTAKES.values(), ids=list(MISTAKES))
def test_mistake_is_one_line_and_leaves_the_last_build(
    tree: Path, builds: Path, mistake: dict[str, str]
) -> None:
    last = publish(builds, [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal("c"))])
    path = tree / mistake["file"]
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    path.parent.mkdir(exist_ok=True)
    assert mistake["old"] in text
    path.write_text(text.replace(mistake["old"], mistake["new"], 1), encoding="utf-8")
    with pytest.raises(KGError) as error:
        build(tree, builds)
    assert str(error.value) == mistake["says"]
    assert Builds(builds).current() == builds / last.number
    assert {kept.name for kept in builds.iterdir()} == {last.number, "current", LOCK}


def test_build_publishes_what_the_files_say_and_what_follows(tree: Path, builds: Path) -> None:
    said: list[str] = []
    manifest = build(tree, builds, lambda stage, detail: said.append(f"{stage}: {detail}"))
    store = Store.open(builds / "current")
    assert (manifest.things, manifest.claims, manifest.sentences) == (5, 1, 3)
    assert read_overview(store).things == manifest.things
    assert said[:2] == ["load: …", "load: 279 statements from 7 files"]
    assert said[-1] == f"publish: build {manifest.number}: {manifest.triples:,} statements"
    assert store.ask("ASK { ?norland ^<https://w3id.org/aide-memoire/ontology#borders> ?sudland }")


def test_claim_is_not_served_as_fact(tree: Path, builds: Path) -> None:
    build(tree, builds)
    store = Store.open(builds / "current")
    closed = "?state <https://w3id.org/aide-memoire/ontology#closed> ?harbour"
    assert not store.ask(f"ASK {{ {closed} }}")
    assert store.ask(f"ASK {{ GRAPH ?claim {{ {closed} }} }}")


def test_a_merged_thing_needs_no_class_and_leads_on(tree: Path, builds: Path) -> None:
    entities = tree / "kg/entities/things.ttl"
    text = entities.read_text(encoding="utf-8")
    merged = "id:legate <http://purl.org/dc/terms/isReplacedBy> id:envoy ."
    entities.write_text(f"{text}\n{merged}\n", encoding="utf-8")
    build(tree, builds)
    with pytest.raises(Merged) as leads:
        thing_node(Store.open(builds / "current"), "legate")
    assert leads.value.into == "envoy"
