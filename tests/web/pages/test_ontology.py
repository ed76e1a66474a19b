import pytest
from flask.testing import FlaskClient
from rdflib import OWL, RDF, Graph


def test_the_reference_has_a_place_for_each_term(browser: FlaskClient) -> None:
    page = browser.get("/ontology").text
    for name in ("State", "participant", "certaintyScheme", "likely"):
        assert f'id="{name}"' in page


@pytest.mark.parametrize("path", ["/ontology", "/ontology.ttl", "/ontology?format=ttl"])
def test_the_ontology_is_data(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept": "text/turtle"})
    graph = Graph().parse(data=answer.data, format="turtle")
    assert len(set(graph.subjects(RDF.type, OWL.ObjectProperty))) == 10


def test_an_unknown_format_is_not_found(client: FlaskClient) -> None:
    assert client.get("/ontology.doc").status_code == 404


def test_named_graphs_are_data(client: FlaskClient) -> None:
    answer = client.get("/graph/links")
    assert answer.mimetype == "text/turtle"
    assert len(Graph().parse(data=answer.data, format="turtle")) == 1
    assert client.get("/graph/nothing").status_code == 404


def test_a_browser_sees_what_a_named_graph_is(browser: FlaskClient) -> None:
    page = browser.get("/graph/links")
    assert page.mimetype == "text/html"
    assert "1 statement" in page.text
    assert 'href="/graph/links?format=ttl"' in page.text
    assert browser.get("/graph/links", headers={"Accept": "text/html"}).status_code == 200


def test_the_reference_lists_properties_and_names_others_terms(browser: FlaskClient) -> None:
    page = browser.get("/ontology").text
    assert page.count('id="population"') == 1
    assert ">wdt:P1082</a>" in page
    assert "<dt>domain</dt>" in page
    assert "at most one value" in page
