from itertools import permutations

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.store.store import Store
from web import create_app
from web.request.served_path import split_path

SERVICE = "SELECT%20*%20%7BSERVICE%20%3Ca:a%3E%20%7B%7D%7D"
ANSWERS = [
    ("GET", "/", 200),
    ("GET", "/page/ruritania", 200),
    ("GET", "/page/nobody", 404),
    ("GET", "/id/ruritania", 303),
    ("GET", "/id/nobody", 404),
    ("GET", "/id/ruritania?format=pdf", 406),
    ("GET", "/thing/ruritania.json", 200),
    ("GET", "/thing/nobody.json", 404),
    ("GET", "/data/sylvania.nt", 200),
    ("GET", "/data/sylvania.pdf", 404),
    ("GET", "/claim/dam-claim", 303),
    ("GET", "/claim/dam-claim/content", 303),
    ("GET", "/class/State", 200),
    ("GET", "/class/Nothing", 404),
    ("GET", "/search?q=ruritania", 200),
    ("GET", "/timeline", 200),
    ("GET", "/timeline?format=pdf", 406),
    ("GET", "/map", 200),
    ("GET", "/together/ruritania/sylvania", 200),
    ("GET", "/together/sylvania/ruritania", 303),
    ("GET", "/together/ruritania/ruritania", 400),
    ("GET", "/together/ruritania/nobody", 404),
    ("GET", "/ask", 200),
    ("GET", "/ask?who=ruritania", 200),
    ("GET", "/ask?who=Ruritania", 303),
    ("GET", "/ask?did=Nothing", 404),
    ("GET", "/ask?from=never", 400),
    ("GET", "/ask?format=pdf", 406),
    ("GET", "/network", 200),
    ("GET", "/network?focus=ruritania", 200),
    ("GET", "/network?find=sylvania", 303),
    ("GET", "/network?focus=nobody", 404),
    ("GET", "/network?focus=ruritania&relation=nothing", 404),
    ("GET", "/network.json?focus=ruritania", 200),
    ("GET", "/network.json?focus=nobody", 404),
    ("POST", "/network/layout", 400),
    ("GET", "/about", 200),
    ("GET", "/report?page=/page/ruritania", 200),
    ("GET", "/report?page=//elsewhere.example", 400),
    ("GET", "/opensearch.xml", 200),
    ("GET", "/suggest?q=ruri", 200),
    ("GET", "/ja/map", 200),
    ("GET", "/ja/nowhere", 404),
    ("GET", "/page/ruritania/to/host", 200),
    ("GET", "/page/ruritania/to/nothing", 404),
    ("GET", "/page/ruritania/panel/nothing", 404),
    ("GET", "/page/ruritania/question/incoming", 303),
    ("GET", "/page/ruritania/question/nothing", 404),
    ("GET", "/sources", 200),
    ("GET", "/feeds/sources.atom", 200),
    ("GET", "/feeds/page/ruritania.atom", 200),
    ("GET", "/feeds/page/nobody.atom", 404),
    ("GET", "/calendar.ics", 200),
    ("GET", "/calendar/ruritania.ics", 200),
    ("GET", "/calendar/nobody.ics", 404),
    ("GET", "/search?format=pdf", 406),
    ("GET", "/source/gazette-1894/record.json", 200),
    ("GET", "/source/gazette-1894", 200),
    ("GET", "/source/nothing", 404),
    ("GET", "/source/gazette-1894/p1s1", 200),
    ("GET", "/source/gazette-1894/p9s9", 404),
    ("GET", "/statement/0000000000000000", 404),
    ("GET", "/statement/0000000000000000.json", 404),
    ("GET", "/cite/page/ruritania", 200),
    ("GET", "/cite/page/ruritania.bib", 200),
    ("GET", "/cite/page/nobody.ris", 404),
    ("GET", "/embed?url=/timeline", 200),
    ("GET", "/embed/timeline", 200),
    ("GET", "/embed/map", 200),
    ("GET", "/embed/network?focus=ruritania", 200),
    ("GET", "/embed/statement/0000000000000000", 404),
    ("GET", "/oembed?url=https://example.org/", 404),
    ("GET", "/graph/links", 200),
    ("GET", "/graph/nothing", 404),
    ("GET", "/graph-store?default", 200),
    ("GET", "/graph-store", 400),
    ("PUT", "/graph-store?default", 403),
    ("GET", "/ontology", 200),
    ("GET", "/ontology.nt", 200),
    ("GET", "/ontology.doc", 404),
    ("GET", "/.well-known/void", 303),
    ("GET", "/void/classes", 404),
    ("GET", "/void/classes/2", 404),
    ("GET", "/void/complete", 303),
    ("GET", "/query/nothing", 404),
    ("GET", "/dump/aide-memoire.nt", 200),
    ("GET", "/dump/aide-memoire.doc", 404),
    ("GET", "/dump/SHA256SUMS", 200),
    ("GET", "/dump/", 303),
    ("GET", "/data", 200),
    ("GET", "/data/croissant.json", 200),
    ("GET", "/CITATION.cff", 200),
    ("GET", "/feeds/releases.atom", 200),
    ("GET", "/catalogue", 303),
    ("GET", "/linkset/page/ruritania", 200),
    ("GET", "/linkset/page/nobody", 404),
    ("GET", "/linkset/source/gazette-1894", 200),
    ("GET", "/linkset/source/nothing", 404),
    ("GET", "/linkset/data", 200),
    ("GET", "/sparql", 200),
    ("GET", "/sparql?query=ASK%20%7B%7D", 200),
    ("GET", "/sparql?query=ASK", 400),
    ("GET", "/sparql?query=" + SERVICE, 400),
    ("GET", "/sparql/names?iri=https://w3id.org/aide-memoire/id/ruritania", 200),
    ("GET", "/sparql/snippets?query=ASK%20%7B%7D", 200),
    ("GET", "/sparql/table?query=ASK%20%7B%7D", 200),
    ("GET", "/query/none.csv", 404),
    ("GET", "/same-as?iri=none", 404),
    ("GET", "/notebook.ipynb", 200),
    ("POST", "/q", 400),
    ("GET", "/q/nothing", 404),
    ("GET", "/q/nothing.atom", 404),
    ("GET", "/reconcile", 200),
    ("GET", "/reconcile?query=ruritania", 200),
    ("GET", "/reconcile?queries=x", 400),
    ("GET", "/reconcile/features", 200),
    ("GET", "/reconcile/suggest/entity?prefix=ruri", 200),
    ("GET", "/reconcile/flyout/entity?id=nobody", 404),
    ("GET", "/reconcile/preview?id=ruritania", 200),
    ("GET", "/reconcile/extend/propose?type=State", 200),
    ("GET", "/reconcile/1.0", 200),
    ("POST", "/reconcile/1.0/match", 415),
    ("POST", "/reconcile/1.0/extend", 415),
    ("GET", "/reconcile/1.0/suggest/type?prefix=st", 200),
    ("GET", "/reconcile/1.0/preview?id=ruritania", 200),
    ("GET", "/reconcile/1.0/extend/propose", 200),
    ("GET", "/links", 200),
    ("GET", "/links/check", 200),
    ("GET", "/links/none.sssom.tsv", 404),
    ("GET", "/look/ruritania/m49", 404),
    ("GET", "/look/ruritania/m49/image", 404),
    ("GET", "/sparql/terms", 200),
    ("POST", "/sparql/stop", 204),
    ("POST", "/sparql/map", 400),
    ("POST", "/sparql/timeline", 400),
    ("OPTIONS", "/sparql", 200),
    ("POST", "/sparql", 411),
    ("PUT", "/sparql", 405),
    ("POST", "/page/ruritania", 405),
    ("GET", "/healthz", 200),
    ("GET", "/metrics", 200),
    ("GET", "/problem/query", 200),
    ("GET", "/problem/nothing", 404),
    ("GET", "/robots.txt", 200),
    ("GET", "/llms.txt", 200),
    ("GET", "/openapi.json", 200),
    ("GET", "/schema.txt", 200),
    ("GET", "/sitemap.xml", 200),
    ("GET", "/sitemap/1.xml", 200),
    ("GET", "/sitemap/0.xml", 404),
    ("GET", "/sitemap/99.xml", 404),
    ("GET", "/favicon.ico", 308),
    ("GET", "/assets/style.css", 200),
    ("GET", "/assets/nothing.css", 404),
    ("GET", "/texts/ja.js", 200),
    ("GET", "/texts/xx.js", 404),
    ("GET", "/nowhere", 404),
]


