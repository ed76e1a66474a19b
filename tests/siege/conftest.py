"""What sieges in a short form take: a small tree of files, and a server of its graph."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from pyoxigraph import Quad

from kg.model.prefixes import ROOT
from tests.publishing import publish
from tests.siege import clients
from tests.siege.target import server

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tree")
    shutil.copytree(DATA / "tiny", root, dirs_exist_ok=True)
    for folder in ("rules", "checks"):
        shutil.copytree(ROOT / "ontology" / folder, root / "ontology" / folder)
    return root


@pytest.fixture(scope="module")
def builds(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Path:
    root = tmp_path_factory.mktemp("builds")
    publish(root, tiny)
    return root


@pytest.fixture(scope="module")
def target(builds: Path) -> Iterator[tuple[int, int]]:
    with server(BUILDS=builds) as (port, process):
        yield port, process


@pytest.fixture(scope="module")
def names(target: tuple[int, int]) -> list[str]:
    return clients.things(target[0])
