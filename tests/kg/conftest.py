"""Fixtures of the graph's tests.

Policy: no patching and no mocks. A test takes a small real tree of files (`tests/data/tiny`, with
the real rules and checks), breaks one thing in it, and runs the real code on it.
"""

import shutil
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT

DATA = Path(__file__).parent.parent / "data"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    root = tmp_path / "tree"
    shutil.copytree(DATA / "tiny", root)
    for folder in ("rules", "checks"):
        shutil.copytree(ROOT / "ontology" / folder, root / "ontology" / folder)
    return root


@pytest.fixture
def builds(tmp_path: Path) -> Path:
    return tmp_path / "builds"
