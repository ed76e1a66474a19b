"""What a source adds, confirms, refines and contradicts, on three invented sources."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from html5lib import HTMLParser

from kg.authoring.review import Review, review
from kg.authoring.standing import Standing
from kg.cli.commands import kg_command
from kg.model.errors import KGError

POST = "norhavn-post-2018"


@pytest.fixture(scope="module")
def reviewed(corpus_tree: Path) -> Review:
    return review(corpus_tree, POST)


def standing(reviewed: Review, place: str, property_: str, subject: str = "") -> Standing:
    graphs = [graph for graph in reviewed.graphs if graph.place == place]
    statements = [one for graph in graphs for one in graph.statements]
    (standing,) = (
        one.standing
        for one in statements
        if one.words[1] == property_ and one.words[0].startswith(subject)
    )
    return standing


def kg(tree: Path, *words: object) -> Result:
    return CliRunner().invoke(kg_command, ["--root", str(tree), *map(str, words)])


@pytest.mark.parametrize(
    ("place", "property_", "kind", "reasons"),
    [
        ("p1s1", "start date", "confirms", "norland-vostria-2018 p8s3"),
        ("p6s1", "date", "refines", "norland-vostria-2018 p2s1: 2014-02"),
        ("p3s1", "date", "contradicts", "served, against norland-vostria-2018 p4s3: 2018-03-20"),
        ("p4s1", "abstainer", "adds", ""),
        (
            *("p5s1", "assertion status", "contradicts"),
            "not served, against norland-vostria-2018 p4s4: alleged (served)",
        ),
    ],
)
def test_each_statement_is_set_beside_those_of_others(
    reviewed: Review, place: str, property_: str, kind: str, reasons: str
) -> None:
    stands = standing(reviewed, place, property_)
    assert (stands.kind, stands.reasons) == (kind, reasons)


def test_what_is_coarser_than_another_source_confirms_it(corpus_tree: Path) -> None:
    stands = standing(review(corpus_tree, "norland-vostria-2018"), "p2s1", "date", "opening")
    assert (stands.kind, stands.is_served) == ("confirms", False)
    assert stands.others == (f"{POST} p6s1: 2014-02-07 (served)",)


def test_kinds_are_counted_without_what_claims_hold(corpus_tree: Path) -> None:
    reviewed = review(corpus_tree, "norland-vostria-2018")
    claims = [graph for graph in reviewed.graphs if graph.is_claim]
    stated = sum(len(graph.statements) for graph in reviewed.graphs if not graph.is_claim)
    assert sum(reviewed.counts().values()) == stated
    assert claims == list(reviewed.graphs[-len(claims) :])


def test_sentences_stand_in_reading_order_with_their_ends(corpus_tree: Path) -> None:
    graphs = review(corpus_tree, "five-powers-2018").graphs
    assert [graph.place for graph in graphs] == ["p1s1", "p1s2", "p2s1", "p2s2", "p2s3"]
    assert graphs[0].ends == "We, the foreign ministers … Isles, met in Lakeview."


def test_unknown_source_lists_those_there_are(corpus_tree: Path) -> None:
    with pytest.raises(KGError, match=r"no source called x; there are: five-powers-2018, norhavn"):
        review(corpus_tree, "x")


def test_command_prints_each_statement_with_its_reason(corpus_tree: Path) -> None:
    lines = kg(corpus_tree, "review", POST).stdout.splitlines()
    at = lines.index("  contradicts ferry talks of March 2018 · date · 2018-03-21")
    assert lines[at + 1].strip() == "served, against norland-vostria-2018 p4s3: 2018-03-20"


def test_page_has_every_statement_and_loads_nothing(corpus_tree: Path, tmp_path: Path) -> None:
    page = tmp_path / "review.html"
    assert kg(corpus_tree, "review", POST, "--page", page).exit_code == 0
    text = page.read_text("utf-8")
    HTMLParser(strict=True).parse(text)
    reviewed = review(corpus_tree, POST)
    assert text.count("<li ") == sum(reviewed.counts().values())
    assert "served, against norland-vostria-2018 p4s3: 2018-03-20" in text
    assert [word for word in ("http:", "https:", "src=", "<link", "@import") if word in text] == []


def test_page_that_cannot_be_written_is_one_line(corpus_tree: Path, tmp_path: Path) -> None:
    result = kg(corpus_tree, "review", POST, "--page", tmp_path / "none" / "review.html")
    assert (result.exit_code, len(result.stderr.splitlines())) == (1, 1)


def test_later_stage_of_a_course_is_no_contradiction(corpus_tree: Path, tmp_path: Path) -> None:
    tree = tmp_path / "tree"
    shutil.copytree(corpus_tree, tree)
    for source, status in (("five-powers-2018", "proposed"), (POST, "reached")):
        facts = f"""@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
            @prefix id: <https://w3id.org/aide-memoire/id/> .
            @prefix s: <https://w3id.org/aide-memoire/source/{source}/> .
            s:p1s1 {{ id:pact dip:instrumentStatus dip:{status} }}"""
        (tree / "kg" / "sources" / source / "more.trig").write_text(facts, "utf-8")
    stands = standing(review(tree, POST), "p1s1", "status", "id:pact")
    assert stands.kind == "refines"
    assert [words.partition(":")[0] for words in stands.others] == ["five-powers-2018 p1s1"]
