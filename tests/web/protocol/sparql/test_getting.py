"""Queries by GET: what is answered, what is missing or wrong, what is never done."""

import json
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from tests.web.protocol.sparql.asking import ANY, JSON, STATES, ask


def test_get_query(client: Client) -> None:
    answer = ask(client, STATES)
    assert answer.status_code == 200
    assert answer.mimetype == JSON
    rows = answer.get_json(force=True)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Ruritania", "Sylvania"]


def test_get_query_empty_answer(client: Client) -> None:
    answer = ask(client, "SELECT ?s { ?s <http://example.org/p> ?o }", "text/csv")
    assert (answer.status_code, answer.text) == (200, "s\r\n")


def test_get_without_query(client: Client) -> None:
    answer = client.get("/sparql")
    assert answer.status_code == 400
    assert "?query=" in answer.text


def test_get_without_query_html(browser: Client) -> None:
    answer = browser.get("/sparql")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "<textarea" in answer.text


def test_get_two_queries(client: Client) -> None:
    assert client.get("/sparql?" + urlencode([("query", ANY), ("query", ANY)])).status_code == 400


def test_get_malformed_query(client: Client) -> None:
    answer = ask(client, "SELECT *\nWHERE { ?s ?p }", "application/json")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert (problem["status"], problem["line"]) == (400, 2)


def test_get_malformed_query_html(browser: Client) -> None:
    answer = browser.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert "<mark>  2  WHERE" in answer.text


@pytest.mark.parametrize("query", ["", " ", "# nothing"])
def test_get_empty_query(client: Client, query: str) -> None:
    answer = ask(client, query)
    assert answer.status_code == 400
    assert "the query is empty" in answer.text


def test_get_query_unknown_field(client: Client) -> None:
    answer = ask(client, ANY, timeuot="5", colour="blue")
    assert answer.status_code == 400
    assert "“timeuot”, did you mean timeout; no “colour”? It takes query," in answer.text


def test_get_query_two_values_of_a_field(client: Client) -> None:
    fields = [("query", ANY), ("timeout", "5"), ("timeout", "6")]
    answer = client.get("/sparql?" + urlencode(fields))
    assert answer.status_code == 400
    assert "“timeout” may have one value here" in answer.text


def test_get_query_one_format_by_several_names(client: Client) -> None:
    fields = [("query", "CONSTRUCT WHERE { ?s ?p ?o }"), ("format", "rdf+xml")]
    fields += [("format", "application/rdf+xml"), ("output", "rdf"), ("results", "rdf+xml")]
    assert client.get("/sparql?" + urlencode(fields)).mimetype == "application/rdf+xml"
    fields += [("format", "nt")]
    answer = client.get("/sparql?" + urlencode(fields))
    assert answer.status_code == 400
    assert "more than one format: nt, rdf" in answer.text


def test_get_service_refused(client: Client) -> None:
    answer = ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert answer.status_code == 400
    problem = answer.get_json(force=True)
    assert problem["type"].endswith("/problem/refused")
    assert "SERVICE is not answered here" in problem["detail"]


def test_get_service_refused_html(browser: Client) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    answer = browser.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.mimetype) == (400, "text/html")
    assert "SERVICE is not answered here" in answer.text


def test_problem_read_by_others(client: Client) -> None:
    answer = ask(client, "SELECT * { ?s ?p", "application/json")
    assert answer.headers["Content-Type"] == "application/problem+json"
    problem = json.loads(answer.data)
    # https://www.rfc-editor.org/rfc/rfc9457#section-3.1
    assert {"type", "title", "status", "detail"} <= set(problem)
    assert problem["type"].startswith("https://")
    assert problem["status"] == answer.status_code == 400
    assert problem["line"] == 1


@pytest.mark.parametrize("seconds", ["0", "-1", "x", "nan", "inf"])
def test_get_query_bad_timeout(client: Client, seconds: str) -> None:
    answer = ask(client, ANY, timeout=seconds)
    assert answer.status_code == 400
    assert "timeout" in answer.text


def test_get_query_timeout(client: Client) -> None:
    assert ask(client, ANY, timeout="0.5").status_code == 200
