"""One server of the live graph for all clients, and what the command line answers of it."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from os import environ
from pathlib import Path

import pytest
import rdflib

from tests.clients.comunica import Comunica, comunica_process, require_comunica
from tests.clients.rows import Rows, rows_in
from tests.serving import serving

QUESTIONS = Path(__file__).parent / "questions"


@pytest.fixture(scope="session")
def builds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("builds")
    _kg(folder, "build")
    return folder


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory, builds: Path) -> Iterator[str]:
    log = tmp_path_factory.mktemp("log") / "server"
    with serving(log, BUILDS=builds) as (port, _):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture(scope="session")
def expected(builds: Path) -> Callable[[str], Rows]:
    """Return what `kg query` answers to a question of `tests/clients/questions`: some rows."""

    def answer(name: str) -> Rows:
        rows = rows_in(_kg(builds, "query", str(QUESTIONS / f"{name}.rq"), "--format", "json"))
        assert rows, f"{name}.rq has no rows to compare"
        return rows

    return answer


@pytest.fixture(scope="session")
def builds_graph(builds: Path) -> Callable[[str], rdflib.Graph]:
    """Return what `kg query` answers to a CONSTRUCT question, as a graph."""

    def answer(name: str) -> rdflib.Graph:
        turtle = _kg(builds, "query", str(QUESTIONS / f"{name}.rq"))
        return rdflib.Graph().parse(turtle, format="turtle")

    return answer


@pytest.fixture(scope="session")
def question() -> Callable[[str], str]:
    """Return the text of a question of `tests/clients/questions`."""
    return lambda name: (QUESTIONS / f"{name}.rq").read_text(encoding="utf-8")


@pytest.fixture(scope="session")
def comunica() -> Iterator[Comunica]:
    require_comunica()
    with comunica_process() as process:
        yield process


def _kg(builds: Path, *arguments: str) -> bytes:
    command = [sys.executable, "-m", "kg.cli", *arguments]
    environment = environ | {"KG_BUILDS": str(builds)}
    return subprocess.run(command, env=environment, capture_output=True, check=True).stdout
