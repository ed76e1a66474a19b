"""Where pages lead to other datasets, or say why they do not: a thing's section, and /links."""

import json
import re
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import RdfFormat, parse

from kg.model.named_graphs import with_default_graph
from kg.store.store import Store
from web import create_app

GRAPH = """
@base <https://w3id.org/aide-memoire/> .
@prefix dip: <https://w3id.org/aide-memoire/ontology#> .
@prefix id: <https://w3id.org/aide-memoire/id/> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix pav: <http://purl.org/pav/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix semapv: <https://w3id.org/semapv/vocab/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix sssom: <https://w3id.org/sssom/> .
@prefix wd: <http://www.wikidata.org/entity/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
<graph/ontology> {
  dip:Place a owl:Class ; rdfs:label "place"@en ; dip:describedElsewhere true .
  skos:closeMatch rdfs:label "close match"@en .
  semapv:ManualMappingCuration rdfs:label "matched by a person"@en .
}
<graph/entities> {
  id:harbour a dip:Place ; rdfs:label "Harbour"@en .
  id:fish a dip:Place ; rdfs:label "Fish"@en .
  id:quay a dip:Place ; rdfs:label "Quay"@en .
}
<graph/links> {
  id:harbour skos:closeMatch wd:Q990301 , <javascript:alert(1)> .
  <graph/links#wikidata/harbour/Q990301> a owl:Axiom ;
    owl:annotatedSource id:harbour ; owl:annotatedProperty skos:closeMatch ;
    owl:annotatedTarget wd:Q990301 ;
    sssom:object_source <graph/links#wikidata> ; sssom:object_label "port <of> Harbour" ;
    sssom:confidence "9.5E-1"^^xsd:double ;
    sssom:mapping_justification semapv:ManualMappingCuration ;
    pav:authoredOn "2018-05-02"^^xsd:date ; pav:authoredBy <https://example.org/erika> ;
    rdfs:comment "The same town & pier." .
  <https://example.org/erika> rdfs:label "Erika"@en .
  <graph/links#viaf/fish/NoTermFound> a owl:Axiom ;
    owl:annotatedSource id:fish ; owl:annotatedProperty skos:exactMatch ;
    owl:annotatedTarget sssom:NoTermFound ; sssom:object_source <graph/links#viaf> ;
    pav:authoredOn "2018-05-02"^^xsd:date ; rdfs:comment "Fish write no books." .
  <graph/links#wikidata/fish/Q990302> a owl:Axiom ;
    owl:annotatedSource id:fish ; owl:annotatedProperty owl:sameAs ;
    owl:annotatedTarget wd:Q990302 ; sssom:predicate_modifier "Not" ;
    sssom:object_source <graph/links#wikidata> ; rdfs:comment "Another fish." .
}
"""


@pytest.fixture(scope="module")
def site() -> FlaskClient:
    quads = with_default_graph(parse(GRAPH, format=RdfFormat.TRIG))
    client = create_app({"TESTING": True}, store=Store.of(quads)).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def section(site: FlaskClient, slug: str) -> str:
    page = site.get(f"/page/{slug}").text
    match = re.search(r'<section aria-labelledby="elsewhere">.*?</section>', page, re.DOTALL)
    return re.sub(r"\s+", " ", match[0]) if match else ""


def test_a_link_says_which_record_in_what_relation_how_surely_and_why(site: FlaskClient) -> None:
    shown = section(site, "harbour")
    assert "In other datasets" in shown
    assert "<dt>Wikidata</dt>" in shown
    assert '<a href="https://www.wikidata.org/wiki/Q990301" rel="external">Q990301</a>' in shown
    assert "port &lt;of&gt; Harbour" in shown
    assert '<span class="mark">close match</span>' in shown
    assert "<summary>Confidence 95 %</summary>" in shown
    assert "Matched by a person (Erika, 2 May 2018). The same town &amp; pier." in shown


def test_a_link_that_could_run_a_script_is_no_link(site: FlaskClient) -> None:
    assert "alert(1)" in section(site, "harbour")
    assert 'href="javascript' not in site.get("/page/harbour").text


def test_where_there_is_no_record_the_page_says_why(site: FlaskClient) -> None:
    shown = section(site, "fish")
    assert "<dt>VIAF</dt>" in shown
    assert "No link known: Fish write no books." in shown
    assert "2 May 2018" in shown


def test_what_was_rejected_is_not_shown(site: FlaskClient) -> None:
    assert "Q990302" not in section(site, "fish")


def test_a_thing_without_either_has_no_such_section(site: FlaskClient) -> None:
    assert section(site, "quay") == ""


def test_the_service_for_programs_has_the_confidence_and_the_relation(site: FlaskClient) -> None:
    (result,) = site.get("/same-as?iri=Q990301", headers={"Accept": "*/*"}).json["results"]
    link = next(link for link in result["links"] if link["dataset"] == "wikidata")
    assert (link["confidence"], link["relation_label"]) == (0.95, "close match")


def rows(page: str) -> list[list[str]]:
    """Return the cells of the table of datasets, as text."""
    body = re.search(r"<tbody>(.*?)</tbody>", page, re.DOTALL)
    assert body
    cells = (re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL) for row in body[1].split("</tr>"))
    return [[re.sub("<.*?>", "", cell).strip() for cell in row] for row in cells if row]


def test_the_overview_counts_links_and_missing_records_by_dataset(site: FlaskClient) -> None:
    page = site.get("/links").text
    assert [row[:4] for row in rows(page)] == [
        ["Wikidata", "1", "close match: 1", "0"],
        ["VIAF", "0", "", "1"],
        ["javascript:alert(1)", "1", "close match: 1", "0"],
    ]
    assert 'href="javascript' not in page


def test_the_overview_lists_what_has_no_record_and_what_is_still_to_be_linked(
    site: FlaskClient,
) -> None:
    page = re.sub(r"\s+", " ", site.get("/links").text)
    without, todo = page.index('id="unlinked"'), page.index('id="to-link"')
    assert "VIAF: Fish write no books." in page[without:todo]
    assert '<a href="/page/quay">Quay</a>' in page[todo:]
    assert "/page/fish" not in page[todo:]
    assert "/page/harbour" not in page


def test_a_table_is_sent_as_the_build_carries_it(corpus: Store, corpus_tree: Path) -> None:
    site = create_app({"TESTING": True}, store=corpus).test_client()
    answer = site.get("/links/wikidata.sssom.tsv")
    assert answer.headers["Content-Type"] == "text/tab-separated-values; charset=utf-8"
    assert 'filename="wikidata.sssom.tsv"' in answer.headers["Content-Disposition"]
    assert answer.data == (corpus_tree / "kg/links/wikidata.sssom.tsv").read_bytes()
    assert '<a href="/links/wikidata.sssom.tsv"' in site.get("/links").text


def test_a_table_that_is_not_there_offers_those_that_are(corpus: Store) -> None:
    site = create_app({"TESTING": True}, store=corpus).test_client()
    answer = site.get("/links/wikidat.sssom.tsv", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "did you mean" in json.loads(answer.text)["detail"]
    assert site.get("/links/..%2Fcheck.sssom.tsv").status_code == 404
