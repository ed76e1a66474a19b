import json
import re
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import THING
from kg.store.store import Store
from tests.web.behind import NARROWED, answered
from web import create_app


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


@pytest.fixture(scope="module")
def live(built: Store) -> FlaskClient:
    """Return the site of the live graph: the outlines of territories are of real ones."""
    client = create_app({"TESTING": True}, built).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_the_timeline_runs_forwards(site: FlaskClient) -> None:
    found = site.get("/timeline?format=json").get_json()
    days = [one["earliest"] for one in found["results"] if one["earliest"]]
    assert days == sorted(days)
    assert len(days) > 30


def test_the_map_has_territories_as_areas_and_events_as_points(
    site: FlaskClient, live: FlaskClient
) -> None:
    assert live.get("/map").text.count('class="territory"') >= 5
    assert 'aria-label="Lakeview, 1 listed below"' in site.get("/map").text


@pytest.mark.parametrize("query", NARROWED)
def test_the_question_behind_the_timeline_has_the_same_answer(
    site: FlaskClient, query: str
) -> None:
    listed = site.get(f"/timeline?{query}&format=json").get_json()["results"]
    rows = answered(site, f"/timeline?{query}")
    assert {row["thing"] for row in rows} == {one["iri"] for one in listed}


@pytest.mark.parametrize("query", NARROWED)
def test_the_question_behind_the_map_has_the_same_answer(site: FlaskClient, query: str) -> None:
    found = site.get(f"/map?{query}&format=json").get_json()
    rows = answered(site, f"/map?{query}")
    assert {row["thing"] for row in rows} == {one["iri"] for one in found["results"]}
    assert {row["at"] for row in rows} == {place["iri"] for place in found["places"]}


def test_the_map_as_json_has_places_with_what_happened_there(site: FlaskClient) -> None:
    places = site.get("/map?format=json").get_json()["places"]
    vellin = next(place for place in places if place["label"] == "Vellin")
    assert (vellin["longitude"], vellin["latitude"]) == (39.7299674, 43.5900124)
    assert THING + "linde-velkov-meeting-vellin-2016" in vellin["things"]
    assert {place["kind"] for place in places} >= {"State", "Territory", "Place"}


def test_what_a_list_is_narrowed_to_is_said_and_can_be_taken_back(site: FlaskClient) -> None:
    for path in ("/timeline", "/map", "/class/Event"):
        page = site.get(f"{path}?actor=erika-linde&year=2018").text
        assert f'href="{path}?year=2018" rel="nofollow" aria-label="remove the filter actor' in page
        assert (
            f'href="{path}?actor=erika-linde" rel="nofollow" aria-label="remove the filter year'
            in page
        )
        assert 'class="narrowing"' not in site.get(path).text


def test_the_timeline_as_a_table_has_the_same_rows(site: FlaskClient) -> None:
    page = site.get("/timeline?as=table&year=2018").text
    table = re.search(r'<table class="moments-table">.*?</table>', page, re.DOTALL)
    assert table
    listed = site.get("/timeline?year=2018&format=json").get_json()["total"]
    assert table[0].count("<tr id=") == listed
    assert 'href="/timeline?year=2018"' in page


def test_what_goes_on_and_what_has_no_day_are_told_apart(site: FlaskClient) -> None:
    page = site.get("/timeline").text
    layout = re.search(r'class="layout">(.*?)</script>', page)
    assert layout
    items = {item["href"]: item for item in json.loads(layout[1])["items"]}
    presidency = items["/page/velkov-presidency"]
    assert (presidency["start"], presidency["lasts"], presidency["open"]) == (15467, True, True)
    attack = items["/page/belport-attack"]
    assert (attack["start"], attack["end"], attack["look"]) == (17594, 17595, "closed")
    vague = [item for item in items.values() if item["look"] == "vague"]
    assert (17594, 17646) in {(item["start"], item["end"]) for item in vague}
    assert not any(item["lasts"] for item in vague)


def test_territories_are_shown_from_near_with_their_parts(live: FlaskClient) -> None:
    page = live.get("/map").text
    figures = re.findall(r'<figure class="inset">.*?</figure>', page, re.DOTALL)
    assert len(figures) >= 3
    isles = next(figure for figure in figures if "Shikotan</text>" in figure)
    for slug in ("southern-kurils", "shikotan", "iturup", "kunashir", "habomai"):
        assert f'<a href="/page/{slug}" class="territory"' in isles
    assert 'href="/page/crimea"' not in isles


LISTS = ("/timeline", "/map", "/class/Event", "/search")


@pytest.mark.parametrize("page", ["0", "-1", "x", "99999999", "²"])
def test_what_is_no_page_is_told_so(site: FlaskClient, page: str) -> None:
    for path in LISTS:
        answer = site.get(f"{path}?page={quote(page)}")
        assert answer.status_code == 400
        assert f"“{page}” is not a valid page; use a whole number from 1." in answer.text


