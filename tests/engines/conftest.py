"""The live graph on each engine: in this process, on `oxigraph serve` and on Virtuoso.

It is built once, and what the embedded engine answers is what the others must answer.
"""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from flask import Flask
from pyoxigraph import DefaultGraph, Quad, RdfFormat, serialize

from kg.pipeline.load import load
from kg.store.manifest import read_contents
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.blank_nodes import skolemised_quads
from kg.store.remote.dialects import Dialect, dialect_named
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.marker import BuildMarker
from kg.store.remote.opening import open_endpoint
from kg.store.store import Store
from tests.engines.processes import Virtuoso, oxigraph, require_virtuoso, virtuoso
from tests.publishing import publish, with_description, with_inferred
from web import create_app

EMBEDDED, OXIGRAPH, VIRTUOSO = "embedded", "oxigraph", "virtuoso"
REMOTE = (OXIGRAPH, VIRTUOSO)
Stores = Callable[[str], Store]
Sites = Callable[[str], Flask]


@pytest.fixture(scope="session")
def build(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the directory of a build of the live graph."""
    builds = tmp_path_factory.mktemp("builds")
    manifest = publish(builds, with_description(with_inferred(load().quads)))
    return builds / manifest.number


@pytest.fixture(scope="session")
def oxigraph_url(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("oxigraph")
    with oxigraph(folder, _file_for("oxigraph", build, folder)) as url:
        yield url


@pytest.fixture(scope="session")
def virtuoso_server(build: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Virtuoso]:
    require_virtuoso()
    folder = tmp_path_factory.mktemp("virtuoso")
    with virtuoso(folder) as server:
        _file_for("virtuoso", build, folder)
        server.load("*.nq", _dialect("virtuoso").default_graph)
        yield server


@pytest.fixture(scope="session")
def stores(build: Path, request: pytest.FixtureRequest) -> Stores:
    """Return the build on an engine, by its name."""
    opened: dict[str, Store] = {}

    def store(engine: str) -> Store:
        if engine not in opened:
            opened[engine] = _opened(engine, build, request)
        return opened[engine]

    return store


@pytest.fixture(scope="session")
def sites(stores: Stores) -> Sites:
    """Return the site over an engine, by its name."""
    made: dict[str, Flask] = {}

    def site(engine: str) -> Flask:
        if engine not in made:
            made[engine] = create_app({"TESTING": True}, store=stores(engine))
        return made[engine]

    return site


def _opened(engine: str, build: Path, request: pytest.FixtureRequest) -> Store:
    if engine == EMBEDDED:
        return Store.open(build)
    url = request.getfixturevalue("oxigraph_url") if engine == OXIGRAPH else ""
    url = url or request.getfixturevalue("virtuoso_server").url
    settings = EngineSettings.of({"KG_STORE": url})
    endpoint, dialect = open_endpoint(settings.addresses[0], settings)
    assert dialect.name == engine
    contents = read_contents(build)
    store = Store(contents.manifest.number, RemoteEngine(endpoint, dialect), contents.texts)
    return store.at(build, contents.manifest)


def _file_for(engine: str, build: Path, folder: Path) -> Path:
    """Write the quads of the build and its marker as an engine is to load them."""
    store = Store.open(build)
    marker = BuildMarker(store.number, len(store.quads()))
    graph = marker.triples()[0].subject
    quads = [*store.quads(), *(Quad(*triple, graph) for triple in marker.triples())]
    file = folder / "build.nq"
    with file.open("wb") as out:
        serialize(_stored(quads, _dialect(engine)), out, format=RdfFormat.N_QUADS)
    return file


def _stored(quads: list[Quad], dialect: Dialect) -> Iterator[Quad]:
    for quad in skolemised_quads(quads):
        graph = quad.graph_name
        name = graph if isinstance(graph, DefaultGraph) else dialect.stored(graph)
        terms = map(dialect.stored, (quad.subject, quad.predicate, quad.object))
        yield Quad(*terms, name)


def _dialect(name: str) -> Dialect:
    dialect = dialect_named(name)
    assert dialect
    return dialect
