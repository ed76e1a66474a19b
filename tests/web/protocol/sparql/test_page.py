"""The query page as the server writes it, for readers without scripts."""

import re
import time
from urllib.parse import urlencode

from flask import Flask
from markupsafe import escape
from werkzeug.test import Client

from kg.endpoint.guard import LARGEST
from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_queries, page_query
from tests.web.conftest import BROWSER
from tests.web.protocol.sparql.asking import ANY, MEETING, STATES, ask
from web.request.negotiate import DATA_TYPES, RESULT_TYPES
from web.urls import named_query_text


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
    assert ask(browser, page_query("skeleton"), "text/csv").status_code == 200


def test_the_page_says_why_there_may_be_no_row(browser: Client) -> None:
    start = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#> SELECT * "
    page = browser.get("/sparql", query_string={"query": start + "{ ?s a dip:Stat }"}).text
    assert "No results." in page
    assert "<li>There is no term dip:Stat; did you mean dip:State?</li>" in page
    page = browser.get(
        "/sparql", query_string={"query": start + "{ ?s a dip:Stat FILTER(1=2) }"}
    ).text
    assert "No results." in page


def test_the_page_hides_what_makes_a_question_an_example(browser: Client) -> None:
    example = next(q for q in named_queries(tree_texts()) if q.example)
    shown = named_query_text(example)
    assert "# example" not in shown
    page = browser.get("/sparql", query_string={"query": shown}).text
    assert f"<h1>{escape(example.title)}</h1>" in page


def test_the_page_says_yes_and_shows_graphs(browser: Client) -> None:
    assert ">Yes<" in browser.get("/sparql", query_string={"query": ANY}).text
    assert "dip:host" in browser.get("/sparql", query_string={"query": MEETING}).text


def test_the_page_tells_programs_all_that_they_can_ask(browser: Client) -> None:
    page = browser.get("/sparql").text
    told = page[page.index('id="programs"') :]
    fields = ["query", "format", "default-graph-uri", "named-graph-uri", "timeout"]
    fields += ["evidence", "explain-empty", "Query-Handle", "/sparql/stop"]
    for field in fields:
        assert f"<code>{field}</code>" in told
    for name, media in (RESULT_TYPES | DATA_TYPES).items():
        assert f"<code>{name}</code> (<code>{media}</code>)" in told


def test_the_page_tells_programs_its_own_address_and_limits(app: Flask) -> None:
    seen = app.test_client().get(
        "/sparql", headers={"Accept": BROWSER}, base_url="http://graph.example"
    )
    assert "curl --data \"handle=$handle\" 'http://graph.example/sparql/stop'" in seen.text
    assert f"limit in seconds, at most {float(app.config['QUERY_SECONDS']):g}." in seen.text


def test_a_query_too_long_is_refused_before_the_page_reads_it(browser: Client) -> None:
    query = "SELECT * {} VALUES" + " " * 49_000
    start = time.monotonic()
    answer = browser.get("/sparql", query_string={"query": query})
    assert time.monotonic() - start < 4
    assert answer.status_code == 400
    assert f"at most {LARGEST}" in answer.text
    assert len(answer.text) < 10_000


def test_the_page_of_a_long_query_links_to_no_copies_of_it(browser: Client) -> None:
    query = "ASK {} # " + "%" * 5000
    page = browser.get("/sparql", query_string={"query": query}).text
    assert "%25" * 100 not in page
    assert (
        '<b>Download</b> <a href="/sparql?'
        in browser.get("/sparql", query_string={"query": ANY}).text
    )
