"""A further source contradicts earlier ones: the build is green, and says where they differ."""

import hashlib
import json
import shutil
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from kg.endpoint.evidence import add_evidence
from kg.model.errors import CheckFailed
from kg.model.prefixes import ROOT, SOURCE, THING, prefixes
from kg.pipeline.build import build
from kg.statements.sentences import supported_statements
from kg.statements.variations import variations_by_iri
from kg.store.store import Store
from kg.things.entity import read_entity

NAME = "made-up-2019"
PREFIXES = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in prefixes().items())
RECORD = f"""{PREFIXES}
<{SOURCE}{NAME}> a dip:Source ; rdfs:label "A made-up review"@en ;
  dcterms:title "A made-up review"@en ; dcterms:publisher id:temple-university-japan ;
  dcterms:issued "2019-01-02"^^xsd:date ; dcterms:language "en" ; dip:sourceKind dip:analysis .
"""
FACTS = """
s:p1s1 { id:strikes-on-syria-2018 dip:date "2018-04-12"^^xsd:date }
s:p1s2 { id:expelling-states-2018 dip:count 27 }
s:p1s3 { id:expulsions-2018 dip:agent id:japan }
s:p1s4 { id:priority-projects-agreement dip:instrumentStatus dip:proposed }
"""
DIFFERENCES = {
    f"{THING}disagreement-{slug}"
    for slug in (
        "strikes-on-syria-2018-date",
        "expelling-states-2018-count",
        "expulsions-2018-japan-participant",
        "priority-projects-agreement-instrumentStatus",
    )
}


def with_source(root: Path, facts: str) -> Path:
    """Copy the live tree and add the made-up source to it."""
    for folder in ("ontology", "kg/entities", "kg/sources", "kg/links", "kg/queries"):
        shutil.copytree(ROOT / folder, root / folder)
    home = root / "kg" / "sources" / NAME
    home.mkdir()
    (home / "source.ttl").write_text(RECORD, encoding="utf-8")
    sentences = "".join(_sentence(number) for number in (1, 2, 3, 4))
    (home / "sentences.ttl").write_text(PREFIXES + sentences, encoding="utf-8")
    head = f"{PREFIXES}@prefix s: <{SOURCE}{NAME}/> .\n"
    (home / "facts.trig").write_text(head + facts, encoding="utf-8")
    return root


def _sentence(number: int) -> str:
    iri = f"{SOURCE}{NAME}/p1s{number}"
    return f"""<{iri}> a dip:Sentence ; dcterms:isPartOf <{SOURCE}{NAME}> ;
      dip:locator "p1s{number}" ; dip:textPart dip:body ; dip:paragraph 1 ;
      dip:sentenceNumber {number} ; dip:readingOrder {number} ;
      dip:sha256 "{hashlib.sha256(iri.encode()).hexdigest()}" ; oa:hasSelector <{iri}#selector> .
    <{iri}#selector> a oa:FragmentSelector ; rdf:value ":~:text=made%20up" .
    """


def test_further_source_makes_disagreements_and_stops_no_build(
    tmp_path: Path, builds: Path
) -> None:
    build(with_source(tmp_path / "tree", FACTS), builds)
    store = Store.open(builds / "current")
    assert variations_by_iri(store).keys() >= DIFFERENCES
    # A report of the year after does not go before what primary sources and earlier ones say.
    day = '"2018-04-12"^^<http://www.w3.org/2001/XMLSchema#date>'
    assert not store.ask(f"ASK {{ <{THING}strikes-on-syria-2018> ?dated {day} }}")
    assert store.ask(f"ASK {{ GRAPH <{SOURCE}{NAME}/p1s1> {{ ?strikes ?dated {day} }} }}")
    for slug in (iri.removeprefix(THING) for iri in DIFFERENCES):
        page = read_entity(store, slug)
        assert page.variants
        assert len(page.variants.rows) >= 2
        assert any(row.support.footnotes for row in page.variants.rows)
        assert page.lead
    sentence = f"{SOURCE}{NAME}/p1s1"
    (day,) = supported_statements(store, [sentence])[sentence]
    assert day.variation
    assert not day.variation.serves(day.property.iri, day.value)
    strikes = read_entity(store, "strikes-on-syria-2018")
    dates = [s for g in strikes.key_facts for s in g.statements if g.property.endswith("#date")]
    assert [bool(date.variation and date.variation.others) for date in dates] == [True]
    assert "disagreements-about" in {panel.query_name for panel in strikes.panels}


def test_disagreement_has_the_sentences_compared_for_evidence(tmp_path: Path, builds: Path) -> None:
    build(with_source(tmp_path / "tree", FACTS), builds)
    store = Store.open(builds / "current")
    strikes = f"<{THING}disagreement-strikes-on-syria-2018-date>"
    query = f"SELECT ?property {{ {strikes} ?property ?value }} LIMIT 1"
    _, body = store.execute(query, lambda _: "application/sparql-results+json")
    (row,) = json.loads(add_evidence(store, query, body))["evidence"]["rows"]
    cited = {sentence["citation"] for sentence in row["sentences"]}
    assert f"{SOURCE}{NAME}/p1s1" in cited
    assert len({sentence["source"] for sentence in row["sentences"]}) > 1


def test_source_that_contradicts_itself_is_told_where(tmp_path: Path, builds: Path) -> None:
    twice = FACTS + 's:p1s4 {\n  id:strikes-on-syria-2018 dip:date "2018-04-11"^^xsd:date }\n'
    tree = with_source(tmp_path / "tree", twice)
    lines = (tree / "kg" / "sources" / NAME / "facts.trig").read_text("utf-8").splitlines()
    with pytest.raises(CheckFailed) as error:
        build(tree, builds)
    (finding,) = error.value.findings
    line = next(n for n, text in enumerate(lines, start=1) if "2018-04-11" in text)
    assert (finding.file, finding.line) == (f"kg/sources/{NAME}/facts.trig", line)
    assert finding.message == (
        "id:strikes-on-syria-2018 has two values of dip:date in one source: "
        "2018-04-12 (p1s1) and 2018-04-11 (p1s4)"
    )


def test_decision_without_a_disagreement_is_a_finding(tmp_path: Path, builds: Path) -> None:
    tree = with_source(tmp_path / "tree", FACTS)
    decision = """id:decision-day a dip:EditorialDecision ; rdfs:label "day"@en ;
      dip:disagreementAbout id:strikes-on-syria-2018 ; dip:disagreementOn dip:date ;
      rdf:value "1999-01-01"^^xsd:date ; dip:reason "A slip."@en ."""
    path = tree / "kg" / "sources" / "decisions.ttl"
    path.write_text(PREFIXES + decision, encoding="utf-8")
    with pytest.raises(CheckFailed, match="id:decision-day decides nothing"):
        build(tree, builds)
    path.write_text(PREFIXES + decision.replace("1999-01-01", "2018-04-12"), encoding="utf-8")
    build(tree, builds)
    store = Store.open(builds / "current")
    page = read_entity(store, "disagreement-strikes-on-syria-2018-date")
    assert page.variants
    assert page.variants.variation.reason == "A slip."
    assert [row.variant.value.raw for row in page.variants.rows if row.variant.served] == [
        "2018-04-12"
    ]
    assert NamedNode(f"{THING}decision-day") in {t.subject for t in store.quads()}
