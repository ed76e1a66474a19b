"""SSSOM tables: what they say, and what is wrong with them."""

from pathlib import Path

import pytest

from kg.model.errors import SourceError
from kg.model.prefixes import node
from kg.pipeline.inputs.sssom import links

HEADER = "# mapping_set_id: https://example.org/x\n"
COLUMNS = "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment\n"
ROW = "id:norland\towl:sameAs\twd:Q1\tsemapv:ManualMappingCuration\t0.9\tby hand\n"


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    return path


def test_row_is_a_triple_with_its_line(tmp_path: Path) -> None:
    rows = list(links(table(tmp_path, HEADER + COLUMNS + ROW), "x"))
    assert [link.at("object_id") for link in rows] == [(3, 23)]
    assert rows[0].triple.object == node("wd:Q1")


def test_full_iri_and_quotes_are_taken_as_they_are(tmp_path: Path) -> None:
    row = ROW.replace("wd:Q1", "https://example.org/Q1").replace("by hand", 'so-called "hand')
    (link,) = links(table(tmp_path, COLUMNS + row), "x")
    assert str(link.triple.object) == "<https://example.org/Q1>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (COLUMNS + ROW.replace("\tby hand", ""), "x:2:1: this row has 5 columns, the header has 6"),
        (COLUMNS + ROW.replace("owl:sameAs", "owl:same"), "x:2:12: owl:same is not a way to link"),
        (COLUMNS + ROW.replace("wd:Q1", "wb:Q1"), "x:2:23: wb:Q1: there is no prefix “wb:”"),
        (COLUMNS + ROW.replace("wd:Q1", "Q1"), "x:2:23: “Q1” is not an IRI"),
        (COLUMNS + ROW.replace("0.9", ""), "x:2:58: “” is not a confidence; write a number"),
        (COLUMNS + ROW.replace("0.9", "1.5"), "x:2:58: “1.5” is not a confidence"),
        (COLUMNS + ROW.replace("0.9", "high"), "x:2:58: “high” is not a confidence"),
        (COLUMNS + ROW.replace("semapv:", ""), "x:2:29: “ManualMappingCuration” is not a mapping"),
        (COLUMNS.replace("confidence", "sureness") + ROW, "x:1:1: there is no column confidence"),
        (HEADER + ROW, "x:2:1: there is no column subject_id"),
        ("", "x:1:1: there is no column subject_id"),
    ],
)
def test_mistake_carries_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(SourceError) as error:
        list(links(table(tmp_path, text), "x"))
    assert str(error.value).startswith(message)
