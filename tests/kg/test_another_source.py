"""A further source that contradicts earlier ones is added to the live graph, and breaks nothing.

It gives another day, count, role and status (`tests/corpus/another`). What is tested of the live
graph holds with it as without it: the checks, the citations, and the answers to the questions.
"""

import shutil
from pathlib import Path

import pytest

from kg.model.prefixes import ROOT
from kg.pipeline.build import checked_graph
from kg.pipeline.load import load
from kg.store.store import Store
from tests.answering import QUESTIONS, missing_rows
from tests.publishing import CORPUS, with_inferred


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("live")
    shutil.copytree(ROOT / "ontology", root / "ontology")
    shutil.copytree(ROOT / "kg", root / "kg", ignore=shutil.ignore_patterns("*.py", "__pycache__"))
    shutil.copytree(CORPUS / "another", root / "kg" / "sources", dirs_exist_ok=True)
    return root


@pytest.fixture(scope="module")
def grown(tree: Path) -> Store:
    return Store.of(with_inferred(load(tree).quads))


def test_every_check_passes(tree: Path) -> None:
    assert len(checked_graph(tree).quads()) > 1000


@pytest.mark.parametrize("name", QUESTIONS)
def test_each_question_has_what_its_answer_demands(grown: Store, name: str) -> None:
    assert missing_rows(grown, name) == []


OF_IT = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX id: <https://w3id.org/aide-memoire/id/>
PREFIX prov: <http://www.w3.org/ns/prov#>
ASK {
  ?one a dip:Disagreement ; dip:disagreementAbout ?thing ; dip:disagreementOn ?property ;
    dip:hasStatedValue [ prov:wasDerivedFrom <https://w3id.org/aide-memoire/source/outlook-2030> ] .
}
"""


@pytest.mark.parametrize(
    ("thing", "about"),
    [
        ("abe-putin-meeting-da-nang-2017", "date"),
        ("expelling-states-2018", "count"),
        ("hungary", "participant"),
        ("return-of-islands", "prospectStatus"),
    ],
)
def test_what_it_contradicts_is_a_disagreement(grown: Store, thing: str, about: str) -> None:
    text = OF_IT.replace("?thing", f"id:{thing}").replace("?property", f"dip:{about}")
    assert grown.ask(text)
