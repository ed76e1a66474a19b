"""Every hygiene query is shown a bad example, and must say what is wrong with it."""

import re
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.model.prefixes import BASE, ROOT
from kg.pipeline.checks.causes import Causes
from kg.pipeline.checks.hygiene import filled_message, hygiene
from kg.pipeline.load import load
from kg.sparql.named_queries import title
from kg.store.store import Store
from tests.publishing import with_inferred

CHECKS = sorted((ROOT / "ontology" / "checks").glob("*.rq"))
BAD = Path(__file__).parents[2] / "data" / "checks"


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_catches_its_bad_example(check: Path) -> None:
    example = BAD / f"{check.stem}.trig"
    assert example.is_file(), f"show that {check.name} works: add {example} (first line: message)"
    quads = list(parse(path=example, format=RdfFormat.TRIG, base_iri=BASE))
    store = Store.of(with_inferred(quads))
    query = check.read_text(encoding="utf-8")
    found = [filled_message(title(query), row) for row in store.select(query)]
    assert found == [title(example.read_text(encoding="utf-8"))]


@pytest.mark.parametrize("check", CHECKS, ids=lambda path: path.stem)
def test_check_says_what_is_wrong_in_its_first_line(check: Path) -> None:
    query = check.read_text(encoding="utf-8")
    named = re.findall(r"\{\?(\w+)\}", title(query))
    selected = re.search(r"SELECT (.*)", query).group(1)
    assert title(query)
    assert [name for name in named if f"?{name}" not in selected] == []


def test_every_bad_example_has_a_check() -> None:
    assert {path.stem for path in BAD.glob("*.trig")} == {path.stem for path in CHECKS}


def test_good_tree_passes_every_check(tree: Path) -> None:
    loaded = load(tree)
    quads = with_inferred(loaded.quads)
    outcomes = list(hygiene(loaded, Causes(loaded, Store.of(quads))))
    assert [outcome.name for outcome in outcomes] == [path.stem for path in CHECKS]
    assert [str(f) for outcome in outcomes for f in outcome.findings] == []
