"""The real graph answers every question of `kg/queries` as `tests/data/answers` has it."""

import csv
import functools

import pytest
from pyoxigraph import NamedNode

from kg.model.prefixes import ROOT, prefixes, shorten
from kg.model.source_texts import tree_texts
from kg.pipeline.load import load
from kg.sparql.named_queries import named_queries
from kg.store.store import Store
from tests.publishing import with_inferred

ANSWERS = ROOT / "tests" / "data" / "answers"
FILES = sorted((ROOT / "kg" / "queries").rglob("*.rq"))
QUESTIONS = {question.name: question for question in named_queries(tree_texts())}


@functools.cache
def real() -> Store:
    quads = load().quads
    return Store.of(with_inferred(quads))


def answer(name: str) -> str:
    """A question's rows, a line each, cells in the order of the SELECT, names shortened."""
    rows = real().select(QUESTIONS[name].text)
    columns = list(dict.fromkeys(column for row in rows for column in row))
    lines = [columns, *([cell(row.get(column)) for column in columns] for row in rows)]
    return "".join("\t".join(line) + "\n" for line in lines)


def cell(term: object) -> str:
    if term is None:
        return ""
    return shorten(term.value) if isinstance(term, NamedNode) else str(term.value)


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_has_its_answer(name):
    path = ANSWERS / f"{name}.tsv"
    found = answer(name)
    mend = f"if this is the right answer, it belongs in {path.relative_to(ROOT)}:\n{found}"
    assert path.is_file(), mend
    assert found == path.read_text(encoding="utf-8"), mend
    assert len(found.splitlines()) > 1, "a question without an answer is no example"


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


RESPONSIBLE = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX id: <https://w3id.org/aide-memoire/id/>
SELECT ?who WHERE { id:skripal-attack dip:responsibleParty|dip:perpetrator|dip:agent ?who }
"""


def test_a_plain_query_never_serves_a_claim_as_fact():
    assert real().select(RESPONSIBLE) == []


def test_claims_say_who_holds_whom_responsible():
    rows = answer("responsibility-for-skripal-attack").splitlines()[1:]
    assert {tuple(row.split("\t")[1:3]) for row in rows} == {("id:russia", "dip:highlyLikely")}


CITED = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
SELECT DISTINCT ?sentence WHERE { ?sentence a dip:Sentence . GRAPH ?sentence { ?s ?p ?o } }
"""


def test_at_least_fifty_sentences_are_cited():
    assert len(real().select(CITED)) >= 50


def test_at_least_fifty_things_have_a_wikidata_link_and_each_link_has_its_evidence():
    table = (ROOT / "kg/links/wikidata.sssom.tsv").read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader((x for x in table if not x.startswith("#")), delimiter="\t"))
    assert len({row["subject_id"] for row in rows}) >= 50
    assert all(row["comment"].startswith("Evidence: ") and len(row["comment"]) > 20 for row in rows)
