"""The README's examples run as they stand, but for the port."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT
from kg.store.store import Store
from tests.publishing import publish
from tests.web.test_server import free_port, serve, wait_until_up

README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```python\n(.*?)```", README, re.DOTALL)
CURLS = [line.strip() for line in README.splitlines() if line.startswith("    curl ")]
JAPAN = "https://w3id.org/aide-memoire/id/japan"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, built: Store) -> Iterator[int]:
    builds = tmp_path_factory.mktemp("builds")
    publish(builds, built.quads())
    number = free_port()
    with serve(builds, number) as server:
        wait_until_up(number)
        yield number
        server.terminate()


def here(example: str, port: int) -> str:
    assert "127.0.0.1:8000" in example
    return example.replace("127.0.0.1:8000", f"127.0.0.1:{port}")


def run(block: str, port: int) -> dict[str, object]:
    names: dict[str, object] = {}
    exec(here(block, port), names)  # noqa: S102 - it is our own README
    return names


def test_sparqlwrapper(port: int) -> None:
    (block,) = (block for block in BLOCKS if "SPARQLWrapper" in block)
    assert JAPAN in run(block, port)["states"]  # type: ignore[operator]


def test_rdflib_and_pandas(port: int) -> None:
    (block,) = (block for block in BLOCKS if "rdflib" in block)
    found = run(block, port)
    assert len(found["japan"]) > 50  # type: ignore[arg-type]
    answer = found["answer"]
    assert len(answer) > 0  # type: ignore[arg-type]
    assert "sentences" in answer.columns  # type: ignore[attr-defined]


@pytest.mark.parametrize("line", CURLS)
def test_curl(port: int, line: str) -> None:
    answer = subprocess.run(
        ["/bin/sh", "-c", here(line, port) + " --silent --fail"],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(ROOT),
    )
    assert re.search("Syria|id:japan a|strike", answer.stdout, re.IGNORECASE)
