"""Look-through over HTTP: the page, its JSON and image, and all that can go wrong behind it."""

import threading
from collections.abc import Iterator
from pathlib import Path

import html5lib
import pytest
from flask.testing import FlaskClient

from kg.model.errors import KGError
from kg.store.store import Store
from tests.kg.outside import strelsau
from tests.kg.outside.stand_in import Dataset, Reply, dataset, trickle
from web import create_app

RECORD = "/wiki/Special:EntityData/Q901.ttl"
TURTLE = {"Content-Type": "text/turtle"}
PNG = b"\x89PNG\r\n\x1a\n" + bytes(20)
IMAGE = "/wiki/Special:FilePath/Strelsau%20castle.jpg?width=480"
CREDIT = (
    "/w/api.php?action=query&format=json&formatversion=2&prop=imageinfo&iiprop=extmetadata"
    "&iiextmetadatafilter=Artist%7CLicenseShortName%7CLicenseUrl&titles=File%3AStrelsau+castle.jpg"
)
BROWSER = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}


@pytest.fixture(scope="module")
def graph() -> Store:
    return strelsau.strelsau()


@pytest.fixture
def server() -> Iterator[Dataset]:
    with dataset() as running:
        running.reply(RECORD, Reply(strelsau.WIKIDATA.encode(), headers=TURTLE))
        running.reply(CREDIT, Reply(strelsau.CREDIT))
        running.reply(IMAGE, Reply(PNG, headers={"Content-Type": "image/png"}))
        yield running


def settings(server: Dataset, cache: Path) -> dict[str, object]:
    hosts = ("www.wikidata.org", "dbpedia.org", "commons.wikimedia.org")
    mirrors = " ".join(f"{host}={server.origin}" for host in hosts)
    return {"TESTING": True, "LOOK_LOCAL": mirrors, "LOOK_CACHE": str(cache)}


@pytest.fixture
def site(graph: Store, server: Dataset, tmp_path: Path) -> FlaskClient:
    return create_app(settings(server, tmp_path), store=graph).test_client()


def test_the_page_of_a_thing_asks_nobody_and_leads_there(
    site: FlaskClient, server: Dataset
) -> None:
    page = site.get("/page/strelsau", headers=BROWSER).text
    assert server.requests == []
    assert '<a class="by" href="/look/strelsau/wikidata?record=Q901" rel="nofollow">' in page
    # A dataset without records as RDF is not offered.
    assert "/look/strelsau/m49" not in page


def test_a_page_shows_both_sides_and_where_they_differ(site: FlaskClient) -> None:
    response = site.get("/look/strelsau/wikidata", headers=BROWSER)
    page = response.text
    html5lib.HTMLParser(strict=True).parse(page)
    assert response.status_code == 200
    assert "<h1>What Wikidata says</h1>" in page
    assert '<span class="mark differs">differs</span>' in page
    assert '<span class="mark">agrees, more exactly there</span>' in page
    assert "capital of &lt;b&gt;Ruritania&lt;/b&gt;" in page
    assert 'href="https://www.wikidata.org/wiki/Q901" rel="external nofollow"' in page
    assert 'href="https://spdx.org/licenses/CC0-1.0" rel="license external nofollow">' in page
    assert "Rudolf R, <a" in page
    assert 'src="/look/strelsau/wikidata/image?record=Q901"' in page
    # The other record that is linked, as less close.
    assert "/look/strelsau/wikidata?record=Q900" in page


def test_nothing_is_cached_or_indexed_but_the_record(site: FlaskClient, server: Dataset) -> None:
    for _ in range(2):
        response = site.get("/look/strelsau/wikidata", headers=BROWSER)
        assert response.headers["Cache-Control"] == "no-store"
        assert response.headers["X-Robots-Tag"] == "noindex, nofollow"
        assert "ETag" not in response.headers
        assert '<meta name="robots" content="noindex, nofollow">' in response.text
    assert [path for _, path in server.requests] == [RECORD, CREDIT]
    assert "Disallow: /look/" in site.get("/robots.txt").text


def test_another_process_has_the_same_cache(
    site: FlaskClient, graph: Store, server: Dataset, tmp_path: Path
) -> None:
    site.get("/look/strelsau/wikidata")
    other = create_app(settings(server, tmp_path), store=graph).test_client()
    assert other.get("/look/strelsau/wikidata/image?record=Q901").data == PNG
    assert [path for _, path in server.requests] == [RECORD, CREDIT, IMAGE]


