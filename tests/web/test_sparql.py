"""The SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/), one behaviour a test."""

import gzip
import io
import json
import re
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape
from pyoxigraph import Quad
from rdflib import Graph
from rdflib.query import Result
from werkzeug.test import Client

from kg.ask import panel, questions
from kg.build.publish import publish
from tests.web.conftest import BROWSER
from tests.web.test_server import free_port, serve, wait_until_up
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


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Iterator[int]:
    builds = tmp_path_factory.mktemp("builds")
    publish(builds, tiny)
    number = free_port()
    with serve(builds, number) as server:
        wait_until_up(number)
        yield number
        server.terminate()


@pytest.fixture(params=["inside", "served"])
def client(request: pytest.FixtureRequest, app: Flask) -> Client:
    """Ask the application directly, and then the real server over a socket."""
    if request.param == "inside":
        return app.test_client()
    return Client(forward(request.getfixturevalue("port")))


@pytest.fixture
def browser(client: Client) -> Client:
    if isinstance(client, FlaskClient):
        client.environ_base["HTTP_ACCEPT"] = BROWSER
        return client
    application = client.application

    def as_browser(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        return application({"HTTP_ACCEPT": BROWSER} | environ, start)

    return Client(as_browser)


def forward(port: int) -> Callable[..., list[bytes]]:
    """Return a WSGI application that is the server at a port."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        names = {k: k[5:].replace("_", "-") for k in environ if k.startswith("HTTP_")}
        headers = {name: environ[key] for key, name in names.items() if name != "HOST"}
        if environ.get("CONTENT_TYPE"):
            headers["Content-Type"] = environ["CONTENT_TYPE"]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        # Sent on as it comes if no length is said: in chunks.
        body = environ["wsgi.input"].read(size) if "CONTENT_LENGTH" in environ else None
        if headers.get("TRANSFER-ENCODING") == "chunked":
            body = iter([environ["wsgi.input"].read()])
        target = quote(environ["PATH_INFO"]) + "?" + environ.get("QUERY_STRING", "")
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(line):
            # A server that refuses a long body may answer before it has come.
            with suppress(BrokenPipeError):
                line.request(environ["REQUEST_METHOD"], target, body, headers)
            got = line.getresponse()
            parts = [got.read()]
        start(f"{got.status} {got.reason}", got.getheaders())
        return parts

    return application


def ask(client: Client, query: str, accept: str = "", **fields: str):
    headers = {"Accept": accept} if accept else {}
    return client.get("/sparql", query_string={"query": query, **fields}, headers=headers)


def test_get_query(client: Client) -> None:
    answer = ask(client, STATES)
    assert answer.status_code == 200
    assert answer.mimetype == JSON
    rows = answer.get_json(force=True)["results"]["bindings"]
    assert [row["name"]["value"] for row in rows] == ["Ruritania", "Sylvania"]


def test_get_query_accept_star(client: Client) -> None:
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
def test_get_query_accept_good(client: Client, accept: str, media: str) -> None:
    answer = ask(client, STATES, accept)
    assert (answer.status_code, answer.mimetype) == (200, media)
    assert "Accept" in answer.headers["Vary"]


def test_get_query_accept_explicit_priority(client: Client) -> None:
    accept = "text/csv;q=0.5, text/tab-separated-values;q=0.8, application/foo"
    assert ask(client, STATES, accept).mimetype == "text/tab-separated-values"


def test_get_query_accept_implicit_priority(client: Client) -> None:
    assert ask(client, STATES, "text/csv;q=0.9, */*;q=0.1").mimetype == "text/csv"


def test_get_query_accept_with_parameters(client: Client) -> None:
    assert ask(client, STATES, "text/csv;header=present;charset=utf-8").mimetype == "text/csv"


def test_get_query_accept_refused_by_zero(client: Client) -> None:
    assert ask(client, STATES, f"{JSON};q=0, */*").mimetype == XML


def test_get_query_accept_bad(client: Client) -> None:
    answer = ask(client, STATES, "application/foo")
    assert answer.status_code == 406
    assert "text/csv" in answer.text


def test_get_query_format_beats_accept(client: Client) -> None:
    assert ask(client, STATES, "text/html", format="csv").mimetype == "text/csv"
    assert ask(client, STATES, format="ttl").status_code == 406


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


def test_get_query_union_graph(client: Client) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    query = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    answer = client.get(
        "/sparql",
        query_string={"query": query, "default-graph-uri": graph},
        headers={"Accept": "text/csv"},
    )
    assert answer.text.split() == ["n", "1"]


def test_get_query_union_graph_and_default_graph(client: Client) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    fields = [("query", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"), ("format", "csv")]
    fields += [("default-graph-uri", base + name) for name in ("p1s1", "p2s1")]
    assert client.get("/sparql?" + urlencode(fields)).text.split() == ["n", "10"]


def test_get_query_named_graph(client: Client) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"
    fields = {"query": query, "named-graph-uri": base + "p1s2", "format": "csv"}
    assert client.get("/sparql", query_string=fields).text.split() == ["g", base + "p1s2"]


def test_claims_are_not_in_the_default_graph(client: Client) -> None:
    query = "ASK { ?s <https://w3id.org/aide-memoire/ontology#responsibleParty> ?o }"
    assert ask(client, query).get_json(force=True)["boolean"] is False


def test_post_query(client: Client) -> None:
    answer = client.post("/sparql", data=STATES.encode(), content_type=QUERY)
    assert (answer.status_code, answer.mimetype) == (200, JSON)


def test_post_query_with_charset(client: Client) -> None:
    answer = client.post("/sparql", data=ANY.encode(), content_type=QUERY + "; charset=utf-8")
    assert answer.status_code == 200


def test_post_query_not_utf8(client: Client) -> None:
    assert client.post("/sparql", data=b"\xff", content_type=QUERY).status_code == 400


def test_post_query_form(client: Client) -> None:
    answer = client.post("/sparql", data={"query": STATES, "format": "csv"}, content_type=FORM)
    assert answer.text.splitlines()[1].endswith("Ruritania")


def test_post_query_with_dataset_in_url(client: Client) -> None:
    graph = urlencode({"default-graph-uri": "https://w3id.org/aide-memoire/graph/none"})
    answer = client.post("/sparql?" + graph, data=ANY.encode(), content_type=QUERY)
    assert answer.get_json(force=True)["boolean"] is False


def test_post_form_with_parameters_in_url(client: Client) -> None:
    graph = urlencode({"default-graph-uri": "https://w3id.org/aide-memoire/graph/none"})
    answer = client.post(f"/sparql?{graph}&format=csv", data={"query": ANY}, content_type=FORM)
    assert answer.mimetype == "text/csv"
    assert answer.text.split() == ["false"]
    twice = client.post("/sparql?query=ASK+%7B%7D", data={"query": ANY}, content_type=FORM)
    assert twice.status_code == 400


def test_post_unknown_query(client: Client) -> None:
    answer = client.post("/sparql", data=ANY.encode(), content_type="application/foo")
    assert answer.status_code == 415
    assert QUERY in answer.text


def test_post_too_long(client: Client) -> None:
    body = ANY.encode() + b" " * 1_000_000
    assert client.post("/sparql", data=body, content_type=QUERY).status_code == 413


def test_post_too_long_form(client: Client) -> None:
    answer = client.post("/sparql", data={"query": ANY + " " * 1_000_000}, content_type=FORM)
    assert answer.status_code == 413
    assert "megabyte" in answer.text


def test_post_without_length(client: Client) -> None:
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.post(
        "/sparql",
        input_stream=io.BytesIO(ANY.encode()),
        content_type=QUERY,
        environ_overrides=environ,
    )
    assert answer.status_code == 411


def test_post_without_content_type(client: Client) -> None:
    assert client.post("/sparql", data=ANY.encode()).status_code == 415


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", "application/sparql-update"),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", QUERY),
        (b"update=DROP+ALL", FORM),
    ],
)
def test_post_update_read_only(client: Client, body: bytes, kind: str) -> None:
    answer = client.post("/sparql", data=body, content_type=kind)
    assert answer.status_code == 403
    assert "built from files" in answer.text


def test_get_service_refused(client: Client) -> None:
    answer = ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    assert answer.status_code == 403
    assert "SERVICE" in answer.text


def test_get_service_refused_html(browser: Client) -> None:
    query = "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }"
    answer = browser.get("/sparql", query_string={"query": query})
    assert (answer.status_code, answer.mimetype) == (403, "text/html")


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_not_allowed(client: Client, method: str) -> None:
    answer = client.open("/sparql", method=method)
    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_head_has_no_body(client: Client) -> None:
    answer = client.head("/sparql", query_string={"query": ANY})
    assert (answer.status_code, answer.data) == (200, b"")


def test_options_and_cors(client: Client) -> None:
    assert client.options("/sparql").headers["Access-Control-Allow-Origin"] == "*"
    assert ask(client, ANY).headers["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize("kind", ["json", "xml", "csv", "tsv"])
def test_rows_are_read_back_by_rdflib(client: Client, kind: str) -> None:
    answer = ask(client, STATES, format=kind)
    rows = Result.parse(io.BytesIO(answer.data), format=kind)
    assert [str(row[1]) for row in rows] == ["Ruritania", "Sylvania"]


@pytest.mark.parametrize("kind", ["json", "xml"])
def test_truth_is_read_back_by_rdflib(client: Client, kind: str) -> None:
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
def test_graphs_are_read_back_by_rdflib(client: Client, kind: str, media: str, parser: str) -> None:
    answer = ask(client, MEETING, media)
    assert answer.mimetype == media
    assert ask(client, MEETING, format=kind).data == answer.data
    assert len(Graph().parse(data=answer.data, format=parser)) == 9


def test_turtle_is_the_default_for_graphs_and_has_our_prefixes(client: Client) -> None:
    answer = ask(client, MEETING)
    assert answer.mimetype == "text/turtle"
    assert "@prefix dip: <https://w3id.org/aide-memoire/ontology#>" in answer.text


def test_a_graph_has_no_rows(client: Client) -> None:
    assert ask(client, MEETING, "text/csv").status_code == 406


def test_the_page_shows_rows_with_links(browser: Client) -> None:
    page = browser.get("/sparql", query_string={"query": STATES}).text
    assert "2 rows" in page
    assert (
        '<a href="/page/ruritania" title="id:ruritania" data-name="id:ruritania">Ruritania</a>'
        in page
    )


def test_the_page_names_only_unusual_datatypes(browser: Client) -> None:
    query = "SELECT (1 AS ?a) (1.5 AS ?b) (1e0 AS ?c) (true AS ?d) ('x' AS ?e) ('y'@en AS ?f) {}"
    page = browser.get("/sparql", query_string={"query": query}).text
    assert re.findall(r'<span class="tag">([^<]*)</span>', page) == ["xsd:double", "en"]


def test_the_page_announces_that_it_cuts(browser: Client) -> None:
    def rows(count: int) -> str:
        pairs = " ".join(str(n) for n in range(count))
        query = f"SELECT * {{ VALUES ?n {{ {pairs} }} }}"
        return browser.get("/sparql", query_string={"query": query}).text

    assert "Showing the first" not in rows(1000)
    page = rows(1001)
    assert "Showing the first 1,000 of 1,001 rows" in page
    assert page.count("<tr>") == 1001


def test_the_page_asks_the_graphs_that_it_is_told_and_keeps_them(browser: Client) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    fields = {"query": "SELECT * { ?s ?p ?o }", "default-graph-uri": graph}
    page = browser.get("/sparql", query_string=fields).text
    assert "1 row\n" in page
    assert f'<input type="hidden" name="default-graph-uri" value="{graph}">' in page
    assert f"{urlencode({'default-graph-uri': graph})}&amp;format=csv" in page


def test_the_page_starts_with_our_prefixes(browser: Client) -> None:
    page = browser.get("/sparql").text
    for name in ("dip", "id", "rdfs", "xsd", "skos"):
        assert f"PREFIX {name}: " in page
    assert ask(browser, panel("skeleton"), "text/csv").status_code == 200


def test_the_page_says_why_there_may_be_no_row(browser: Client) -> None:
    start = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#> SELECT * "
    page = browser.get("/sparql", query_string={"query": start + "{ ?s a dip:Stat }"}).text
    assert "No row matches." in page
    assert "<li>There is no term dip:Stat; did you mean dip:State?</li>" in page
    page = browser.get(
        "/sparql", query_string={"query": start + "{ ?s a dip:Stat FILTER(1=2) }"}
    ).text
    assert "No row matches." in page


def test_the_page_hides_what_makes_a_question_an_example(browser: Client) -> None:
    example = next(q for q in questions() if q.example)
    shown = question_text(example)
    assert "# example" not in shown
    page = browser.get("/sparql", query_string={"query": shown}).text
    assert f"<h1>{escape(example.title)}</h1>" in page


def test_the_page_says_yes_and_shows_graphs(browser: Client) -> None:
    assert ">Yes<" in browser.get("/sparql", query_string={"query": ANY}).text
    assert "dip:host" in browser.get("/sparql", query_string={"query": MEETING}).text


def test_get_query_gzip_read_by_others(client: Client) -> None:
    query = "SELECT * { ?s ?p ?o }"
    answer = client.get(
        "/sparql", query_string={"query": query}, headers={"Accept-Encoding": "gzip, br;q=0.5"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    rows = Result.parse(io.BytesIO(gzip.decompress(answer.data)), format="json")
    assert len(rows) > 100


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


def test_get_query_with_evidence(client: Client) -> None:
    answer = ask(client, "SELECT * { ?s ?p ?o } LIMIT 3", evidence="true")
    found = answer.get_json(force=True)
    assert len(found["evidence"]["rows"]) == len(found["results"]["bindings"]) == 3
    assert Result.parse(io.BytesIO(answer.data), format="json").bindings


def test_get_query_with_evidence_in_csv(client: Client) -> None:
    answer = ask(client, "SELECT * { ?s ?p ?o } LIMIT 3", evidence="true", format="csv")
    assert answer.status_code == 400
    assert "JSON" in answer.text


def test_get_query_explain_empty(client: Client) -> None:
    query = "SELECT * { ?s <http://example.org/none> ?o }"
    found = ask(client, query, **{"explain-empty": "true"}).get_json(force=True)
    assert found["explanation"]["pattern"] == "?s <http://example.org/none> ?o"
    assert "explanation" not in ask(client, query).get_json(force=True)


@pytest.mark.parametrize("name", ["evidence", "explain-empty"])
def test_get_query_bad_switch(client: Client, name: str) -> None:
    assert ask(client, ANY, **{name: "perhaps"}).status_code == 400


def test_get_query_unknown_field(client: Client) -> None:
    assert ask(client, ANY, colour="blue").status_code == 200


@pytest.mark.parametrize("query", ["", " ", "# nothing"])
def test_get_empty_query(client: Client, query: str) -> None:
    answer = ask(client, query)
    assert answer.status_code == 400
    assert "the query is empty" in answer.text


def test_get_query_dataset_overrides_from(client: Client) -> None:
    graph = "https://w3id.org/aide-memoire/graph/links"
    query = "SELECT (COUNT(*) AS ?n) FROM <http://example.org/none> { ?s ?p ?o }"
    assert ask(client, query, format="csv").text.split() == ["n", "0"]
    fields = {"query": query, "format": "csv", "default-graph-uri": graph}
    assert client.get("/sparql", query_string=fields).text.split() == ["n", "1"]


def test_get_query_several_named_graphs(client: Client) -> None:
    base = "https://w3id.org/aide-memoire/source/gazette-1894/"
    query = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?g"
    fields = [("query", query), ("format", "tsv")]
    fields += [("named-graph-uri", base + name) for name in ("p1s1", "p1s2")]
    assert len(client.get("/sparql?" + urlencode(fields)).text.splitlines()) == 3


def test_get_query_bad_graph(client: Client) -> None:
    fields = {"query": ANY, "default-graph-uri": "not an iri"}
    assert client.get("/sparql", query_string=fields).status_code == 400


def test_get_construct_as_quads_not_offered(client: Client) -> None:
    assert ask(client, MEETING, "application/n-quads").status_code == 406


def test_head_tells_what_get_sends(client: Client) -> None:
    head = client.head("/sparql", query_string={"query": ANY})
    got = ask(client, ANY)
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.data))


def test_get_query_unchanged(client: Client) -> None:
    tag = ask(client, ANY).headers["ETag"]
    again = client.get("/sparql", query_string={"query": ANY}, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_post_has_no_tag(client: Client) -> None:
    assert "ETag" not in client.post("/sparql", data={"query": ANY}).headers
