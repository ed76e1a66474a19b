"""The schema card of a real build: the corpus, with its description."""

from pathlib import Path

import pytest

from kg.agents.schema_card import MOST_BYTES, schema_card
from kg.agents.tools.calls import answer_call
from kg.pipeline.build import build
from kg.store.builds import Builds
from kg.store.store import Store
from tests.kg.agents.conftest import session_of


@pytest.fixture(scope="module")
def described(corpus_tree: Path) -> Store:
    """Return a build of the corpus; a store that is not built has no description of itself."""
    build(corpus_tree)
    return Builds(tree=corpus_tree).open()


def test_it_fits_into_two_kilobytes_and_names_what_there_is(described: Store) -> None:
    card = schema_card(described)
    assert len(card.encode()) <= MOST_BYTES
    for part in ("dip:Event ", "dip:participant ", "dip:claimant", described.number):
        assert part in card
    # What pages are made with is no fact.
    assert "dip:displayOrder" not in card


def test_its_examples_have_answers(described: Store) -> None:
    card = schema_card(described)
    declared = "\n".join(line for line in card.splitlines() if line.startswith("PREFIX"))
    queries = [line for line in card.splitlines() if line.startswith("SELECT")]
    assert len(queries) == 3
    for query in queries:
        asked = query.replace("id:japan", "id:norland")
        assert described.select(f"{declared}\n{asked}"), query


def test_the_shape_of_a_class_has_examples_that_a_sentence_states(described: Store) -> None:
    rows = answer_call(session_of(described), "shape", {"class": "Expulsion"})["rows"]
    agent = next(row for row in rows if row["property"] == "dip:agent")
    assert (agent["kind"], agent["values"]) == ("stated", ["dip:Agent"])
    assert agent["example"].split()[1] == "dip:agent"
    assert agent["sentences"]
