"""The corpus is sound: its citations are of its texts, and each source states something.

Three invented sources agree (`five-powers-meeting-2018`), refine each other
(`winter-games-opening-2014`) and contradict each other: on the day of `ferry-talks-2018`, on how
many states expelled diplomats, on whether Pannona did, and on whether aircraft flew over Orun.
Where a check fails because a term has gone or was renamed, the corpus follows the ontology.
"""

import re
from pathlib import Path

import pytest

from kg.citation.verify import CHANGED, MISSING, recorded_sentences, verify_copy
from kg.pipeline.build import checked_graph
from kg.pipeline.load import load
from kg.store.store import Store
from tests.publishing import CORPUS

SOURCES = sorted(path.name for path in (CORPUS / "kg" / "sources").iterdir())


@pytest.mark.parametrize("source", SOURCES)
def test_every_sentence_of_the_corpus_is_cited_and_as_its_text_has_it(
    corpus_tree: Path, source: str
) -> None:
    record = recorded_sentences(load(corpus_tree).quads, source)
    text = (CORPUS / "texts" / f"{source}.txt").read_text(encoding="utf-8")
    report = verify_copy(text, record)
    assert len(record) > 4
    assert [*report.with_status(CHANGED), *report.with_status(MISSING)] == []
    assert report.uncited() == []
    assert report.unrecorded == ()


def test_the_corpus_passes_every_check(corpus_tree: Path) -> None:
    assert len(checked_graph(corpus_tree).quads()) > 1000


DISAGREEMENTS = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#>
SELECT DISTINCT ?about ?on ?served ?other WHERE {
  ?one a dip:Disagreement ; dip:disagreementAbout ?about ; dip:disagreementOn ?on ;
    dip:hasStatedValue ?first , ?second .
  ?first rdf:value ?served ; dip:served true .
  ?second rdf:value ?other ; dip:served false .
}
"""


def test_the_sources_differ_on_a_day_a_count_a_role_and_a_status(corpus: Store) -> None:
    rows = [[str(row[name]) for name in row] for row in corpus.select(DISAGREEMENTS)]
    found = {tuple(map(short, row)) for row in rows}
    assert {
        ("ferry-talks-2018", "date", "2018-03-21", "2018-03-20"),
        ("expelling-states-2018", "count", "27", "24"),
        ("incursion-over-orun-2018", "assertionStatus", "alleged", "occurred"),
        ("pannona", "participant", "abstainer", "actor"),
    } <= found


def short(term: str) -> str:
    """Return the last part of an IRI, or the text of a literal."""
    if term.startswith("<"):
        return re.split("[#/]", term.strip("<>"))[-1]
    return term.split('"')[1]


def test_the_finer_of_two_days_that_agree_is_served(corpus: Store) -> None:
    ceremony = corpus.select(
        "PREFIX id: <https://w3id.org/aide-memoire/id/>"
        "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>"
        "SELECT ?day { id:winter-games-opening-2014 dip:date ?day }"
    )
    assert [short(str(row["day"])) for row in ceremony] == ["2014-02-07"]
