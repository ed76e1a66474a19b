"""A build whose graph an engine holds: opened by its marker, followed as the pointer moves."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from kg.pipeline.additions.additions import Addition
from kg.store.builds import Current
from kg.store.manifest import REMOTE, Manifest
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.errors import EngineUnavailable
from kg.store.remote.marker import BuildMarker
from kg.store.store import Store
from tests.oxigraph_server import endpoint_at, engine_with, oxigraph_server
from tests.publishing import publish

pytestmark = pytest.mark.server

ADDED = "<urn:c> <urn:b> <urn:d> ."


@pytest.fixture
def url() -> Iterator[str]:
    with oxigraph_server() as address:
        yield address


def quads(value: str) -> list[Quad]:
    return [Quad(NamedNode("urn:a"), NamedNode("urn:b"), Literal(value))]


def load(url: str, number: str, value: str) -> None:
    """Have an engine hold a build, and say so; what it held before stays, as no test minds."""
    engine_with(url, quads(value))
    endpoint, _ = endpoint_at(url)
    endpoint.update(BuildMarker(number, 1).update())
    endpoint.close()


def on_engine(builds: Path, value: str) -> str:
    """Publish a build that says that an engine holds its graph; return its number."""
    number = publish(builds, quads(value)).number
    say_remote(builds / number)
    return number


def say_remote(build: Path) -> None:
    path = build / "manifest.json"
    path.chmod(0o644)
    path.write_bytes(replace(Manifest.of(build), store=REMOTE).text())


def test_an_engine_with_the_build_is_asked(builds: Path, url: str) -> None:
    number = publish(builds, quads("a")).number
    load(url, number, "a")
    store = Store.open(builds / "current", settings=EngineSettings().at(url))
    assert (store.number, store.in_memory, store.in_process) == (number, False, False)
    assert store.select("SELECT ?o { ?s ?p ?o }") == [{"o": Literal("a")}]
    assert store.complete is store
    assert [(one.url, one.reason) for one in store.replicas()] == [(url, "")]


def test_without_engines_it_is_opened_here(builds: Path) -> None:
    publish(builds, quads("a"))
    assert Store.open(builds / "current", settings=EngineSettings()).in_memory


@pytest.mark.parametrize("number", ["", "0123456789ab"])
def test_no_other_build_is_served(
    builds: Path, url: str, number: str, caplog: pytest.LogCaptureFixture
) -> None:
    current = on_engine(builds, "a")
    if number:
        load(url, number, "a")
    store = Current(builds, settings=EngineSettings().at(url)).store()
    with pytest.raises(
        EngineUnavailable, match=f"no SPARQL engine .* holds build {current}"
    ) as caught:
        store.ask("ASK { ?s ?p ?o }")
    assert url not in str(caught.value)
    held = f"build {number}" if number else "no build"
    assert f"{url} holds {held}, not {current}" in caplog.text


def test_the_former_build_is_served_until_an_engine_holds_the_next(
    builds: Path, url: str, caplog: pytest.LogCaptureFixture
) -> None:
    former = on_engine(builds, "a")
    load(url, former, "a")
    current = Current(builds, look=0, settings=EngineSettings().at(url))
    assert current.store().number == former
    following = on_engine(builds, "b")
    assert [current.store().number for _ in range(3)] == [former] * 3
    assert current.trouble
    assert f"holds build {following}" in current.trouble.reason
    assert caplog.text.count("is still served") == 1
    load(url, following, "b")
    assert current.store().number == following
    assert current.trouble is None


def test_pages_of_a_build_with_added_files_are_ours_alone(
    builds: Path, url: str, tmp_path: Path
) -> None:
    file = tmp_path / "more.nt"
    file.write_text(ADDED)
    manifest = publish(builds, quads("a"), [Addition.of(str(file))])
    load(url, manifest.number, "a")
    settings = EngineSettings().at(url)
    store = Store.open(builds / "current", ours=True, settings=settings)
    assert store.in_process
    assert store.added == store.complete.added == manifest.added
    assert not store.complete.in_process
    assert [one.url for one in store.replicas()] == [url]
    assert not Store.open(builds / "current", settings=settings).in_process


def test_files_that_an_engine_alone_holds_need_the_engine(builds: Path, tmp_path: Path) -> None:
    file = tmp_path / "more.nt"
    file.write_text(ADDED)
    manifest = publish(builds, quads("a"), [Addition.of(str(file))])
    say_remote(builds / manifest.number)
    with pytest.raises(EngineUnavailable, match=f"build {manifest.number} .* KG_STORE names none"):
        Store.open(builds / "current", settings=EngineSettings())
