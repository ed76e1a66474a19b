"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), one behaviour a test."""

import io
import re
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from rdflib import Graph
from rdflib.query import Result

from kg.ask import panel, questions
from web.urls import question_text

QUERY, FORM = "application/sparql-query", "application/x-www-form-urlencoded"
JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
STATES = """
PREFIX dip: <https://w3id.org/aide-memoire/ontology#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT ?state ?name { ?state a dip:State ; rdfs:label ?name FILTER(LANG(?name) = "en") }
ORDER BY ?name
"""
MEETING = "DESCRIBE <https://w3id.org/aide-memoire/id/strelsau-meeting>"
ANY = "ASK { ?s ?p ?o }"


def ask(client: FlaskClient, query: str, accept: str = "", **fields: str):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **fields}, headers=headers)


def test_get_query(client: FlaskClient) -> None:
    answer = ask(client, STATES)
    assert answer.status_code == 200
    assert answer.mimetype == JSON
    rows = answer.get_json(force=True)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Ruritania", "Sylvania"]


def test_get_query_accept_star(client: FlaskClient) -> None:
    assert ask(client, STATES, "*/*").mimetype == JSON


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        (JSON, JSON),
        ("application/json", JSON),
        (XML, XML),
        ("application/xml", XML),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
    ],
)
def test_get_query_accept_good(client: FlaskClient, accept: str, media: str) -> None:
    answer = ask(client, STATES, accept)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert "Accept" in answer.headers["Vary"]


def test_get_query_accept_explicit_priority(client: FlaskClient) -> None:
    accept = "text/csv;q=0.5, text/tab-separated-values;q=0.8, application/foo"
    assert ask(client, STATES, accept).mimetype == "text/tab-separated-values"


def test_get_query_accept_implicit_priority(client: FlaskClient) -> None:
    assert ask(client, STATES, "text/csv;q=0.9, */*;q=0.1").mimetype == "text/csv"


def test_get_query_accept_with_parameters(client: FlaskClient) -> None:
    assert ask(client, STATES, "text/csv;header=present;charset=utf-8").mimetype == "text/csv"


def test_get_query_accept_refused_by_zero(client: FlaskClient) -> None:
    assert ask(client, STATES, f"{JSON};q=0, */*").mimetype == XML


def test_get_query_accept_bad(client: FlaskClient) -> None:
    answer = ask(client, STATES, "application/foo")
    assert answer.status_code == 406
    assert "text/csv" in answer.text


def test_get_query_format_beats_accept(client: FlaskClient) -> None:
    assert ask(client, STATES, "text/html", format="csv").mimetype == "text/csv"
    assert ask(client, STATES, format="ttl").status_code == 406


def test_get_query_empty_answer(client: FlaskClient) -> None:
    answer = ask(client, "SELECT ?s { ?s <http://example.org/p> ?o }", "text/csv")
    assert (answer.status_code, answer.text) == (200, "s\r\n")


def test_get_without_query(client: FlaskClient) -> None:
    answer = client.get("/sparql")
    assert answer.status_code == 400
    assert "?query=" in answer.text


def test_get_without_query_html(browser: FlaskClient) -> None:
    answer = browser.get("/sparql")
    assert (answer.status_code, answer.mimetype) == (200, "text/html")
    assert "<textarea" in answer.text


def test_get_two_queries(client: FlaskClient) -> None:
    assert client.get("/sparql?" + urlencode([("query", ANY), ("query", ANY)])).status_code == 400


def test_get_malformed_query(client: FlaskClient) -> None:
    answer = ask(client, "SELECT *\nWHERE { ?s ?p }", "application/json")
    assert answer.status_code == 400
    assert answer.mimetype == "application/problem+json"
    problem = answer.get_json()
    assert (problem["status"], problem["line"]) == (400, 2)


def test_get_malformed_query_html(browser: FlaskClient) -> None:
    answer = browser.get("/sparql", query_string={"query": "SELECT *\nWHERE { ?s ?p }"})
    assert answer.status_code == 400
    assert "<mark>  2  WHERE" in answer.text


def test_get_query_union_graph(client: FlaskClient) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = client.get(
        "/sparql",
        query_string={"query": query, "default-graph-uri": graph},
        headers={"Accept": "text/csv"},
    )
    assert answer.text.split() == ["n", "1"]


