"""The guide for those who write a source: what it shows can be built, and says what it should."""

import re
import shutil
from pathlib import Path

import pytest

from kg.citation.cite import record_sentences, sentences_turtle
from kg.citation.segment import blocks
from kg.model.errors import CheckFailed
from kg.model.prefixes import ROOT
from kg.pipeline.build import checked_graph
from kg.pipeline.load import GUIDE
from kg.store.store import Store

TEXT = (ROOT / GUIDE).read_text("utf-8")
BLOCKS = re.findall(r"```trig\n# (\S+)\n(.*?)```", TEXT, re.DOTALL)
SENTENCES = {
    "bay-accord-2031": "One. Two. Three. Four.\n\nFive. Six.",
    "port-gazette-2031": "Another day.",
}
SOURCE = """@base <https://w3id.org/aide-memoire/> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<source/{slug}> a dip:Source ; rdfs:label "{slug}"@en ; dcterms:title "{slug}"@en ;
    dcterms:issued "2031-05-06"^^xsd:date ; dcterms:language "en" .
"""
NAMES = "".join(
    f"PREFIX {name} <https://w3id.org/aide-memoire/{path}>\n"
    for name, path in (("dip:", "ontology#"), ("id:", "id/"), ("s:", "source/bay-accord-2031/"))
)


def guide_tree(root: Path, *, without: str = "") -> Path:
    """Make a tree of the ontology and the blocks of the guide, and no more."""
    shutil.copytree(ROOT / "ontology", root / "ontology")
    for slug, text in SENTENCES.items():
        folder = root / "kg" / "sources" / slug
        folder.mkdir(parents=True)
        body = blocks(text)
        records = record_sentences(body, range(1, len(body) + 1), [], [])
        (folder / "sentences.ttl").write_text(sentences_turtle(slug, records), "utf-8")
        (folder / "source.ttl").write_text(SOURCE.format(slug=slug), "utf-8")
    for path, text in BLOCKS:
        with (root / path).open("a", encoding="utf-8") as file:
            file.write(text.replace(without, "") if without else text)
    return root


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return checked_graph(guide_tree(tmp_path_factory.mktemp("guide"))).view()


def test_each_pattern_has_a_block_of_about_five_lines() -> None:
    patterns = re.findall(r"^\*\*(?:A|An) (.+?)\.\*\*", TEXT, re.MULTILINE)
    assert patterns == [
        *("fact", "claim", "plan", "negative", "count"),
        *("statement with signatories", "disagreement"),
    ]
    assert len(BLOCKS) == len(patterns) + 1


CLAIMED = "?claim dip:content ?content GRAPH ?content { id:incursion-2031 dip:agent id:sudmark }"
TWO_DAYS = "GRAPH ?one { ?signing dip:date ?day } GRAPH ?two { ?signing dip:date ?other }"


@pytest.mark.parametrize(
    "pattern",
    [
        "GRAPH s:p1s1 { id:bay-accord dip:signatory id:sudmark }",
        f"?act dip:expressesClaim ?claim . {CLAIMED}",
        "id:talks-in-june-2031 a dip:Prospect ; dip:expectedParticipant id:norvia",
        "?one a dip:Abstention ; dip:abstainer id:vasland",
        "?one a dip:Expulsion ; dip:count 12 ; dip:against id:vasland",
        "id:statement-on-incursion dip:signatory id:norvia , id:vasland",
        f"?signing a dip:Signing {TWO_DAYS} FILTER(?day != ?other)",
        "?one a dip:Disagreement ; dip:disagreementAbout id:signing-of-bay-accord-2031",
    ],
)
def test_what_it_shows_can_be_asked(built: Store, pattern: str) -> None:
    assert built.ask(f"{NAMES} ASK {{ {pattern} }}")


def test_what_is_claimed_or_planned_is_no_fact(built: Store) -> None:
    assert not built.ask(f"{NAMES} ASK {{ id:incursion-2031 dip:agent ?who }}")
    assert not built.ask(f"{NAMES} ASK {{ id:talks-in-june-2031 a dip:Event }}")


def test_what_only_a_claim_says_is_needed_once(tmp_path: Path) -> None:
    tree = guide_tree(tmp_path, without=" ; dip:location id:norvia")
    with pytest.raises(CheckFailed, match=r"id:incursion-2031: needs dip:location") as failed:
        checked_graph(tree, source="bay-accord-2031")
    assert len(failed.value.findings) == 1


def test_its_links_lead_to_files() -> None:
    paths = re.findall(r"\]\(([^)#]+)\)", TEXT)
    missing = [path for path in paths if not (ROOT / Path(GUIDE).parent / path).exists()]
    assert missing == []
