from pathlib import Path
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.index.statement_keys import statement_key
from kg.model.named_graphs import ENTITIES, with_default_graph
from kg.model.prefixes import THING, node
from kg.store.builds import Builds
from tests.publishing import publish
from web import create_app

HOST = statement_key(
    NamedNode(THING + "strelsau-meeting"), node("dip:host"), NamedNode(THING + "ruritania")
)
PAGES = [
    "/page/ruritania",
    "/page/ruritania/to/host",
    "/source/gazette-1894",
    "/source/gazette-1894/p1s1",
    "/sources",
    f"/statement/{HOST}",
    "/class/State",
    "/search?q=ruritania",
    "/timeline",
    "/map",
    "/network?focus=ruritania",
    "/sparql?query=" + quote("ASK {}"),
]


@pytest.fixture(scope="module")
def twice(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> tuple[FlaskClient, str]:
    """Serve the second of two builds; return a client and the number of the first."""
    builds = tmp_path_factory.mktemp("builds")
    first = publish(builds, tiny)
    name = Literal("Kingdom of Sylvania", language="en")
    more = Quad(NamedNode(THING + "sylvania"), node("skos:altLabel"), name, ENTITIES)
    publish(builds, with_default_graph([*tiny, more]))
    client = create_app({"TESTING": True}, store=Builds(builds).open()).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client, first.number


def with_build(path: str, number: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}build={number}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_cited_from_another_build_says_so(twice: tuple[FlaskClient, str], path: str) -> None:
    client, former = twice
    plain = client.get(path)
    assert "Cited from build" not in plain.text
    page = client.get(with_build(path, former))
    assert page.status_code == 200
    assert f"Cited from build {former}" in page.text
    # The page without a build was not replaced in the cache.
    assert "Cited from build" not in client.get(path).text


@pytest.mark.parametrize("path", PAGES)
def test_an_unknown_build_is_not_found(twice: tuple[FlaskClient, str], path: str) -> None:
    client, _ = twice
    for number in ("0123456789ab", "x", "%00", "a" * 300):
        page = client.get(with_build(path, number))
        assert page.status_code == 404, number
        assert "build called" in page.text


def test_the_build_that_is_served_has_nothing_to_say(twice: tuple[FlaskClient, str]) -> None:
    client, former = twice
    page = client.get(f"/page/ruritania?build={former}").text
    shown = page.partition("this is build ")[2][:12]
    assert shown not in ("", former)
    assert "Cited from" not in client.get(f"/page/ruritania?build={shown}").text


def test_data_of_a_former_build_is_refused(twice: tuple[FlaskClient, str]) -> None:
    client, former = twice
    for path in (
        "/timeline?format=json",
        f"/statement/{HOST}?format=ttl",
        "/class/State?format=csv",
    ):
        answer = client.get(with_build(path, former), headers={"Accept": "application/json"})
        assert answer.status_code == 404
        assert answer.json
        assert "is not served any more; this is build" in answer.json["detail"]
        shown = answer.json["build"]
        assert client.get(with_build(path, shown)).status_code == 200


def test_an_identifier_leads_to_the_page_with_the_build(twice: tuple[FlaskClient, str]) -> None:
    client, former = twice
    answer = client.get(f"/id/ruritania?build={former}")
    assert (answer.status_code, answer.headers["Location"]) == (
        303,
        f"/page/ruritania?build={former}",
    )


def test_without_a_build_to_serve_an_error_is_still_told(tmp_path: Path) -> None:
    client = create_app({"TESTING": True, "BUILDS": str(tmp_path), "WORKERS": 1}).test_client()
    assert client.get("/page/ruritania?build=0123456789ab").status_code == 503
