"""Fixtures of the ontology's tests: invented sources that state an act of every kind."""

import shutil
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT
from kg.pipeline.load import SourceTree, load
from tests.publishing import CORPUS


@pytest.fixture(scope="session")
def acts(tmp_path_factory: pytest.TempPathFactory) -> SourceTree:
    """Return the files of `tests/corpus/acts`, with the real ontology."""
    tree: Path = tmp_path_factory.mktemp("acts")
    shutil.copytree(ROOT / "ontology", tree / "ontology")
    shutil.copytree(CORPUS / "acts", tree / "kg" / "sources")
    return load(tree)
