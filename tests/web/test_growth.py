"""No page, list, feed, drawing or format fails, whatever legal data the graph has grown by."""

import json
import re
from functools import cache
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from kg.model.prefixes import TERM, THING
from kg.store.dump import DUMPS
from kg.store.store import Store
from kg.terms.vocabulary import read_vocabulary
from kg.things.panel_declarations import panel_queries
from tests import hostile
from tests.web.conftest import BROWSER
from web import create_app
from web.pages.things import PAGE_QUERIES

LARGEST_PAGE = 2_000_000
FORMATS = ("ttl", "nt", "rdf", "jsonld", "trig", "nq")
NAMES = ("population", "participant", "date", "partOf", "no-such")
# What is asked of each thing.
OF_A_THING = (
    *("/id/{}", "/page/{}", "/claim/{}", "/claim/{}/content", "/claim/{}/content?format=nq"),
    *(f"/data/{{}}.{form}" for form in FORMATS),
    *(f"/page/{{}}/{way}/{name}" for way in ("of", "to") for name in NAMES),
    *("/feeds/page/{}.atom", "/calendar/{}.ics", "/network?focus={}", "/network.json?focus={}"),
    "/network?find={}",
    *("/timeline?actor={}", "/timeline?place={}&as=table", "/map?place={}", "/search?q={}"),
    *("/same-as?iri=id:{}", "/same-as?iri=id:{}&format=rdf", "/reconcile/preview?id={}"),
    "/linkset/page/{}",
    *("/reconcile/1.0/preview?id={}", "/reconcile/flyout/entity?id={}"),
    *("/reconcile/suggest/entity?prefix={}", "/reconcile/1.0/suggest/entity?prefix={}"),
)
# What is asked of everything.
WHOLE = (
    *("/", "/healthz", "/metrics", "/ontology", "/sources", "/sitemap.xml", "/robots.txt"),
    *("/sitemap/1.xml", "/void", "/.well-known/void?format=rdf"),
    *("/void/graphs?format=nt", "/void/complete?format=nt", "/linkset/data"),
    *("/timeline", "/timeline?as=table", "/timeline?format=json", "/calendar.ics", "/network"),
    *("/map", "/map?format=json", "/feeds/sources.atom", "/sparql/terms", "/opensearch.xml"),
    *("/network?focus=hub&focus=every", "/network?focus=hub&focus=anonymous&relation=participant"),
    *(f"/timeline?page={page}" for page in range(2, 5)),
    *(f"/timeline?year={quote(y)}" for y in sorted({day[:4] for day in hostile.DAYS})),
    *(f"/{view}?q={quote(words)}" for view in ("search", "suggest") for words in ("w", "name 1")),
    *(f"/sparql/names?iri={quote(iri)}" for iri in hostile.NAMELESS),
    *(f"/dump/aide-memoire.{form}" for form in DUMPS),
    *(f"/graph-store?default&format={form}" for form in FORMATS),
    *(f"/graph-store?graph={quote(hostile.ADDED.value)}&format={form}" for form in FORMATS),
    *(f"/ontology.{form}" for form in FORMATS),
    *("/graph/entities", "/graph/entities?format=rdf", "/problem/unwritable", "/query/none"),
    *("/links", "/links/check", "/links/wikidata.sssom.tsv", "/query/strikes-on-syria.csv"),
    *("/reconcile", "/reconcile/features", "/reconcile/extend/propose?type=State"),
    *("/reconcile/1.0", "/reconcile/1.0/extend/propose?type=State"),
    *("/data", "/catalogue", "/data/croissant.json", "/CITATION.cff", "/dump/SHA256SUMS", "/dump/"),
    *("/llms.txt", "/schema.txt", "/openapi.json", "/notebook.ipynb", "/feeds/releases.atom"),
    *("/about", "/report", "/oembed?url=http://localhost/timeline", "/texts/ja.js", "/ask"),
    *("/embed/timeline", "/embed/map", "/embed?url=/timeline", "/embed/network?focus=hub"),
    *("/thing/hub.json", "/cite/page/hub", "/cite/page/hub.bib"),
    "/sparql/table?query=ASK%20%7B%7D",
)
QUERIES = (
    f"SELECT * {{ GRAPH <{hostile.ADDED.value}> {{ ?s ?p ?o }} }}",
    f"SELECT ?o {{ <{THING}windy> ?p ?o }}",
    f"SELECT ?o {{ <{THING}nodes> ?p ?o }}",
    f"CONSTRUCT WHERE {{ GRAPH <{hostile.ADDED.value}> {{ ?s ?p ?o }} }}",
    f"DESCRIBE <{THING}nodes>",
    f"DESCRIBE <{THING}windy>",
    f"DESCRIBE <{THING}nameless>",
    f"ASK {{ <{THING}hub> ?p ?o }}",
)


