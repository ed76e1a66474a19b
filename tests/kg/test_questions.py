"""The live graph answers every question of `kg/queries` with what `tests/data/answers` demands.

A table there holds rows that must be among the answer's, in those of its columns that matter: a
further source may add rows and columns, and breaks no test.
"""

import functools
import re

import pytest

from kg.model.prefixes import ROOT, node, prefixes, shorten
from kg.pipeline.load import load
from kg.store.store import Store
from tests.answering import ANSWERS, QUESTIONS, answer, demanded, missing_rows
from tests.publishing import with_inferred

FILES = sorted((ROOT / "kg" / "queries").rglob("*.rq"))


@functools.cache
def real() -> Store:
    quads = load().quads
    return Store.of(with_inferred(quads))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_what_its_answer_demands(name):
    assert demanded(name), f"tests/data/answers/{name}.tsv demands nothing"
    missing = missing_rows(real(), name)
    listed = "\n".join(map(str, answer(real(), name)))
    assert missing == [], f"tests/data/answers/{name}.tsv demands {missing}; there is:\n{listed}"


def test_every_answer_belongs_to_a_question():
    assert {path.stem for path in ANSWERS.glob("*.tsv")} == set(QUESTIONS)


def test_ten_questions_or_more_are_examples_for_the_home_page():
    assert [*sorted(filter(None, (one.example for one in QUESTIONS.values())))] == [*range(1, 11)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_query_takes_its_prefixes_from_the_one_map(path):
    for line in path.read_text(encoding="utf-8").splitlines():
        if line.upper().startswith("PREFIX "):
            _, prefix, iri = line.split()
            assert prefixes().get(prefix.rstrip(":")) == iri.strip("<>"), line


@functools.cache
def terms() -> set[str]:
    ontology = (quad for quad in load().quads if quad.graph_name == node("graph:ontology"))
    return {shorten(quad.subject.value) for quad in ontology if hasattr(quad.subject, "value")}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_query_names_terms_that_are_defined(path):
    # A term that was renamed or dropped would only make the answer empty.
    named = re.findall(r"\bdip:\w+", re.sub("(?m)#.*$", "", path.read_text(encoding="utf-8")))
    assert set(named) - terms() == set()


RESPONSIBLE = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX id: <https://w3id.org/aide-memoire/id/>
SELECT ?who WHERE { id:skripal-attack dip:responsibleParty|dip:perpetrator|dip:agent ?who }
"""


def test_a_plain_query_never_serves_a_claim_as_fact():
    assert real().select(RESPONSIBLE) == []


def test_claims_say_who_holds_whom_responsible():
    rows = answer(real(), "responsibility-for-skripal-attack")
    assert ("id:russia", "dip:highlyLikely") in {
        (row["held"], row.get("certainty")) for row in rows
    }


CITED = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT DISTINCT ?sentence WHERE { ?sentence a dip:Sentence . GRAPH ?sentence { ?s ?p ?o } }
"""


def test_at_least_fifty_sentences_are_cited():
    assert len(real().select(CITED)) >= 50
