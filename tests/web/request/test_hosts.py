"""Which hosts are answered, and that no answer with one host in it is sent to another."""

import re
from pathlib import Path
from threading import Event

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.store.store import Store
from tests.web.serving.test_headers import ANSWERS
from tests.web.serving.test_response_cache import counted
from web import create_app
from web.request.hosts import address
from web.root_path import RootPath
from web.serving.prerender import render

HOLDING = [
    "/",
    "/sparql",
    "/sparql?query=ASK%20%7B%7D",
    "/sparql/snippets?query=ASK%20%7B%7D",
    "/opensearch.xml",
    "/suggest?q=ruri",
    "/robots.txt",
    "/sitemap.xml",
    "/sitemap/1.xml",
    "/feeds/sources.atom",
    "/feeds/page/ruritania.atom",
    "/calendar.ics",
]
RELATIVE = "SELECT (<s> AS ?x) {}"


def site(tiny: list[Quad], hosts: str = "") -> FlaskClient:
    client = create_app({"TESTING": True, "HOSTS": hosts}, Store.of(tiny)).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html, */*;q=0.8"
    return client


@pytest.mark.parametrize("hosts", ["", "one.example, two.example"])
def test_no_answer_holds_a_host_that_another_client_named(tiny: list[Quad], hosts: str) -> None:
    client = site(tiny, hosts)
    for _, path, _ in ANSWERS:
        with client.get(path, base_url="http://one.example") as first:
            holds = b"one.example" in first.data
        with client.get(path, base_url="http://two.example") as second:
            assert b"one.example" not in second.data, path
            assert (b"two.example" in second.data) == holds, path


@pytest.mark.parametrize("path", HOLDING)
def test_an_answer_that_holds_the_host_is_made_for_each(tiny: list[Quad], path: str) -> None:
    client = site(tiny)
    for host in ("one.example", "two.example:8000", "one.example"):
        # Folded lines of calendars may end anywhere.
        body = re.sub(rb"\r\n ", b"", client.get(path, base_url=f"http://{host}").data)
        assert f"http://{host}".encode() in body


def test_an_answer_without_a_host_in_it_is_shared_by_all(tiny: list[Quad]) -> None:
    answers, client = counted(tiny)
    for host in ("one.example", "127.0.0.1:8000", "[::1]", "two.example"):
        client.get("/sparql?query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D", base_url=f"http://{host}")
    assert answers.asked == 1


def test_relative_iris_are_so_to_the_address_that_was_asked(tiny: list[Quad]) -> None:
    answers, client = counted(tiny)
    for path in ("/sparql", "/sparql"):
        for host in ("one.example", "two.example"):
            found = client.get(path, query_string={"query": RELATIVE}, base_url=f"http://{host}")
            row = found.get_json(force=True)["results"]["bindings"][0]
            assert row["x"]["value"] == f"http://{host}/s"
    # The host is anybody's word, so nothing that holds it is kept.
    assert answers.asked == 4


def test_what_holds_a_host_of_ours_is_kept_for_that_host(tiny: list[Quad]) -> None:
    answers, client = counted(tiny, HOSTS="one.example two.example")
    for _ in range(3):
        for host in ("one.example", "two.example"):
            found = client.get(
                "/sparql", query_string={"query": RELATIVE}, base_url=f"http://{host}"
            )
            assert f"http://{host}/s" in found.text
    assert answers.asked == 2


@pytest.mark.parametrize("path", ["/", "/page/ruritania", "/sparql?query=ASK%20%7B%7D", "/nowhere"])
def test_another_host_is_misdirected(tiny: list[Quad], path: str) -> None:
    client = site(tiny, "graph.example")
    for base in ("http://graph.example", "https://GRAPH.example:8443"):
        assert client.get(path, base_url=base).status_code in {200, 404}
    for base in ("http://evil.example", "http://127.0.0.1", "http://graph.example.evil"):
        answer = client.get(path, base_url=base)
        assert answer.status_code == 421
        assert "KG_HOSTS" in answer.text


@pytest.mark.parametrize("host", ["", "a b", "a/../b", "gräf", "graph.example:99999"])
def test_what_is_no_host_is_a_bad_request(tiny: list[Quad], host: str) -> None:
    answer = site(tiny, "graph.example").get("/", headers={"Host": host})
    assert answer.status_code == 400


def test_health_is_told_to_who_asks_by_number(tiny: list[Quad]) -> None:
    for hosts in ("", "graph.example"):
        client = site(tiny, hosts)
        for path in ("/healthz", "/metrics"):
            assert client.get(path, base_url="http://10.0.0.1:8000").status_code == 200
    assert site(tiny).get("/page/ruritania", base_url="http://10.0.0.1").status_code == 200


def test_pages_are_rendered_ahead_whatever_the_hosts(tiny: list[Quad]) -> None:
    app = create_app({"TESTING": True, "HOSTS": "graph.example"}, Store.of(tiny))
    render(app, Event())
    assert app.extensions["aide-memoire.pages"].get(
        ("test", app.config["REVISION"], RootPath(), "en", "page ruritania")
    )


def test_one_place_reads_the_host() -> None:
    reads = re.compile(
        r"request\.(host|url_root|root_url|url|base_url|host_url|scheme)\b|HTTP_HOST"
    )
    web = Path(str(address.__code__.co_filename)).parent
    readers = {
        path.name
        for path in (*web.glob("*.py"), *web.glob("templates/**/*.*ml"))
        if reads.search(path.read_text())
    }
    assert readers == {"hosts.py"}