def test_get_query_union_graph_and_default_graph(client: FlaskClient) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    fields = [("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("format", "csv")]
    fields += [("default-graph-uri", base + name) for name in ("p1s1", "p2s1")]
    assert client.get("/sparql?" + urlencode(fields)).text.split() == ["n", "10"]


def test_get_query_named_graph(client: FlaskClient) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    fields = {"query": query, "named-graph-uri": base + "p1s2", "format": "csv"}
    assert client.get("/sparql", query_string=fields).text.split() == ["g", base + "p1s2"]


def test_claims_are_not_in_the_default_graph(client: FlaskClient) -> None:
    query = "ASK { ?s <https://w3id.org/aide-memoire/ontology#responsibleParty> ?o }"
    assert ask(client, query).get_json(force=True)["boolean"] is False


def test_post_query(client: FlaskClient) -> None:
    answer = client.post("/sparql", data=STATES.encode(), content_type=QUERY)
    assert (answer.status_code, answer.mimetype) == (200, JSON)


def test_post_query_with_charset(client: FlaskClient) -> None:
    answer = client.post("/sparql", data=ANY.encode(), content_type=QUERY + "; charset=utf-8")
    assert answer.status_code == 200


def test_post_query_not_utf8(client: FlaskClient) -> None:
    assert client.post("/sparql", data=b"\xff", content_type=QUERY).status_code == 400


def test_post_query_form(client: FlaskClient) -> None:
    answer = client.post("/sparql", data={"query": STATES, "format": "csv"}, content_type=FORM)
    assert answer.text.splitlines()[1].endswith("Ruritania")


def test_post_query_with_dataset_in_url(client: FlaskClient) -> None:
    graph = urlencode({"default-graph-uri": "https://w3id.org/aide-memoire/graph/none"})
    answer = client.post("/sparql?" + graph, data=ANY.encode(), content_type=QUERY)
    assert answer.get_json(force=True)["boolean"] is False


def test_post_form_with_parameters_in_url(client: FlaskClient) -> None:
    graph = urlencode({"default-graph-uri": "https://w3id.org/aide-memoire/graph/none"})
    answer = client.post(f"/sparql?{graph}&format=csv", data={"query": ANY}, content_type=FORM)
    assert answer.mimetype == "text/csv"
    assert answer.text.split() == ["false"]
    twice = client.post("/sparql?query=ASK+%7B%7D", data={"query": ANY}, content_type=FORM)
    assert twice.status_code == 400


def test_post_unknown_query(client: FlaskClient) -> None:
    answer = client.post("/sparql", data=ANY.encode(), content_type="application/foo")
    assert answer.status_code == 415
    assert QUERY in answer.text


def test_post_too_long(client: FlaskClient) -> None:
    body = ANY.encode() + b" " * 1_000_000
    assert client.post("/sparql", data=body, content_type=QUERY).status_code == 413


def test_post_too_long_form(client: FlaskClient) -> None:
    answer = client.post("/sparql", data={"query": ANY + " " * 1_000_000}, content_type=FORM)
    assert answer.status_code == 413
    assert "megabyte" in answer.text


def test_post_without_length(client: FlaskClient) -> None:
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.post(
        "/sparql",
        input_stream=io.BytesIO(ANY.encode()),
        content_type=QUERY,
        environ_overrides=environ,
    )
    assert answer.status_code == 411


def test_post_without_content_type(client: FlaskClient) -> None:
    assert client.post("/sparql", data=ANY.encode()).status_code == 415


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", "application/sparql-update"),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", QUERY),
        (b"update=DROP+ALL", FORM),
    ],
)
def test_post_update_read_only(client: FlaskClient, body: bytes, kind: str) -> None:
    answer = client.post("/sparql", data=body, content_type=kind)
    assert answer.status_code == 403
    assert "built from files" in answer.text


def test_get_service_refused(client: FlaskClient) -> None:
    answer = ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert answer.status_code == 403
    assert "SERVICE" in answer.text


def test_get_service_refused_html(browser: FlaskClient) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    answer = browser.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.mimetype) == (403, "text/html")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_not_allowed(client: FlaskClient, method: str) -> None:
    answer = client.open("/sparql", method=method)
    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_head_has_no_body(client: FlaskClient) -> None:
    answer = client.head("/sparql", query_string={"query": ANY})
    assert (answer.status_code, answer.data) == (200, b"")