def test_beyond_the_last_page_the_last_is_offered(site: FlaskClient) -> None:
    answer = site.get("/class/Event?order=day&page=77")
    assert answer.status_code == 404
    assert 'href="/class/Event?order=day&amp;page=1"' in answer.text
    assert "page 1</a>" in answer.text


@pytest.mark.parametrize("facet", ["actor", "place", "kind", "year"])
@pytest.mark.parametrize("value", ["'", '"><script>', "%", "a b", "x" * 5000, "nobody", "201"])
def test_a_list_narrowed_by_what_there_is_not_is_told_so(
    site: FlaskClient, facet: str, value: str
) -> None:
    for path in LISTS:
        text = {"q": "norland"} if path == "/search" else {}
        answer = site.get(path, query_string={facet: value, **text})
        expected = 200 if (facet, value) == ("year", "201") else 400 if facet == "year" else 404
        assert answer.status_code == expected
        assert "<script>" not in answer.text


def test_a_search_takes_any_text(site: FlaskClient) -> None:
    for value in ("'", '"><script>', "%", "*", "😀", "a b", "x" * 5000):
        answer = site.get("/search", query_string={"q": value})
        assert answer.status_code == 200
        assert "<script>" not in answer.text


def test_a_mistyped_facet_is_put_right_where_it_stands(site: FlaskClient) -> None:
    page = site.get("/timeline?actor=norlnd&year=2018").text
    assert '<a href="/timeline?actor=norland&amp;year=2018">Norland</a>' in page
    page = site.get("/search?q=linde&kind=Persn").text
    assert '<a href="/search?q=linde&amp;kind=Person">person</a>' in page


def test_the_search_is_described_for_browsers(site: FlaskClient) -> None:
    answer = site.get("/opensearch.xml")
    assert answer.mimetype == "application/opensearchdescription+xml"
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    urls = [url.get("template") for url in ET.fromstring(answer.data).findall(f"{space}Url")]  # noqa: S314
    assert "http://localhost/search?q={searchTerms}" in urls
    asked, names, about, pages = site.get("/suggest?q=drasin").get_json()
    assert asked == "drasin"
    assert "attack on the Drasins" in names
    assert len(names) == len(about) == len(pages)
    assert "http://localhost/page/belport-attack" in pages


def test_suggestions_are_kept_apart_by_language(site: FlaskClient) -> None:
    answers = [
        site.get("/suggest?q=velkov", headers={"Accept-Language": tag}) for tag in ("en", "ja")
    ]
    assert answers[0].get_json()[1] != answers[1].get_json()[1]
    assert all("Accept-Language" in answer.headers["Vary"] for answer in answers)


def test_a_search_as_json_says_what_was_found_and_how_much(site: FlaskClient) -> None:
    found = site.get("/search?q=norland&limit=2&page=2", headers={"Accept": "application/json"})
    answer = found.get_json()
    assert list(answer) == ["query", "total", "page", "pages", "near", "references", "results"]
    assert (answer["page"], answer["pages"]) == (2, -(-answer["total"] // 2))
    assert answer["results"][0].keys() >= {"iri", "label", "lang", "description", "kinds", "page"}
    assert answer["results"][0]["pieces"][0] == ["Norland", True]
    referred = site.get("/search?q=State&format=json").get_json()["references"][0]
    assert referred.pop("description").startswith("Agent that is a polity")
    assert referred == {
        "iri": "https://w3id.org/aide-memoire/ontology#State",
        "label": "state",
        "kind": "class",
        "page": "/class/State",
    }


def test_a_search_page_marks_what_matched_and_keeps_its_facets(site: FlaskClient) -> None:
    page = site.get("/search?q=エリカ").text
    assert '<span lang="ja"><mark>エリカ</mark>・リンデ</span>' in page
    none = site.get("/search?q=norland&kind=State&year=1999").text
    assert "any year" in none
    assert 'href="/search?q=norland"' in none


def test_near_names_are_called_what_they_are_called(site: FlaskClient) -> None:
    page = site.get("/page/belport-atack")
    assert page.status_code == 404
    assert '<a href="/page/belport-attack">attack on the Drasins</a>' in page.text


def test_what_is_done_in_the_name_of_an_actor_is_found_by_it(site: FlaskClient) -> None:
    found = site.get("/class/Event?actor=norland&format=json").get_json()["results"]
    assert {"Linde's visit to Vellin, May 2016"} < {one["label"] for one in found}
    listed = site.get("/class/Event?actor=harbour-university&format=json").get_json()
    assert listed["total"] == 0


def test_a_list_repeats_no_part_of_its_address_that_it_does_not_read(site: FlaskClient) -> None:
    page = site.get("/class/Event?actor=norland&fbclid=" + "x" * 3000)
    assert page.text.count("x" * 3000) < 6
    assert "actor=norland&amp;kind=" in page.text
