import re

import pytest

from kg.model.errors import NotFound
from kg.model.prefixes import SOURCE
from kg.statements.documents import documents_by_iri, find_document
from kg.statements.sentences import (
    document_sentences,
    find_sentence,
    reported_claims,
    sentences_by_iri,
    supported_statements,
)
from kg.store.store import Store

GAZETTE = SOURCE + "gazette-1894"


def test_sentences_come_in_reading_order_with_their_places(store: Store) -> None:
    assert [s.place for s in document_sentences(store, GAZETTE)] == [
        "caption, sentence 1",
        "¶1, sentence 1",
        "¶1, sentence 2",
        "¶2, sentence 1",
    ]


def test_a_source_names_its_author(store: Store) -> None:
    assert [who.text for who in documents_by_iri(store)[GAZETTE].creators] == ["Rudolf Rässendyll"]


def test_each_sentence_has_what_it_supports(store: Store) -> None:
    supported = supported_statements(store, [GAZETTE + "/p1s1", GAZETTE + "/cap1"])
    found = supported[GAZETTE + "/p1s1"]
    assert [s.value.text for s in found] == ["Ruritania", "Sylvania", "May 1894"]
    assert supported[GAZETTE + "/cap1"] == ()


def test_a_sentence_knows_the_claims_that_it_reports(store: Store) -> None:
    claims = reported_claims(store, GAZETTE + "/p2s1")
    assert [claim.text for claim in claims] == [
        "claim that Sylvania caused the flood",
        "claim that there is a rumour of a dam",
    ]


@pytest.mark.parametrize(
    ("locator", "reason", "near"),
    [
        ("p1s9", "¶1 ends with sentence 2", ("p1s2",)),
        ("p9s1", "it ends with ¶2", ("p2s1",)),
        ("cap2", "“Of rivers and kings”; did you mean cap1?", ("cap1",)),
    ],
)
def test_an_unrecorded_sentence_is_not_found_and_the_end_is_said(
    store: Store, locator: str, reason: str, near: tuple[str, ...]
) -> None:
    with pytest.raises(NotFound, match=re.escape(reason)) as failure:
        find_sentence(store, find_document(store, "gazette-1894"), locator)
    assert failure.value.similar == near


def test_an_unknown_source_offers_near_ones(store: Store) -> None:
    with pytest.raises(NotFound) as failure:
        find_document(store, "gazete-1894")
    assert failure.value.similar == ("gazette-1894",)


def test_a_fragment_says_the_first_and_last_words(store: Store) -> None:
    assert sentences_by_iri(store)[GAZETTE + "/p1s1"].ends == ("The two", "at Strelsau.")