def test_json_has_the_same(site: FlaskClient) -> None:
    answer = site.get("/look/strelsau/wikidata?format=json").get_json()
    assert answer["dataset"]["id"] == "wikidata"
    assert answer["record"] == "http://www.wikidata.org/entity/Q901"
    assert answer["description"] == {
        "text": "capital of <b>Ruritania</b>",
        "value": "capital of <b>Ruritania</b>",
        "lang": "en",
    }
    assert answer["image"]["licence"] == "CC BY-SA 4.0"
    start = next(row for row in answer["properties"] if row["label"] == "Start")
    assert start["here"] == [{"text": "May 1180", "value": "1180-05", "lang": ""}]
    assert [(row["value"], row["agreement"]) for row in start["there"]] == [
        ("1180-05-09", "agrees, more exactly there")
    ]
    assert site.get("/look/strelsau/wikidata", headers=JSON).get_json() == answer


def test_an_image_is_sent_as_checked(site: FlaskClient, server: Dataset) -> None:
    path = "/look/strelsau/wikidata/image?record=Q901"
    assert site.get(path).status_code == 404
    assert server.requests == []
    site.get("/look/strelsau/wikidata")
    for _ in range(2):
        response = site.get(path)
        assert (response.status_code, response.mimetype, response.data) == (200, "image/png", PNG)
        assert response.headers["X-Content-Type-Options"] == "nosniff"
        assert response.headers["Cache-Control"] == "max-age=86400"
        assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    assert len(server.requests) == 3


def test_what_is_no_image_is_not_sent(site: FlaskClient, server: Dataset) -> None:
    body, media = b"<svg onload='x'/>", {"Content-Type": "image/svg+xml"}
    server.reply(IMAGE, Reply(body, headers=media))
    site.get("/look/strelsau/wikidata")
    response = site.get("/look/strelsau/wikidata/image?record=Q901")
    assert response.status_code == 502
    assert response.get_json()["type"].endswith("/problem/outside")


FAILURES = {
    "no such record": (Reply(status=404), 502, "www.wikidata.org has no such record (HTTP 404)"),
    "broken": (Reply(status=500), 502, "www.wikidata.org answers HTTP 500"),
    "web page": (Reply(b"<p>", headers={"Content-Type": "text/html"}), 502, "which is not RDF"),
    "malformed": (Reply(b"<a> <b>", headers=TURTLE), 502, "cannot be read"),
    "huge": (Reply(headers={"Content-Length": "99000000"}), 502, "more than 16,000,000 bytes"),
    "private": (
        Reply(status=302, headers={"Location": "http://10.0.0.1/latest/meta-data"}),
        502,
        "10.0.0.1 is not asked",
    ),
    "cut": (Reply(b"<a>", headers={"Content-Length": "5000"}), 502, "ends before"),
}


@pytest.mark.parametrize("kind", FAILURES)
def test_a_failure_is_a_page_and_a_problem(site: FlaskClient, server: Dataset, kind: str) -> None:
    reply, status, message = FAILURES[kind]
    server.reply(RECORD, reply)
    page = site.get("/look/strelsau/wikidata", headers=BROWSER)
    assert page.status_code == status
    html5lib.HTMLParser(strict=True).parse(page.text)
    assert "Nothing can be shown: " in page.text
    assert "?." not in page.text
    assert message in page.text
    assert 'href="https://www.wikidata.org/wiki/Q901"' in page.text
    problem = site.get("/look/strelsau/wikidata", headers=JSON)
    assert problem.status_code == status
    assert problem.mimetype == "application/problem+json"
    assert message in problem.get_json()["detail"]
    assert page.headers["Cache-Control"] == "no-store"


def test_a_dataset_that_trickles_is_left_in_time(site: FlaskClient, server: Dataset) -> None:
    server.reply(RECORD, Reply(pieces=trickle(server), headers=TURTLE))
    problem = site.get("/look/strelsau/wikidata", headers=JSON)
    assert problem.status_code == 504
    assert problem.get_json()["detail"] == "www.wikidata.org did not answer within 5 s"
    assert problem.get_json()["type"].endswith("/problem/outside-timeout")


def test_a_dataset_that_is_not_there_is_said_to_be_so(
    graph: Store, server: Dataset, tmp_path: Path
) -> None:
    site = create_app(settings(server, tmp_path), store=graph).test_client()
    server.shutdown()
    server.server_close()
    page = site.get("/look/strelsau/wikidata", headers=BROWSER)
    assert page.status_code == 502
    assert "www.wikidata.org cannot be reached (Connection refused)" in page.text


