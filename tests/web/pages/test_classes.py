"""Lists of the things of a class."""

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from tests.web.behind import NARROWED, answered
from web import create_app


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_a_class_narrows_by_actor_and_year(site: FlaskClient) -> None:
    found = site.get("/class/Event?actor=norland&year=2018&format=json").get_json()
    assert 0 < found["total"] < site.get("/class/Event?format=json").get_json()["total"]
    assert all(one["earliest"].startswith("2018") for one in found["results"])


@pytest.mark.parametrize("query", ["", *(one for one in NARROWED if "kind=Stance" not in one)])
def test_the_question_behind_a_class_has_the_same_answer(site: FlaskClient, query: str) -> None:
    path = f"/class/Event?{query}&format=json"
    pages = range(1, site.get(path).get_json()["pages"] + 1)
    listed = [one for n in pages for one in site.get(f"{path}&page={n}").get_json()["results"]]
    rows = answered(site, f"/class/Event?{query}")
    assert {row["thing"] for row in rows} == {one["iri"] for one in listed}


def test_a_class_says_how_many_of_how_many_are_listed(site: FlaskClient) -> None:
    total = site.get("/class/Event?format=json").get_json()["total"]
    some = site.get("/class/Event?actor=norland&format=json").get_json()["total"]
    assert f"{total} in the graph" in site.get("/class/Event").text
    page = site.get("/class/Event?actor=norland").text
    assert f"{some} of {total} in the graph" in page
    assert '<a class="whole" href="/class/Event">Clear all filters</a>' in page


def test_a_class_without_what_is_asked_for_says_so_and_how_to_go_on(site: FlaskClient) -> None:
    page = site.get("/class/Person?actor=norland&year=1900").text
    assert " in the graph" in page
    assert 'No results with these filters. Remove one, or <a href="/class/Person">' in page
    for other in ("year=1900", "actor=norland"):
        assert f'href="/class/Person?{other}" rel="nofollow" aria-label="remove the filter ' in page
    assert "Sort by" not in page


def test_what_is_no_order_is_told_so(site: FlaskClient) -> None:
    answer = site.get("/class/Event?order=size")
    assert answer.status_code == 400
    assert "“size” is not a valid order; use name, day or degree." in answer.text
