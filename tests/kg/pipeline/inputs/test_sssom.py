"""SSSOM tables: what they map, and what is wrong with them."""

from pathlib import Path

import pytest

from kg.model.errors import SourceError
from kg.model.prefixes import node
from kg.pipeline.inputs.sssom import MappingTable, read_mapping_table

HEADER = """\
# mapping_set_id: https://example.org/x
# license: https://example.org/licence
# curie_map:
#   id: https://w3id.org/aide-memoire/id/
#   graph: https://w3id.org/aide-memoire/graph/
#   wd: http://www.wikidata.org/entity/
"""
COLUMNS = (
    "subject_id\tpredicate_id\tobject_id\tmapping_justification\tconfidence\tcomment"
    "\tpredicate_modifier\tmapping_date\tauthor_id\n"
)
ROW = (
    "id:norland\towl:sameAs\twd:Q1\tsemapv:ManualMappingCuration\t0.9\tby hand"
    "\t\t2020-03-01\tgraph:links#curators\n"
)
TABLE = HEADER + COLUMNS


def read(tmp_path: Path, text: str) -> MappingTable:
    path = tmp_path / "x.sssom.tsv"
    path.write_text(text, encoding="utf-8")
    return read_mapping_table(path, "x")


def test_row_is_a_link_with_its_line(tmp_path: Path) -> None:
    table = read(tmp_path, TABLE + ROW)
    (row,) = table.rows
    assert (table.dataset, row.at("object_id")) == ("x", (8, 23))
    assert row.link is not None
    assert row.link.object == node("wd:Q1")
    assert row.authors == (("author_id", node("graph:links#curators")),)


def test_full_iri_and_quotes_are_taken_as_they_are(tmp_path: Path) -> None:
    row = ROW.replace("wd:Q1", "https://example.org/Q1").replace("by hand", 'so-called "hand')
    (mapping,) = read(tmp_path, TABLE + row).rows
    assert str(mapping.triple.object) == "<https://example.org/Q1>"


def test_mapping_that_does_not_hold_is_no_link(tmp_path: Path) -> None:
    (row,) = read(tmp_path, TABLE + ROW.replace("\t\t2020", "\tNot\t2020")).rows
    assert row.negative
    assert row.link is None


def test_reason_why_there_is_no_record_is_no_link(tmp_path: Path) -> None:
    absent = ROW.replace("owl:sameAs\twd:Q1", "skos:exactMatch\tsssom:NoTermFound")
    (row,) = read(tmp_path, TABLE + absent.replace("0.9", "")).rows
    assert row.no_term
    assert row.link is None


def test_several_people_may_have_made_a_mapping(tmp_path: Path) -> None:
    (row,) = read(tmp_path, TABLE + ROW.replace("#curators", "#curators|id:norland")).rows
    assert [who.value.rpartition("/")[2] for _, who in row.authors] == ["links#curators", "norland"]


def test_header_says_whose_the_table_is(tmp_path: Path) -> None:
    more = (
        "# creator_id:\n#   - graph:links#curators\n#   - id:norland\n# creator_label:\n#   - Us\n"
    )
    mapping_set = read(tmp_path, more + TABLE + ROW).mapping_set
    assert mapping_set.licence == "https://example.org/licence"
    assert [label for _, label in mapping_set.creators] == ["Us", ""]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("\tby hand", "", "x:8:1: this row has 8 columns, the header has 9"),
        ("owl:sameAs", "owl:same", "x:8:12: owl:same is not a way to link"),
        ("wd:Q1", "wb:Q1", "x:8:23: wb:Q1: there is no prefix “wb:”"),
        ("wd:Q1", "Q1", "x:8:23: “Q1” is not an IRI"),
        ("wd:Q1", "dbr:Q1", "x:8:23: the curie_map has no prefix dbr:; add # dbr: http://dbpedia"),
        ("\t0.9", "\t", "x:8:58: “” is not a confidence; write a number"),
        ("\t0.9", "\t1.5", "x:8:58: “1.5” is not a confidence"),
        ("\t0.9", "\thigh", "x:8:58: “high” is not a confidence"),
        ("semapv:", "", "x:8:29: “ManualMappingCuration” is not a mapping"),
        ("2020-03-01", "1 March", "x:8:71: “1 March” is not a date; write it like 2018-04-30"),
        ("graph:links#curators", "", "x:8:82: nobody has made this mapping"),
        ("\t\t2020", "\tnot\t2020", "x:8:70: “not” is no modifier; write Not, or nothing"),
        ("by hand\t\t", "\tNot\t", "x:8:62: a mapping that does not hold needs a reason"),
        ("wd:Q1", "sssom:NoTermFound", "x:8:12: sssom:NoTermFound stands with skos:exactMatch"),
        ("confidence", "sureness", "x:7:1: there is no column confidence"),
        ("author_id", "author", "x:7:1: there is no column author_id; say who made the mapping"),
        ("comment", "remark", "x:7:68: “remark” is no column of a mapping"),
        (TABLE, HEADER, "x:7:1: there is no column subject_id"),
        (TABLE + ROW, "", "x:1:1: the header has no mapping_set_id"),
        ("# license", "# licence", "x:2:3: licence is no slot of a mapping set"),
        ("https://example.org/x", "x", "x:1:1: mapping_set_id “x” is not an IRI"),
        ("# license", "# mapping_set_id", "x:2:3: mapping_set_id stands here twice"),
        ("# curie_map:", "# see below", "x:3:1: this line of the header is not understood"),
        ("entity/\n", "wiki/\n", "x:6:1: wd: is http://www.wikidata.org/wiki/ here, but http"),
        ("#   wd", "#   wb", "x:6:1: there is no prefix “wb:” in ontology/prefixes.ttl"),
    ],
)
def test_mistake_carries_its_place(tmp_path: Path, old: str, new: str, message: str) -> None:
    text = TABLE + ROW
    assert old in text
    with pytest.raises(SourceError) as error:
        read(tmp_path, text.replace(old, new, 1))
    assert str(error.value).startswith(message)


def test_negative_row_without_a_record_is_refused(tmp_path: Path) -> None:
    row = ROW.replace("owl:sameAs\twd:Q1", "skos:exactMatch\tsssom:NoTermFound")
    with pytest.raises(SourceError, match="“Not” with sssom:NoTermFound; write Not, or nothing"):
        read(tmp_path, TABLE + row.replace("\t\t2020", "\tNot\t2020"))
