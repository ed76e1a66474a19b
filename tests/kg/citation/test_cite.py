"""The record of sentences: locators, hashes and text fragments, and no prose."""

from pathlib import Path

import pytest
from pyoxigraph import RdfFormat, parse

from kg.citation.cite import (
    fragment_ends,
    hash_sentence,
    record_sentences,
    sentences_turtle,
    text_fragment,
)
from kg.citation.segment import blocks, normalise
from kg.model.errors import KGError

HARBOUR = Path(__file__).parents[2] / "data" / "harbour.txt"
RECORD = HARBOUR.parent / "tiny" / "kg" / "sources" / "harbour-2020" / "sentences.ttl"


def test_headings_have_locators_of_their_own():
    records = record_sentences(["Rain at last", "It rained."], [2], [], [], [1])
    assert [(one.locator, one.part) for one in records] == [("h1", "heading"), ("p1s1", "body")]


def test_record_numbers_paragraphs_sentences_and_reading_order() -> None:
    records = record_sentences(
        blocks(HARBOUR.read_text("utf-8")), body=[3, 4], caption=[2], author=[5]
    )
    assert [record.locator for record in records] == [
        "cap1",
        "p1s1",
        "p1s2",
        "p2s1",
        "p2s2",
        "bio1",
    ]
    assert [record.paragraph for record in records] == [None, 1, 1, 2, 2, None]
    assert [record.order for record in records] == [1, 2, 3, 4, 5, 6]


def test_record_hashes_the_normalised_sentence() -> None:
    records = record_sentences(["It is a \u201cpity\u201d \u2013 so."], [1], [], [])
    assert records[0].sha256 == hash_sentence('It is a "pity" - so.')
    assert normalise("a \u201cpity\u201d") == 'a "pity"'


def test_turtle_is_the_file_that_the_tree_has() -> None:
    records = record_sentences(
        blocks(HARBOUR.read_text("utf-8")), body=[3, 4], caption=[], author=[5]
    )
    assert sentences_turtle("harbour-2020", records) == RECORD.read_text("utf-8")


def test_turtle_holds_no_sentence() -> None:
    text = HARBOUR.read_text("utf-8")
    records = record_sentences(blocks(text), body=[3, 4], caption=[], author=[5])
    quads = list(parse(sentences_turtle("x", records).encode(), format=RdfFormat.TURTLE))
    assert len(quads) == 4 * 12 + 11
    assert not any(" ".join(text.split()[12:17]) in str(quad.object) for quad in quads)


@pytest.mark.parametrize(
    ("sentence", "directive"),
    [
        ("Rain.", ":~:text=Rain."),
        ("It rained.", ":~:text=It,rained."),
        ("One two three four five six.", ":~:text=One%20two,five%20six."),
        ("A-b, c & d e f.", ":~:text=A%2Db%2C%20c,e%20f."),
        (" ".join("abcdefghijklmnop"), ":~:text=a%20b%20c%20d,m%20n%20o%20p"),
    ],
)
def test_fragment_takes_at_most_four_words_and_a_third(sentence: str, directive: str) -> None:
    assert text_fragment(sentence) == directive


def test_ends_are_the_words_of_the_fragment() -> None:
    assert fragment_ends(text_fragment("A-b, c & d e f.")) == ("A-b, c", "e f.")
    assert fragment_ends(text_fragment("Rain.")) == ("Rain.", "Rain.")


def test_block_that_is_not_there_is_an_error() -> None:
    with pytest.raises(KGError, match="blocks 1 to 1, not 2"):
        record_sentences(["It rained."], [2], [], [])


def test_fragment_of_a_script_without_spaces_begins_and_ends_with_words() -> None:
    directive = text_fragment("使節団は三日の朝に港へ着き、古い橋を渡って町の広場で市長に会った。")
    start, end = fragment_ends(directive)
    assert (start, end) == ("使節団は三日の朝に港へ", "広場で市長に会った。")
