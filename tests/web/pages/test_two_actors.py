"""Lists of what two actors both take part in; what the timeline says of its query and its rest."""

import csv
import html
import re
from io import StringIO
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def _iris(site: FlaskClient, address: str) -> set[str]:
    return {one["iri"] for one in site.get(address).get_json()["results"]}


TWO = "actor=norland&actor=vostria"


@pytest.mark.parametrize("path", ["/timeline", "/class/Event", "/map", "/search?q=meeting&"])
def test_two_actors_list_what_both_take_part_in(site: FlaskClient, path: str) -> None:
    address = path if "?" in path else f"{path}?"
    both = _iris(site, f"{address}{TWO}&format=json")
    one, other = (_iris(site, f"{address}{part}&format=json") for part in TWO.split("&"))
    assert both == one & other
    rows = csv.DictReader(StringIO(site.get(f"{address}{TWO}&format=csv").text))
    assert {row["iri"] for row in rows} == both


def test_each_of_two_actors_is_named_and_can_be_left_out(site: FlaskClient) -> None:
    page = site.get(f"/timeline?{TWO}&kind=Event").text
    for left, gone in (("norland", "Vostria"), ("vostria", "Norland")):
        kept = f'href="/timeline?actor={left}&amp;kind=Event" rel="nofollow"'
        assert f'{kept} aria-label="remove the filter actor: {gone}"' in page
    assert page.count('type="hidden" name="actor"') == 2
    assert "/calendar.ics?kind=Event&amp;actor=norland&amp;actor=vostria" in page


def test_a_second_actor_is_offered_beside_the_first(site: FlaskClient) -> None:
    page = site.get("/timeline?actor=norland").text
    assert 'and <a href="/timeline?actor=norland&amp;actor=vostria"' in page
    assert "<li>and <a" not in site.get(f"/timeline?{TWO}").text


def test_a_third_actor_is_refused_and_a_repeated_one_is_one(site: FlaskClient) -> None:
    assert site.get(f"/timeline?{TWO}&actor=erika-linde").status_code == 400
    twice = _iris(site, "/timeline?actor=norland&actor=norland&format=json")
    assert twice == _iris(site, "/timeline?actor=norland&format=json")


def _query_of(page: str) -> str:
    link = html.unescape(re.findall(r'href="(/sparql\?query=[^"]+)"', page)[0])
    return parse_qs(urlsplit(link).query)["query"][0]


@pytest.mark.parametrize("filters", ["actor=norland&from=2014-01-01", TWO])
def test_the_query_of_the_timeline_has_its_rows_and_a_sentence_for_each(
    site: FlaskClient, filters: str
) -> None:
    query = _query_of(site.get(f"/timeline?{filters}").text)
    asked = {"query": query, "evidence": "true", "format": "json"}
    answer = site.get("/sparql", query_string=asked).get_json()
    listed = _iris(site, f"/timeline?{filters}&format=json")
    assert {row["thing"]["value"] for row in answer["results"]["bindings"]} == listed
    assert listed
    assert all(row["sentences"] for row in answer["evidence"]["rows"])


def test_the_timeline_says_how_much_more_has_no_date(site: FlaskClient) -> None:
    answer = site.get("/timeline?actor=norland&from=2018&format=json").get_json()
    page = site.get("/timeline?actor=norland&from=2018").text
    assert answer["undated"] > 0
    assert f"{answer['undated']} more without a date" in page
    everything = _iris(site, "/class/Claim?actor=norland&format=json")
    assert answer["undated"] >= len(everything - _iris(site, "/timeline?actor=norland&format=json"))
    assert "more without a date" not in site.get("/timeline").text
