"""The corpus is sound: its citations are of its texts, and each source states something.

Three invented sources agree (`five-powers-meeting-2018`), refine each other
(`winter-games-opening-2014`) and contradict each other: on the day of `ferry-talks-2018`, on how
many states expelled diplomats, on whether Pannona did, and on whether aircraft flew over Orun.
"""

from pathlib import Path

import pytest

from kg.citation.verify import CHANGED, MISSING, recorded_sentences, verify_copy
from kg.pipeline.load import load
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
