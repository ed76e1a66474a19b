"""The examples of kg.spark: pytest passes its modules over, as PySpark is an extra."""

import doctest
from importlib import import_module
from pathlib import Path

import pytest

pytest.importorskip("pyspark", reason="PySpark is not installed: make spark")

from kg.model.prefixes import ROOT

MODULES = [
    path
    for path in sorted((ROOT / "kg" / "spark").rglob("*.py"))
    if ">>>" in path.read_text("utf-8")
]


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts)


@pytest.mark.parametrize("path", MODULES, ids=dotted)
def test_examples_are_true(path: Path) -> None:
    failed, examples = doctest.testmod(import_module(dotted(path)))
    assert (failed, examples > 0) == (0, True)
