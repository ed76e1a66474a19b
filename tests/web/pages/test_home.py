import html
import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.index.writer import index_name
from kg.model.prefixes import TERM, THING
from kg.sparql.named_queries import federated_queries
from kg.store.store import Store
from tests.publishing import publish
from web import create_app


def test_home_lists_what_there_is(browser: FlaskClient) -> None:
    page = browser.get("/").text
    assert '<a href="/class/State">state</a> <span class="count">2</span>' in page
    assert "Of rivers and kings" in page


def test_a_class_lists_its_members_and_their_own_classes(browser: FlaskClient) -> None:
    page = browser.get("/class/Agent").text
    assert '<a href="/page/rassendyll">Rudolf Rässendyll</a>' in page
    assert '<a href="/class/Person">person</a>' in page


def test_an_unknown_class_offers_near_ones(browser: FlaskClient) -> None:
    answer = browser.get("/class/Stat")
    assert answer.status_code == 404
    assert '<a href="/class/State">state</a>' in answer.text


def test_search_shows_the_name_that_matched(browser: FlaskClient) -> None:
    assert (
        "also <span><mark>Kingdom</mark> of Ruritania</span>"
        in browser.get("/search?q=kingdom").text
    )


def test_search_offers_near_names(browser: FlaskClient) -> None:
    page = browser.get("/search?q=silvannia").text
    assert "No results for" in page
    assert "Similar names" in page


def test_search_answers_in_json(client: FlaskClient) -> None:
    found = client.get("/search?q=RURI&format=json").get_json()
    assert [hit["page"] for hit in found["results"]] == ["/page/ruritania"]
    assert found["total"] == 1


def test_search_says_how_many_it_does_not_show(tiny: list[Quad]) -> None:
    label, state = (
        NamedNode("http://www.w3.org/2000/01/rdf-schema#label"),
        NamedNode(TERM + "State"),
    )
    kind = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
    isles = [NamedNode(f"{THING}isle-{n}") for n in range(60)]
    more = [Quad(isle, label, Literal(f"Isle {n}", language="en")) for n, isle in enumerate(isles)]
    store = Store.of([*tiny, *more, *(Quad(isle, kind, state) for isle in isles)])
    client = create_app({"TESTING": True}, store).test_client()
    page = client.get("/search?q=isle").text
    assert "60 results" in page
    assert 'rel="next" href="/search?q=isle&amp;page=2"' in page
    found = client.get("/search?q=isle&format=json").get_json()
    assert (len(found["results"]), found["total"]) == (50, 60)


def test_home_counts_facts_and_says_how_to_check_one(browser: FlaskClient) -> None:
    page = browser.get("/").text
    assert "<dt>facts</dt><dd>11</dd>" in page
    assert "the words to look for" in page


def test_crawlers_are_kept_from_asking(client: FlaskClient) -> None:
    assert "Disallow: /sparql?" in client.get("/robots.txt").text


def test_health_names_the_build(client: FlaskClient) -> None:
    assert client.get("/healthz").get_json() == {"status": "ok", "build": "test"}


@pytest.fixture
def builds(tmp_path: Path, tiny: list[Quad]) -> Path:
    publish(tmp_path / "builds", tiny)
    return tmp_path / "builds"


def truncate_index(builds: Path) -> None:
    path = builds / "current" / index_name()
    path.chmod(0o644)
    os.truncate(path, 5000)


def test_health_says_which_build_is_served_for_a_damaged_one(
    builds: Path, tiny: list[Quad]
) -> None:
    last = (builds / "current").readlink().name
    number = publish(builds, tiny[:-1]).number
    truncate_index(builds)
    client = create_app({"TESTING": True, "BUILDS": str(builds)}).test_client()
    answer = client.get("/healthz")
    told = answer.get_json()
    assert (answer.status_code, told["status"], told["build"]) == (200, "degraded", last)
    assert told["reason"].startswith(f"build {number} is damaged: {index_name()} is 5,000 bytes ")
    assert str(builds) not in answer.text
    assert client.get("/search?q=ruri").status_code == 200


def test_damage_under_a_served_build_is_503_until_it_is_built_again(
    builds: Path, tiny: list[Quad]
) -> None:
    client = create_app({"TESTING": True, "BUILDS": str(builds)}).test_client()
    number = client.get("/healthz").get_json()["build"]
    truncate_index(builds)
    page = client.get("/search?q=ruri&format=json")
    assert (page.status_code, page.get_json()["type"].rpartition("/")[2]) == (503, "damaged-build")
    answer = client.get("/healthz")
    assert (answer.status_code, answer.get_json()["status"]) == (503, "failing")
    assert publish(builds, tiny).number == number
    assert client.get("/healthz").get_json() == {"status": "ok", "build": number}
    assert client.get("/search?q=ruri&format=json").get_json()["total"] == 1


@pytest.mark.parametrize("allowed", ["", "https://query.wikidata.org/sparql"])
def test_questions_to_other_endpoints_are_offered_where_these_may_be_asked(
    corpus: Store, allowed: str
) -> None:
    site = create_app({"TESTING": True, "SERVICE_ENDPOINTS": allowed}, corpus).test_client()
    titles = [query.title for query in federated_queries(corpus.texts)]
    assert titles
    assert all((html.escape(title) in site.get("/").text) == bool(allowed) for title in titles)
