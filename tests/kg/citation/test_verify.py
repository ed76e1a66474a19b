"""A reader's copy against the record."""

from pathlib import Path

import pytest

from kg.citation.verify import (
    CHANGED,
    MISSING,
    Report,
    recorded_sentences,
    report_lines,
    source_title,
    verify_copy,
)
from kg.model.prefixes import ROOT
from kg.pipeline.load import load

DATA = Path(__file__).parents[2] / "data"
HARBOUR = (DATA / "harbour.txt").read_text("utf-8")
ARTICLE = ROOT.parent / "shared" / "article" / "japan-russia-west-2018.txt"


def compare(text: str) -> Report:
    return verify_copy(text, recorded_sentences(load(DATA / "tiny").quads, "harbour-2020"))


def broken(report: Report) -> list[tuple[str, str]]:
    wrong = [*report.with_status(CHANGED), *report.with_status(MISSING)]
    return [(verdict.sentence.locator, verdict.status) for verdict in wrong]


def test_copy_matches_and_the_rest_is_listed() -> None:
    report = compare(HARBOUR)
    assert broken(report) == []
    assert [sentence.locator for sentence in report.uncited()] == ["p2s2", "bio1"]
    assert report.unrecorded == ("The Harbour Gazette", "The envoy returns")


def test_copy_may_be_typed_and_wrapped_otherwise() -> None:
    plain = HARBOUR.replace("\u201c", '"').replace("\u201d", '"')
    assert broken(compare("\n".join(plain.split(" ")))) == []


@pytest.mark.parametrize(
    ("old", "new", "wrong"),
    [
        ("great pity", "small pity", [("p2s2", CHANGED)]),
        ("visited Sudland.", "left Sudland.", [("p1s2", CHANGED)]),
        ("Norland and", "Westland and", [("p1s1", CHANGED)]),
        ("Pat Roe writes about harbours.", "", [("bio1", MISSING)]),
    ],
)
def test_change_is_named_exactly(old: str, new: str, wrong: list[tuple[str, str]]) -> None:
    assert old in HARBOUR
    assert broken(compare(HARBOUR.replace(old, new))) == wrong


def test_lines_say_what_is_wrong_first() -> None:
    lines = list(
        report_lines(compare(HARBOUR.replace("great pity", "small pity")), "“The envoy returns”")
    )
    differs = "p2s2: changed: the copy begins and ends as recorded, but differs in between"
    assert lines[:2] == [differs, "4 of 5 recorded sentences match the copy"]
    assert lines[3] == "cited by nothing: p2s2, bio1"


@pytest.mark.skipif(not ARTICLE.is_file(), reason="needs a copy of the article")
def test_real_article_matches_and_one_word_is_noticed() -> None:
    record = recorded_sentences(load(ROOT).quads, "japan-russia-2018")
    text = ARTICLE.read_text("utf-8")
    assert broken(verify_copy(text, record)) == []
    assert "emphatic" in text
    assert broken(verify_copy(text.replace("emphatic", "lenient"), record)) == [("p10s1", CHANGED)]


def test_another_text_altogether_is_one_line() -> None:
    lines = list(report_lines(compare("Something else. It says nothing of the kind."), "“A title”"))
    assert lines == ["this does not look like “A title”: none of its sentences is there"]


def test_missing_sentence_says_why() -> None:
    lines = list(report_lines(compare(HARBOUR.replace("Pat Roe writes about harbours.", "")), "x"))
    assert lines[0] == "bio1: missing: the copy has neither its first words nor its last"


def test_source_is_called_by_its_title() -> None:
    loaded = load(DATA / "tiny")
    assert source_title(loaded.quads, "harbour-2020") == "“The envoy returns”"
    assert source_title(loaded.quads, "none") == "none"
