"""One server of the corpus for all that is tried before it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model.source_texts import SourceTexts
from kg.pipeline.load import load
from tests.deploy.proxies import Proxy, caddy
from tests.publishing import publish, with_description, with_inferred
from tests.serving import serving


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory, corpus_tree: Path) -> Path:
    folder = tmp_path_factory.mktemp("builds")
    quads = with_description(with_inferred(load(corpus_tree).quads))
    publish(folder, quads, texts=SourceTexts.of_tree(corpus_tree))
    return folder


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory, builds: Path) -> Iterator[int]:
    """Serve the corpus as behind one proxy, whose word on host and prefix is all that it has."""
    log = tmp_path_factory.mktemp("log") / "server"
    with serving(log, BUILDS=builds, PROXIES=1, HOSTS="localhost", LOOK=0) as (number, _):
        yield number


@pytest.fixture(scope="session")
def behind_caddy(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Proxy]:
    with caddy(tmp_path_factory.mktemp("caddy"), port) as proxy:
        yield proxy
