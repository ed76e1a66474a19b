"""Mappings that contradict the graph or each other, and what is said of them."""

from pathlib import Path

import pytest

from kg.pipeline.checks.links import link_mismatches
from kg.pipeline.load import load

HEADER = """\
# mapping_set_id: https://w3id.org/aide-memoire/graph/links/wikidata
# license: https://creativecommons.org/licenses/by/4.0/
# creator_id: graph:links#curators
# curie_map:
#   graph: https://w3id.org/aide-memoire/graph/
#   id: https://w3id.org/aide-memoire/id/
#   wd: http://www.wikidata.org/entity/
"""
COLUMNS = (
    "subject_id\tpredicate_id\tpredicate_modifier\tobject_id\tmapping_justification\tconfidence"
    "\tmapping_date\tauthor_id\tcomment\n"
)


def row(subject: str, relation: str, target: str, modifier: str = "") -> str:
    cells = ("semapv:ManualMappingCuration", "0.9", "2020-03-01", "graph:links#curators", "why")
    return "\t".join((subject, relation, modifier, target, *cells)) + "\n"


def findings(tree: Path, *rows: str) -> list[str]:
    table = HEADER + COLUMNS + "".join(rows)
    (tree / "kg" / "links" / "wikidata.sssom.tsv").write_text(table, encoding="utf-8")
    return [str(finding) for finding in link_mismatches(load(tree))]


LINK = row("id:norland", "owl:sameAs", "wd:Q1")
SUDLAND = row("id:sudland", "owl:sameAs", "wd:Q3")
NONE = row("id:norland", "skos:exactMatch", "sssom:NoTermFound")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ((LINK, row("id:norland", "owl:sameAs", "wd:Q1", "Not")), "line 9 says the opposite of"),
        ((row("id:norland", "skos:closeMatch", "wd:Q1", "Not"), LINK), "line 9 says the opposite"),
        ((LINK, NONE), "id:norland has no record here, but is linked in line 9"),
        ((NONE, LINK), "id:norland has no record here, but is linked in line 10"),
        ((NONE, NONE), "id:norland and sssom:NoTermFound are mapped in line 9 already"),
        ((LINK, row("id:norland", "owl:sameAs", "wd:Q2")), "id:norland is already the same as"),
        ((LINK, row("id:sudland", "owl:sameAs", "wd:Q1")), "id:norland is already the same as"),
    ],
)
def test_rows_that_exclude_each_other(tree: Path, rows: tuple[str, ...], message: str) -> None:
    (finding,) = findings(tree, *rows)
    place, _, said = finding.partition(": ")
    assert said.startswith(message)
    # The later row is named, but for a reason why there is no link: that one is to be looked at.
    line, _, column = place.removeprefix("kg/links/wikidata.sssom.tsv:").partition(":")
    assert line == ("9" if rows == (NONE, LINK) else "10")
    written = (HEADER + COLUMNS + "".join(rows)).splitlines()[int(line) - 1]
    assert written[int(column) - 1 :].startswith(("wd:", "sssom:"))


def test_rows_that_agree(tree: Path) -> None:
    near = row("id:norland", "skos:closeMatch", "wd:Q2")
    unlike = row("id:sudland", "owl:sameAs", "wd:Q1", "Not")
    assert findings(tree, LINK, near, SUDLAND, unlike) == []


def test_former_thing_is_mapped_as_what_it_is_now(tree: Path) -> None:
    entities = tree / "kg" / "entities" / "things.ttl"
    former = "\nid:old-norland owl:deprecated true ; dcterms:isReplacedBy id:norland .\n"
    names = "@prefix owl: <http://www.w3.org/2002/07/owl#> .\n"
    names += "@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    entities.write_text(names + entities.read_text("utf-8") + former, encoding="utf-8")
    (finding,) = findings(tree, row("id:old-norland", "owl:sameAs", "wd:Q1"))
    assert finding.endswith("9:1: id:old-norland is now id:norland; map id:norland instead")
