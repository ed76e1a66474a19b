"""Which responses are cached and sent again, and which are there at once."""

import gzip
from collections.abc import Iterable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Response

from kg.endpoint.request import QueryRequest, QueryResult
from kg.federation.federation import Federation
from kg.model.errors import KGError
from kg.store.store import Store
from kg.workers.pool import InProcessRunner
from web import create_app
from web.edge.wsgi import respond_at_once
from web.serving.cached_response import CachedResponse, capture

ROWS = "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o"
JSON = {"Accept": "application/json"}
PLAIN, LONG = {"query": ROWS}, {"query": ROWS, "timeout": ""}


class Counted:
    """Answers from a store, counts how often it was asked, and keeps the handles it was given."""

    def __init__(self, store: Store) -> None:
        self.asked = 0
        self.handles: list[str] = []
        self.stopped: list[str] = []
        self._inside = InProcessRunner(store, Federation())

    def run(self, question: QueryRequest) -> QueryResult:
        self.asked += 1
        self.handles.append(question.handle)
        return self._inside.run(question)

    def cancel(self, handle: str) -> bool:
        self.stopped.append(handle)
        return handle in self.handles


def counted(tiny: Iterable[Quad], **config: object) -> tuple[Counted, FlaskClient]:
    store = Store.of(tiny)
    answers = Counted(store)
    return answers, create_app({"TESTING": True} | config, store, answers).test_client()


@pytest.mark.parametrize("fields", [PLAIN, LONG], ids=["short", "long"])
def test_a_question_is_stopped_by_the_handle_that_came_with_it(
    tiny: list[Quad], fields: dict[str, str]
) -> None:
    answers, client = counted(tiny)
    handle = "0123456789abcdef0123456789abcdef"
    client.get("/sparql", query_string=fields, headers={"Query-Handle": handle})
    assert client.post("/sparql/stop", data={"handle": handle}).status_code == 204
    assert answers.handles == answers.stopped == [handle]


@pytest.mark.parametrize("fields", [PLAIN, LONG], ids=["short", "long"])
def test_a_repeated_question_is_not_asked_again(tiny: list[Quad], fields: dict[str, str]) -> None:
    answers, client = counted(tiny)
    first, second = (client.get("/sparql", query_string=fields) for _ in range(2))
    assert answers.asked == 1
    assert (first.data, list(first.headers)) == (second.data, list(second.headers))


def test_posted_questions_are_kept_too_and_carry_no_tag(tiny: list[Quad]) -> None:
    answers, client = counted(tiny)
    kind = "application/sparql-query"
    for _ in range(2):
        found = client.post("/sparql", data=ROWS.encode(), content_type=kind)
        assert "ETag" not in found.headers
    client.post("/sparql", data=PLAIN)
    client.post("/sparql", data=PLAIN)
    assert answers.asked == 2


@pytest.mark.parametrize("query", ["SELECT (RAND() AS ?x) {}", "SELECT (NOW() AS ?x) {}"])
def test_what_changes_by_itself_is_asked_again(tiny: list[Quad], query: str) -> None:
    answers, client = counted(tiny)
    for fields in ({"query": query}, {"query": query, "timeout": ""}):
        for _ in range(2):
            found = client.get("/sparql", query_string=fields)
            assert found.headers["Cache-Control"] == "no-store"
    assert answers.asked == 4


def test_a_failure_is_told_once_and_not_kept(tiny: list[Quad]) -> None:
    answers, client = counted(tiny)
    for asked in (1, 2):
        assert client.get("/sparql?query=ASK").status_code == 400
        assert answers.asked == asked


def test_with_no_room_nothing_is_kept(tiny: list[Quad]) -> None:
    answers, client = counted(tiny, CACHE_BYTES=0)
    for _ in range(2):
        client.get("/sparql", query_string=PLAIN)
    assert answers.asked == 2


@pytest.mark.parametrize("fields", [PLAIN, LONG], ids=["short", "long"])
def test_who_has_the_answer_gets_none_and_nobody_is_asked(
    tiny: list[Quad], fields: dict[str, str]
) -> None:
    first = counted(tiny)[1].get("/sparql", query_string=fields)
    answers, client = counted(tiny)
    for _ in range(2):
        again = client.get(
            "/sparql", query_string=fields, headers={"If-None-Match": first.headers["ETag"]}
        )
        assert (again.status_code, again.data) == (304, b"")
        for name in ("ETag", "Vary", "Cache-Control"):
            assert again.headers[name] == first.headers[name]
    assert answers.asked == 0