@pytest.fixture(scope="module")
def grown(built: Store) -> Store:
    return hostile.hostile(built)


@pytest.fixture(scope="module")
def site(grown: Store) -> Flask:
    return create_app({"TESTING": True}, store=grown)


@pytest.fixture(scope="module")
def reader(site: Flask) -> FlaskClient:
    client = site.test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER
    return client


@pytest.mark.parametrize("address", OF_A_THING)
def test_what_is_asked_of_a_thing_is_answered(reader: FlaskClient, address: str) -> None:
    for slug in (*hostile.slugs(), "spoke-0", "tenure-0", "replaced-0", "dated-0-startDate"):
        answered(reader.get(address.format(slug)))


@pytest.mark.parametrize("address", WHOLE)
def test_what_is_asked_of_everything_is_answered(reader: FlaskClient, address: str) -> None:
    answered(reader.get(address))


@pytest.mark.parametrize("query", QUERIES)
@pytest.mark.parametrize("form", ["html", "json", "xml", "csv", "tsv", *FORMATS])
def test_a_query_is_answered_in_every_format(reader: FlaskClient, query: str, form: str) -> None:
    answered(reader.get("/sparql", query_string={"query": query, "format": form}))


def test_every_panel_is_shown_and_has_a_question(reader: FlaskClient, grown: Store) -> None:
    for slug in ("hub", "every", "office", "officer", "kinds", "windy", "ring-partOf-0"):
        for name in sorted(PAGE_QUERIES | panel_queries(grown)):
            answered(reader.get(f"/page/{slug}/question/{name}"))
            answered(reader.get(f"/page/{slug}/panel/{name}"))


def test_a_page_says_what_it_has_no_room_for(reader: FlaskClient) -> None:
    where = '<a href="/data/{}.trig">{} in the data</a>'
    windy = reader.get("/page/windy").text
    assert f"shortened: the data has all {hostile.LONG:,} characters" in windy
    assert where.format("named", "more names") in reader.get("/page/named").text
    assert where.format("kinds", "more") in reader.get("/page/kinds").text
    assert where.format("motley", "see all") in reader.get("/page/motley").text
    assert re.search(r"other relations, 1,6\d\d more", reader.get("/network?focus=motley").text)
    assert where.format("every", "see all") in reader.get("/page/every").text


def test_every_class_is_listed_in_every_order(reader: FlaskClient, grown: Store) -> None:
    names = [
        iri.removeprefix(TERM) for iri in read_vocabulary(grown).classes if iri.startswith(TERM)
    ]
    for name in names:
        answered(reader.get(f"/class/{name}?order=day"))
    for order in ("name", "degree"):
        for form in ("html", "json"):
            answered(reader.get(f"/class/Event?order={order}&format={form}"))


def test_every_kind_of_address_is_walked(site: Flask) -> None:
    of_a_thing = {address.format("hub") for address in OF_A_THING}
    others = {"/sparql", "/class/State", "/page/hub/panel/events", "/page/hub/question/events"}
    walked = {_endpoint(site, address) for address in of_a_thing | set(WHOLE) | others}
    # In these is nothing of the graph, or only of the part that a build checks.
    apart = {"static", "crawlers.redirect_to_icon", "snippets.show_snippets"}
    apart |= {"sources.show_source", "sources.show_sentence", "sources.send_record"}
    apart |= {"signposting.send_linkset_of_source"}
    apart |= {"statements.show_statement", "statements.send_statement", "embedded.embed_statement"}
    # These are of the archive of saved questions, which an owner turns on.
    apart |= {"saved.show_question", "changes_feed.send_changes"}
    # This reads what two hubs share, and has not been measured on them.
    apart |= {"together.show_together"}
    # These ask another dataset.
    apart |= {"look.show_record", "look.send_image"}
    known = {r.endpoint for r in site.url_map.iter_rules() if "GET" in (r.methods or set())}
    assert known - walked - apart == set()


@cache
def _endpoint(site: Flask, address: str) -> str:
    endpoint, _ = site.url_map.bind("localhost").match(address.partition("?")[0])
    return str(endpoint)


def answered(answer: TestResponse) -> None:
    """Check that an answer is no failure of ours, has a bound if it is a page, and reads back."""
    assert answer.status_code < 500, answer.request.path
    assert answer.mimetype != "text/html" or len(answer.data) < LARGEST_PAGE, answer.request.path
    if answer.mimetype.endswith("json"):
        json.loads(answer.text, parse_constant=_refuse)
    elif answer.mimetype.endswith("xml"):
        ET.fromstring(answer.data)  # noqa: S314 - it is our own answer


def _refuse(word: str) -> None:
    raise AssertionError(f"{word} is no JSON")