def test_options_and_cors(client: FlaskClient) -> None:
    assert client.options("/sparql").headers["Access-Control-Allow-Origin"] == "*"
    assert ask(client, ANY).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_rows_are_read_back_by_rdflib(client: FlaskClient, kind: str) -> None:
    answer = ask(client, STATES, format=kind)
    rows = Result.parse(io.BytesIO(answer.data), format=kind)
    assert [str(row[1]) for row in rows] == ["Ruritania", "Sylvania"]


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_truth_is_read_back_by_rdflib(client: FlaskClient, kind: str) -> None:
    answer = ask(client, ANY, format=kind)
    assert Result.parse(io.BytesIO(answer.data), format=kind).askAnswer is True


# rdflib's own JSON-LD parser still makes a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("kind", "media", "parser"),
    [
        ("ttl", "text/turtle", "turtle"),
        ("nt", "application/n-triples", "nt"),
        ("rdf", "application/rdf+xml", "xml"),
        ("jsonld", "application/ld+json", "json-ld"),
    ],
)
def test_graphs_are_read_back_by_rdflib(
    client: FlaskClient, kind: str, media: str, parser: str
) -> None:
    answer = ask(client, MEETING, media)
    assert answer.mimetype == media
    assert ask(client, MEETING, format=kind).data == answer.data
    assert len(Graph().parse(data=answer.data, format=parser)) == 9


def test_turtle_is_the_default_for_graphs_and_has_our_prefixes(client: FlaskClient) -> None:
    answer = ask(client, MEETING)
    assert answer.mimetype == "text/turtle"
    assert "@prefix dip: <https://w3id.org/aide-memoire/ontology#>" in answer.text


def test_a_graph_has_no_rows(client: FlaskClient) -> None:
    assert ask(client, MEETING, "text/csv").status_code == 406


def test_the_page_shows_rows_with_links(browser: FlaskClient) -> None:
    page = browser.get("/sparql", query_string={"query": STATES}).text
    assert "2 rows" in page
    assert (
        '<a href="/page/ruritania" title="id:ruritania" data-name="id:ruritania">Ruritania</a>'
        in page
    )


def test_the_page_names_only_unusual_datatypes(browser: FlaskClient) -> None:
    query = "SELECT (1 AS ?a) (1.5 AS ?b) (1e0 AS ?c) (true AS ?d) ('x' AS ?e) ('y'@en AS ?f) {}"
    page = browser.get("/sparql", query_string={"query": query}).text
    assert re.findall(r'<span class="tag">([^<]*)</span>', page) == ["xsd:double", "en"]


def test_the_page_announces_that_it_cuts(browser: FlaskClient) -> None:
    def rows(count: int) -> str:
        pairs = " ".join(str(n) for n in range(count))
        query = f"SELECT * {{ VALUES ?n {{ {pairs} }} }}"
        return browser.get("/sparql", query_string={"query": query}).text

    assert "Showing the first" not in rows(1000)
    page = rows(1001)
    assert "Showing the first 1,000 of 1,001 rows" in page
    assert page.count("<tr>") == 1001


def test_the_page_asks_the_graphs_that_it_is_told_and_keeps_them(browser: FlaskClient) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    fields = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": graph}
    page = browser.get("/sparql", query_string=fields).text
    assert "1 row\n" in page
    assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in page
    assert f"{urlencode({'default-graph-uri': graph})}&amp;format=csv" in page


def test_the_page_starts_with_our_prefixes(browser: FlaskClient) -> None:
    page = browser.get("/sparql").text
    for name in ("dip", "id", "rdfs", "xsd", "skos"):
        assert f"PREFIX {name}: " in page
    assert ask(browser, panel("skeleton"), "text/csv").status_code == 200


def test_the_page_says_why_there_may_be_no_row(browser: FlaskClient) -> None:
    start = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#> SELECT * "
    page = browser.get("/sparql", query_string={"query": start + "{ ?s a dip:Stat }"}).text
    assert "No row matches." in page
    assert "<li>There is no term dip:Stat; did you mean dip:State?</li>" in page
    page = browser.get(
        "/sparql", query_string={"query": start + "{ ?s a dip:Stat FILTER(1=2) }"}
    ).text
    assert "No row matches." in page


def test_the_page_hides_what_makes_a_question_an_example(browser: FlaskClient) -> None:
    example = next(q for q in questions() if q.example)
    shown = question_text(example)
    assert "# example" not in shown
    page = browser.get("/sparql", query_string={"query": shown}).text
    assert f"<h1>{escape(example.title)}</h1>" in page


def test_the_page_says_yes_and_shows_graphs(browser: FlaskClient) -> None:
    assert ">Yes<" in browser.get("/sparql", query_string={"query": ANY}).text
    assert "dip:host" in browser.get("/sparql", query_string={"query": MEETING}).text