@pytest.mark.parametrize("path", ["/sparql?query=" + ROWS, "/page/ruritania", "/assets/style.css"])
def test_who_reads_gzip_gets_gzip(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers={"Accept-Encoding": "gzip"}) as packed:
        assert "Content-Encoding" not in plain.headers
        assert packed.headers["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.data) == plain.data
        assert int(packed.headers["Content-Length"]) == len(packed.data) < len(plain.data)
        for answer in (plain, packed):
            assert "Accept-Encoding" in answer.headers["Vary"]


def test_who_refuses_gzip_gets_none(client: FlaskClient) -> None:
    headers = {"Accept-Encoding": "gzip;q=0, br"}
    answer = client.get("/sparql", query_string=PLAIN, headers=headers)
    assert "Content-Encoding" not in answer.headers


def test_what_is_small_is_not_packed(client: FlaskClient) -> None:
    answer = client.get("/sparql?query=ASK%7B%7D", headers={"Accept-Encoding": "gzip"})
    assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/sparql?query=ASK%7B%7D", "/page/ruritania", "/nowhere"])
def test_head_tells_what_get_would_send(client: FlaskClient, path: str) -> None:
    head, got = client.head(path), client.get(path)
    assert (head.status_code, head.data) == (got.status_code, b"")
    assert list(head.headers) == list(got.headers)


def test_an_answer_of_another_build_is_not_kept_as_of_this_one(tiny: list[Quad]) -> None:
    old = Counted(Store.of(tiny, "old"))
    client = create_app({"TESTING": True}, Store.of(tiny, "new"), old).test_client()
    for asked in (1, 2):
        found = client.get("/sparql", query_string=PLAIN)
        assert (old.asked, "ETag" in found.headers) == (asked, False)


def test_without_a_build_the_endpoint_says_so(tmp_path: pytest.TempPathFactory) -> None:
    class Nobody:
        def run(self, question: QueryRequest) -> QueryResult:
            raise KGError(question.query)

    app = create_app({"BUILDS": str(tmp_path)}, runner=Nobody())
    answer = app.test_client().get("/sparql?query=ASK%7B%7D")
    assert answer.status_code == 503
    assert "kg build" in answer.get_json()["detail"]


def test_behind_a_proxy_an_answer_is_kept_by_the_scheme_that_was_asked_in(
    tiny: list[Quad],
) -> None:
    client = create_app({"TESTING": True, "PROXIES": 1}, Store.of(tiny)).test_client()
    for scheme in ("https", "http", "https"):
        body = client.get("/sitemap.xml", headers={"X-Forwarded-Proto": scheme}).text
        assert f"<loc>{scheme}://" in body


def try_at_once(
    app: Flask, path: str, query: str = "", method: str = "GET", **headers: str
) -> CachedResponse | None:
    builder = EnvironBuilder(
        path=path, query_string={"query": query} if query else {}, method=method
    )
    environ = builder.get_environ() | {"HTTP_ACCEPT": "application/json"} | headers
    return respond_at_once(app.wsgi_app, environ)


def test_at_once_is_answered_what_is_cached_or_looked_up(tiny: Iterable[Quad]) -> None:
    store = Store.of(tiny)
    app = create_app({"TESTING": True}, store, InProcessRunner(store, Federation()))
    lookup = "SELECT ?p { <https://w3id.org/aide-memoire/id/sylvania> ?p ?o }"
    assert try_at_once(app, "/sparql", lookup).status == "200 OK"
    assert try_at_once(app, "/sparql", ROWS) is None
    assert try_at_once(app, "/sparql", lookup, "HEAD") is None
    assert try_at_once(app, "/page/sylvania") is None
    first = app.test_client().get("/sparql", query_string=PLAIN, headers=JSON)
    assert try_at_once(app, "/sparql", ROWS).body == first.data
    same = try_at_once(app, "/sparql", ROWS, HTTP_IF_NONE_MATCH=first.headers["ETag"])
    assert same.status.startswith("304")


def test_added_statements_are_looked_up_here_once_they_are_open(tiny: list[Quad]) -> None:
    japan = NamedNode("https://w3id.org/aide-memoire/id/japan")
    added = Quad(japan, NamedNode("urn:added"), Literal("beside ours"), DefaultGraph())
    store = Store.of(tiny)
    store.completed_by(lambda: Store.of([*tiny, added]))
    answers = Counted(store)
    app = create_app({"TESTING": True, "CACHE_BYTES": 0}, store, answers)
    assert try_at_once(app, "/sparql", LOOKUP) is None
    first = app.test_client().get("/sparql", query_string={"query": LOOKUP}, headers=JSON)
    assert b"beside ours" in first.data
    assert try_at_once(app, "/sparql", LOOKUP).body == first.data
    assert answers.asked == 0


def test_the_complete_build_is_opened_for_look_ups_alone(tiny: list[Quad]) -> None:
    opened: list[Store] = []
    store = Store.of(tiny)
    store.completed_by(lambda: opened.append(store) or store)
    client = create_app({"TESTING": True}, store, Counted(store)).test_client()
    for query, times in ((ROWS, 0), (LOOKUP, 1)):
        assert client.get("/sparql", query_string={"query": query}).status_code == 200
        assert len(opened) == times


def test_a_query_that_fails_is_run_once(tiny: list[Quad]) -> None:
    answers, client = counted(tiny)
    response = client.get("/sparql", query_string={"query": "SELECT * { ?s }"}, headers=JSON)
    assert (response.status_code, response.mimetype) == (400, "application/problem+json")
    assert answers.asked == 1


@pytest.mark.parametrize(
    "query", [ROWS, "CONSTRUCT WHERE { ?s ?p ?o }", "ASK {}", "SELECT (RAND() > 2 AS ?n) {}"]
)
@pytest.mark.parametrize("accept", ["", "application/json", "text/csv", "text/turtle"])
def test_a_plain_query_is_answered_as_flask_answers_it(
    tiny: list[Quad], query: str, accept: str
) -> None:
    _, client = counted(tiny, CACHE_BYTES=0)
    # A handle changes nothing but for who answers.
    plain, named = (
        client.get("/sparql", query_string={"query": query}, headers={"Accept": accept, **more})
        for more in ({}, {"Query-Handle": "0123456789abcdef0123456789abcdef"})
    )
    assert plain.status_code == named.status_code
    assert dict(plain.headers) == dict(named.headers)
    assert plain.data == named.data


def test_a_lookup_with_too_large_a_result_is_left_to_a_thread(tiny: Iterable[Quad]) -> None:
    app = create_app({"TESTING": True, "RESULT_BYTES": 10}, Store.of(tiny))
    lookup = "SELECT ?p { <https://w3id.org/aide-memoire/id/sylvania> ?p ?o }"
    assert try_at_once(app, "/sparql", lookup) is None


def test_a_request_left_to_a_thread_is_answered_there_from_the_same_environment(
    tiny: Iterable[Quad],
) -> None:
    app = create_app({"TESTING": True}, Store.of(tiny))
    for method, path in (("HEAD", "/page/sylvania"), ("GET", "/page/sylvania")):
        environ = EnvironBuilder(path=path, method=method).get_environ()
        environ["HTTP_IF_NONE_MATCH"] = "*"
        assert respond_at_once(app.wsgi_app, environ) is None
        assert capture(app.wsgi_app, environ).status.startswith("304")
    environ = EnvironBuilder(path="/page/sylvania", method="HEAD").get_environ()
    assert respond_at_once(app.wsgi_app, environ) is None
    assert capture(app.wsgi_app, environ).body == b""


def test_a_posted_volatile_query_is_not_cached_on_a_page(tiny: list[Quad]) -> None:
    client = create_app({"TESTING": True}, Store.of(tiny)).test_client()
    fields = {"query": "SELECT (STRUUID() AS ?x) {}"}
    pages = {
        client.post("/sparql", data=fields, headers={"Accept": "text/html"}).text for _ in "ab"
    }
    assert len(pages) == 2


LOOKUP = "SELECT ?p ?o { <https://w3id.org/aide-memoire/id/japan> ?p ?o }"


@pytest.mark.parametrize("accept", ["", "application/json", "text/csv", "text/html, */*;q=0.1"])
@pytest.mark.parametrize("coding", ["", "gzip"])
def test_a_lookup_has_the_headers_that_flask_gives_any_query(
    tiny: list[Quad], accept: str, coding: str
) -> None:
    answers, client = counted(tiny)
    sent = {"Accept": accept, "Accept-Encoding": coding}
    # In a group of its own the same pattern is no look-up.
    plain, grouped = (
        client.get("/sparql", query_string={"query": query}, headers=sent)
        for query in (LOOKUP, LOOKUP.replace("{", "{ {") + " }")
    )
    page = "html" in accept
    assert answers.asked == 1 + page
    assert plain.status_code == grouped.status_code == 200
    varying = {"Content-Length", "ETag"} if page else {"ETag"}
    assert [name for name, _ in plain.headers] == [name for name, _ in grouped.headers]
    assert without(plain, varying) == without(grouped, varying)
    assert page or plain.data == grouped.data


def without(response: Response, names: set[str]) -> dict[str, str]:
    return {name: value for name, value in response.headers if name not in names}


def test_a_lookup_that_is_an_error_is_one_problem(tiny: list[Quad]) -> None:
    _, client = counted(tiny)
    query = "SELECT ?o { <https://w3id.org/aide-memoire/id/japan> nowhere:at ?o }"
    response = client.get("/sparql", query_string={"query": query}, headers=JSON)
    assert response.status_code == 400
    assert "nowhere" in response.get_json()["detail"]


def test_a_lookup_beside_another_query_is_an_error(tiny: list[Quad]) -> None:
    _, client = counted(tiny)
    two = [("query", LOOKUP), ("query", "ASK {}")]
    response = client.get("/sparql", query_string=two, headers=JSON)
    assert response.status_code == 400
    assert "query" in response.get_json()["detail"]