@pytest.mark.parametrize(("method", "path", "status"), ANSWERS)
def test_every_answer_forbids_other_hosts_and_may_be_read_by_them(
    browser: FlaskClient, method: str, path: str, status: int
) -> None:
    with browser.open(path, method=method) as answer:
        assert answer.status_code == status
        headers = answer.headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers.getlist("Access-Control-Allow-Origin") == ["*"]


def test_every_route_is_among_them(app: Flask) -> None:
    asked = app.url_map.bind("")
    reached = {
        asked.match(split_path(path.partition("?")[0])[1], method)[0]
        for method, path, status in ANSWERS
        if method in {"GET", "POST"} and status != 405 and not path.endswith("/nowhere")
    }
    assert reached == {rule.endpoint for rule in app.url_map.iter_rules()}


@pytest.mark.parametrize(
    "path", ["/", "/page/ruritania", "/ontology", "/data/sylvania.nt", "/sparql?query=ASK%20%7B%7D"]
)
def test_what_the_client_has_is_not_sent_again(browser: FlaskClient, path: str) -> None:
    first = browser.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('W/"')
    again = browser.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    for name in ("ETag", "Vary", "Cache-Control"):
        assert again.headers[name] == first.headers[name]


def test_what_the_client_has_is_known_before_any_work(client: FlaskClient) -> None:
    fields = {"query": "ASK {}"}
    tag = client.get("/sparql", query_string=fields).headers["ETag"]
    with client.application.test_request_context(
        "/sparql", query_string=fields, headers={"If-None-Match": f'"else", {tag}'}
    ):
        early = client.application.preprocess_request()
    assert early is not None
    assert early.status_code == 304  # type: ignore[union-attr]