def test_slow_datasets_leave_threads_to_others(site: FlaskClient, server: Dataset) -> None:
    release, arrived = threading.Event(), threading.Barrier(3)

    def pieces() -> Iterator[bytes]:
        arrived.wait(60)
        release.wait(60)
        yield strelsau.WIKIDATA.encode()

    server.reply(RECORD, Reply(pieces=pieces, headers=TURTLE))
    app = site.application
    statuses: list[int] = []

    def look() -> None:
        statuses.append(app.test_client().get("/look/strelsau/wikidata", headers=JSON).status_code)

    waiting = [threading.Thread(target=look) for _ in range(2)]
    for thread in waiting:
        thread.start()
    arrived.wait(60)
    refused = site.get("/look/strelsau/wikidata", headers=JSON)
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "3")
    assert "waits for as many other datasets" in refused.get_json()["detail"]
    assert site.get("/page/strelsau", headers=BROWSER).status_code == 200
    release.set()
    for thread in waiting:
        thread.join()
    assert len(statuses) == 2


def test_a_reader_has_so_many_looks_a_minute(site: FlaskClient, server: Dataset) -> None:
    server.reply(RECORD, Reply(status=404))
    statuses = [site.get("/look/strelsau/wikidata").status_code for _ in range(31)]
    assert statuses == [502] * 30 + [429]
    assert len(server.requests) == 30
    other = {"REMOTE_ADDR": "192.0.2.9"}
    assert site.get("/look/strelsau/wikidata", environ_base=other).status_code == 502


@pytest.mark.parametrize(
    ("name", "value"),
    [("Sec-Purpose", "prefetch;prerender"), ("Purpose", "prefetch"), ("X-Moz", "prefetch")],
)
def test_nothing_is_fetched_ahead(
    site: FlaskClient, server: Dataset, name: str, value: str
) -> None:
    response = site.get("/look/strelsau/wikidata", headers={name: value})
    assert response.status_code == 403
    assert server.requests == []


NOT_THERE = [
    "/look/strelsau/freebase",
    "/look/strelsau/m49",
    "/look/hentzau/wikidata",
    "/look/nowhere/wikidata",
    "/look/strelsau/wikidata?record=Q1",
    "/look/strelsau/wikidata?record=http%3A%2F%2F127.0.0.1%2F",
    "/look/hentzau/wikidata/image",
    "/look/%2e%2e/wikidata",
]


@pytest.mark.parametrize("path", NOT_THERE)
def test_only_links_of_ours_are_followed(site: FlaskClient, server: Dataset, path: str) -> None:
    assert site.get(path).status_code == 404
    assert server.requests == []


def test_a_record_that_is_only_close_says_so(site: FlaskClient, server: Dataset) -> None:
    record = strelsau.WIKIDATA.replace("Q901", "Q902").encode()
    server.reply("/wiki/Special:EntityData/Q902.ttl", Reply(record, headers=TURTLE))
    page = site.get("/look/zenda/wikidata", headers=BROWSER).text
    assert "differences are to be expected" in page
    assert "differences are" not in site.get("/look/strelsau/wikidata", headers=BROWSER).text


def test_a_server_may_be_set_to_ask_nobody(graph: Store, server: Dataset, tmp_path: Path) -> None:
    config = {**settings(server, tmp_path), "LOOK": "0"}
    site = create_app(config, store=graph).test_client()
    assert site.get("/look/strelsau/wikidata", headers=BROWSER).status_code == 404
    assert "/look/" not in site.get("/page/strelsau", headers=BROWSER).text
    assert server.requests == []


WRONG = ["www.wikidata.org", "example.org=http://127.0.0.1:1", "www.wikidata.org=127.0.0.1:1"]


@pytest.mark.parametrize("mirrors", WRONG)
def test_a_mirror_that_is_none_is_refused_at_the_start(graph: Store, mirrors: str) -> None:
    with pytest.raises(KGError, match=f"KG_LOOK_LOCAL: “{mirrors}” is no mirror"):
        create_app({"LOOK_LOCAL": mirrors}, store=graph)


def test_a_folder_that_was_made_goes_with_the_application(
    graph: Store, server: Dataset, tmp_path: Path
) -> None:
    site = create_app({**settings(server, tmp_path), "LOOK_CACHE": ""}, store=graph).test_client()
    assert site.get("/look/strelsau/wikidata", headers=BROWSER).status_code == 200
    assert site.get("/look/strelsau/wikidata/image?record=Q901").data == PNG
    assert list(tmp_path.iterdir()) == []
