"""The service that leads from an identifier of any dataset to those of all others."""

import json

import pytest
import rdflib
from flask.testing import FlaskClient

from kg.model.prefixes import expand
from kg.store.store import Store
from web import create_app
from web.protocol.same_as import MOST_IRIS

NORLAND = "https://w3id.org/aide-memoire/id/norland"
# rdflib's own parsers still make what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")

RECORDS = {expand("wd:Q990017"), expand("dbr:Norland"), expand("gn:9900017/")}


@pytest.fixture(scope="module")
def application(corpus: Store):
    return create_app({"TESTING": True}, store=corpus)


@pytest.fixture
def site(application) -> FlaskClient:
    return application.test_client()


def ask(site: FlaskClient, *iris: str, **headers: str):
    return site.get("/same-as", query_string={"iri": iris}, headers=headers)


@pytest.mark.parametrize(
    "text",
    [
        NORLAND, "id:norland", "/page/norland", "Q990017", "http://www.wikidata.org/entity/Q990017",
        "https://dbpedia.org/page/Norland", "http://sws.geonames.org/9900017/", "9900017", "XNO",
    ],
)  # fmt: skip
def test_an_identifier_leads_to_all_records_of_its_thing(site: FlaskClient, text: str) -> None:
    answer = ask(site, text)
    assert answer.mimetype == "application/json"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json["unknown"] == []
    (result,) = answer.json["results"]
    expected = {"query": text, "iri": NORLAND, "label": "Norland", "page": "/page/norland"}
    assert {key: result[key] for key in expected} == expected
    assert {link["iri"] for link in result["links"]} == RECORDS
    wikidata = next(link for link in result["links"] if link["dataset"] == "wikidata")
    assert wikidata["relation"] == expand("owl:sameAs")
    assert wikidata["relation_label"] == "same as"
    assert wikidata["page"] == "https://www.wikidata.org/wiki/Q990017"


def test_several_are_answered_at_once_and_the_unknown_named(site: FlaskClient) -> None:
    answer = ask(site, "Q990018", "Q1", "Q990017", "Q990018").json
    assert [result["label"] for result in answer["results"]] == ["Vostria", "Norland"]
    assert answer["unknown"] == ["Q1"]


def test_what_identifies_nothing_is_not_found(site: FlaskClient) -> None:
    answer = ask(site, "http://www.wikidata.org/entity/Q1")
    assert (answer.status_code, answer.mimetype) == (404, "application/problem+json")
    assert "Q1” identifies" in json.loads(answer.text)["detail"]


@pytest.mark.parametrize("query", ["", "?iri=", "?iri=%20"])
def test_without_an_iri_the_request_is_wrong(site: FlaskClient, query: str) -> None:
    answer = site.get(f"/same-as{query}")
    assert (answer.status_code, answer.mimetype) == (400, "application/problem+json")
    assert "/same-as?iri=Q17" in json.loads(answer.text)["detail"]


def test_more_than_the_limit_are_refused(site: FlaskClient) -> None:
    iris = [f"Q{number}" for number in range(MOST_IRIS)]
    assert ask(site, "Q990017", *iris[1:]).status_code == 200
    answer = ask(site, "Q990017", *iris)
    assert answer.status_code == 400
    assert f"at most {MOST_IRIS}" in json.loads(answer.text)["detail"]


@pytest.mark.parametrize("name", ["ttl", "nt", "jsonld", "rdf"])
def test_links_come_as_rdf_too(site: FlaskClient, name: str) -> None:
    answer = site.get(f"/same-as?iri=Q990017&format={name}")
    parser = {"rdf": "xml", "jsonld": "json-ld"}.get(name, name)
    graph = rdflib.Graph().parse(data=answer.data, format=parser)
    same = graph.objects(rdflib.URIRef(NORLAND), rdflib.OWL.sameAs)
    assert {str(record) for record in same} == RECORDS


def test_a_browser_gets_json(site: FlaskClient) -> None:
    header = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    assert ask(site, "Q990017", Accept=header).mimetype == "application/json"


def test_an_unchanged_answer_is_not_sent_again(site: FlaskClient) -> None:
    tag = ask(site, "Q990017").headers["ETag"]
    assert ask(site, "Q990017", **{"If-None-Match": tag}).status_code == 304
    assert ask(site, "Q990018").headers["ETag"] != tag
