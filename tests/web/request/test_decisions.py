"""One kept answer for all requests whose headers decide the same, and for no others."""

from collections.abc import Iterable
from typing import Any

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad
from werkzeug.test import Client

from kg.federation.federation import Federation
from kg.store.store import Store
from kg.workers.pool import InProcessRunner
from kg.workers.query_limits import Limits
from tests.web.conftest import BROWSER
from tests.web.serving.test_response_cache import counted
from web.serving.cache import Cache
from web.serving.current_build import BuildSource
from web.serving.observe import Observer
from web.serving.public_queries import PublicQueries
from web.serving.response_cache import ResponseCache


class Behind:
    """Answers every request alike, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, _: dict[str, Any], start: Any) -> Iterable[bytes]:
        self.asked += 1
        headers = [("Content-Type", "text/html"), ("ETag", f'W/"{self.asked}"')]
        start("200 OK", headers)
        return [b"x" * 1000]


def front() -> tuple[Behind, Client]:
    behind = Behind()
    store = Store.of([], "1")
    queries = PublicQueries(InProcessRunner(store, Federation()), Observer(log=False), Limits())
    source = BuildSource(lambda: store, lambda: store)
    cache = ResponseCache(behind, queries, Cache(10_000_000), source, "revision")
    # Else the client sends cookies of its own.
    return behind, Client(cache, use_cookies=False)


@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/timeline", [{"Accept": BROWSER}, {"Accept": "text/html"}, {}, {"Accept": "text/*"}]),
        ("/timeline", [{"Accept-Language": tag} for tag in ("ja", "ja, en;q=0.5", "de, ja;q=0.9")]),
        ("/timeline", [{"Cookie": f"a={n}; language=ru"} for n in range(3)]),
        ("/timeline", [{"Accept-Encoding": code} for code in ("gzip", "br, gzip;q=0.5", "*")]),
        ("/data/japan.ttl", [{"Accept": kind} for kind in ("text/html", "text/turtle", "x/y")]),
        ("/page/japan", [{"Accept": f"text/html;q=0.{n}"} for n in range(1, 9)]),
        ("/page/japan", [{"Host": f"h{n}.example"} for n in range(3)]),
        ("/page/japan", [{"User-Agent": f"a{n}"} for n in range(3)]),
        ("/page/japan", [{"If-None-Match": "*"}, {"Range": "bytes=0-1"}, {"If-Match": '"a"'}]),
    ],
)
def test_what_decides_the_same_is_made_once(path: str, headers: list[dict[str, str]]) -> None:
    behind, client = front()
    for each in headers:
        client.get(path, headers=each)
    assert behind.asked == 1


@pytest.mark.parametrize(
    "headers",
    [
        [{"Accept-Language": f"{'x-y;q=0.1,' * 300}{tag}"} for tag in ("en", "ja", "ru")],
        [{"Accept": f"{'a/b;q=0.1,' * 300}{kind}"} for kind in ("text/html", "application/json")],
        [{"Accept-Encoding": f"{'x;q=0.1,' * 300}{code}"} for code in ("gzip", "br")],
    ],
    ids=["language", "kind", "coding"],
)
def test_what_decides_otherwise_is_not_shared_however_late_it_stands(
    headers: list[dict[str, str]],
) -> None:
    behind, client = front()
    for _ in range(2):
        for each in headers:
            client.get("/timeline", headers=each)
    assert behind.asked == len(headers)


def test_arguments_are_the_same_however_they_are_escaped_and_no_others() -> None:
    behind, client = front()
    same = ["kind=State&q=a+b", "kind=%53tate&q=a%20b", "kind=State&&q=a+b&", "&kind=State&q=a+b"]
    for query in (*same, "utm_source=x&kind=State&fbclid=y&q=a+b"):
        client.get(f"/search?{query}")
    assert behind.asked == 1
    for query in ("kind=State&q=a%2Bb", "kind=State&q=a+c", "kind=State", "", "q=%ff", "q=%fe"):
        client.get(f"/search?{query}")
    assert behind.asked == 7


def test_posts_are_told_apart_by_their_kind_and_body() -> None:
    behind, client = front()
    query, form = "application/sparql-query", "application/x-www-form-urlencoded"
    for kind in (query, f"{query}; charset=utf-8", form, f"{form};charset=UTF-8"):
        for body in (b"query=a", b"query=b"):
            client.post("/sparql", data=body, content_type=kind)
    assert behind.asked == 4


def test_the_tag_is_of_what_was_decided(client: FlaskClient) -> None:
    for path in ("/timeline", "/page/ruritania", "/id/ruritania?format=nt", "/graph/links"):
        tags = {
            client.get(path, headers={"Accept": kind}).headers.get("ETag")
            for kind in (BROWSER, "text/html", "text/html, x/y;q=0.2")
        }
        assert len(tags) == 1, path


def test_a_tag_taken_with_other_headers_that_decide_the_same_will_do(tiny: list[Quad]) -> None:
    ask = {"query": "SELECT * { ?s ?p ?o }"}
    taken = counted(tiny)[1].get("/sparql", query_string=ask, headers={"Accept": "text/csv"})
    answers, client = counted(tiny)
    again = client.get(
        "/sparql",
        query_string=ask,
        headers={"Accept": "text/csv;q=0.9, x/y", "If-None-Match": taken.headers["ETag"]},
    )
    assert (again.status_code, answers.asked) == (304, 0)
