import pytest

from kg.errors import NotFound
from kg.prefixes import SOURCE
from kg.sentence import reported, sentence, sentences_of, sources, supported
from kg.store import Store

GAZETTE = SOURCE + "gazette-1894"


def test_sentences_come_in_reading_order_with_their_places(store: Store) -> None:
    assert [s.place for s in sentences_of(store, GAZETTE)] == [
        "caption, sentence 1",
        "¶1, sentence 1",
        "¶1, sentence 2",
        "¶2, sentence 1",
    ]


def test_a_source_names_its_author(store: Store) -> None:
    assert [who.text for who in sources(store)[GAZETTE].creators] == ["Rudolf Rässendyll"]


def test_each_sentence_has_what_it_supports(store: Store) -> None:
    found = supported(store, GAZETTE)
    assert [s.value.text for s in found[GAZETTE + "/p1s1"]] == ["Ruritania", "Sylvania", "May 1894"]
    assert GAZETTE + "/cap1" not in found


def test_a_sentence_knows_the_claims_that_it_reports(store: Store) -> None:
    claims = reported(store, GAZETTE + "/p2s1")
    assert [claim.text for claim in claims] == ["claim that Sylvania caused the flood"]


def test_an_unrecorded_sentence_is_not_found(store: Store) -> None:
    with pytest.raises(NotFound):
        sentence(store, GAZETTE + "/p9s9")