def test_any_version_will_do_only_for_what_is_there(client: FlaskClient) -> None:
    headers = {"If-None-Match": "*"}
    assert client.get("/page/ruritania", headers=headers).status_code == 304
    assert client.get("/page/nobody", headers=headers).status_code == 404


def test_each_representation_has_its_own_version(client: FlaskClient) -> None:
    tags = {
        client.get("/ontology", headers={"Accept": accept}).headers["ETag"]
        for accept in ("text/html", "text/turtle", "application/n-triples")
    }
    assert len(tags) == 3


def test_build_path_and_revision_each_make_another_version(tiny: list[Quad]) -> None:
    stores = {number: Store.of(tiny, number) for number in ("1", "2")}

    def tag(number: str, revision: str, path: str) -> str:
        app = create_app({"TESTING": True, "REVISION": revision}, stores[number])
        return app.test_client().get(path).headers["ETag"]

    first = ("1", "a", "/page/ruritania")
    others = [("2", *first[1:]), ("1", "b", first[2]), (*first[:2], "/page/sylvania")]
    assert tag(*first) == tag(*first)
    assert all(tag(*one) != tag(*two) for one, two in permutations([first, *others], 2))


@pytest.mark.parametrize("call", ["RAND()", "now()", "UUID()", "STRUUID()", "BNODE()"])
def test_an_answer_that_changes_by_itself_has_no_version(client: FlaskClient, call: str) -> None:
    answer = client.get("/sparql", query_string={"query": f"SELECT ({call} AS ?x) {{}}"})
    assert (answer.status_code, answer.headers.get("ETag")) == (200, None)


def test_health_has_no_version(client: FlaskClient) -> None:
    answer = client.get("/healthz")
    assert "ETag" not in answer.headers
    assert answer.headers["Cache-Control"] == "no-store"


def test_only_text_has_a_charset(client: FlaskClient) -> None:
    kinds = {
        name: client.get(f"/data/sylvania.{name}").headers["Content-Type"]
        for name in ("ttl", "nt", "jsonld")
    }
    assert kinds == {
        "ttl": "text/turtle; charset=utf-8",
        "nt": "application/n-triples",
        "jsonld": "application/ld+json",
    }


def test_a_preflight_is_told_the_methods_and_headers(client: FlaskClient) -> None:
    answer = client.options("/sparql")
    assert "POST" in answer.headers["Access-Control-Allow-Methods"]
    assert {"Content-Type", "Query-Handle"} <= set(
        answer.headers["Access-Control-Allow-Headers"].split(", ")
    )


def test_assets_are_kept_for_a_year(client: FlaskClient) -> None:
    with client.get("/assets/style.css") as answer:
        assert answer.cache_control.max_age == 365 * 24 * 60 * 60
