"""The parts of the scripts that need no browser, tested by Node.js's own runner."""

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT

TESTS = sorted(Path(__file__).parents[1].glob("*/*.test.mjs"))


def node() -> str:
    # Where the machine has none, `make` puts one into the virtual environment.
    path = os.pathsep.join([os.environ.get("PATH", ""), str(ROOT / ".venv" / "bin")])
    found = shutil.which("node", path=path)
    if found is None:
        pytest.skip("Node.js is not installed")
    return found


@pytest.mark.parametrize("path", TESTS, ids=lambda path: path.name)
def test_scripts_pass_their_own_tests(path: Path) -> None:
    done = subprocess.run(
        [node(), "--test", str(path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "\n# pass 0\n" not in done.stdout


def test_there_are_some() -> None:
    assert TESTS
