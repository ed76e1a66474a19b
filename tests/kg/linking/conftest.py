"""Fixtures of linking: builds to link from, and datasets on loopback to link to; see `servers`."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from pyoxigraph import RdfFormat, Triple, parse

from kg.cli.commands import kg_command
from kg.model.named_graphs import ONTOLOGY
from kg.pipeline.load import load
from kg.store.store import Store
from tests.kg.linking.servers import MadeDataset, made_dataset
from tests.publishing import publish, with_inferred

DATA = Path(__file__).parents[2] / "data" / "linking"


@pytest.fixture(scope="session")
def namesakes() -> Store:
    """Return a graph of things that share their names with others."""
    ontology = [quad for quad in load().quads if quad.graph_name == ONTOLOGY]
    ours = parse(path=DATA / "ours.trig", format=RdfFormat.TRIG)
    return Store.of(with_inferred([*ontology, *ours]))


@pytest.fixture(scope="session")
def namesake_builds(namesakes: Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    builds = tmp_path_factory.mktemp("namesakes") / "builds"
    publish(builds, namesakes.quads())
    return builds


@pytest.fixture(scope="session")
def their_triples() -> tuple[Triple, ...]:
    quads = parse(path=DATA / "theirs.ttl", format=RdfFormat.TURTLE)
    return tuple(quad.triple for quad in quads)


@pytest.fixture
def wikidata(their_triples: tuple[Triple, ...]) -> Iterator[MadeDataset]:
    with made_dataset(their_triples) as server:
        yield server


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "kg" / "links").mkdir(parents=True)
    return tmp_path


@pytest.fixture
def kg(root: Path, namesake_builds: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """Return a function that runs the command on the graph of namesakes."""
    monkeypatch.setenv("KG_BUILDS", str(namesake_builds))

    def run(*arguments: str, keys: str = "") -> Result:
        command = ["--root", str(root), *arguments]
        return CliRunner().invoke(kg_command, command, input=keys, catch_exceptions=False)

    return run
