"""Lists narrowed to the days from one to another."""

import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from kg.model.prefixes import THING
from kg.store.store import Store
from web import create_app


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def slugs(site: FlaskClient, query: str, path: str = "/timeline") -> set[str]:
    found = site.get(f"{path}?{query}&format=json").get_json()["results"]
    return {one["iri"].removeprefix(THING) for one in found}


def test_what_ended_before_or_began_after_is_left_out(site: FlaskClient) -> None:
    found = slugs(site, "from=2018-04-13&until=2018-04-21")
    assert "strikes-on-sahran-2018" in found
    assert not {"belport-attack", "five-powers-meeting-2018", "survey-visits-2017"} & found


def test_what_goes_on_is_there_on_every_later_day(site: FlaskClient) -> None:
    for query in ("from=2018-04-13&until=2018-04-13", "from=2030", "until=2012-06-01"):
        assert "velkov-presidency" in slugs(site, query)
    assert "velkov-presidency" not in slugs(site, "until=2011")


def test_a_month_and_a_year_count_whole(site: FlaskClient) -> None:
    april = slugs(site, "from=2018-04&until=2018-04")
    assert april == slugs(site, "from=2018-04-01&until=2018-04-30")
    assert april < slugs(site, "from=2018&until=2018")


def test_days_narrow_beside_everything_else(site: FlaskClient) -> None:
    query = "from=2018-04&actor=norland&kind=Event"
    assert slugs(site, query) == slugs(site, "from=2018-04") & slugs(
        site, "actor=norland&kind=Event"
    )
    assert slugs(site, "from=2017", "/class/Visit") == {"survey-visits-2017"}
    assert slugs(site, "from=2018-04", "/map") < slugs(site, "", "/map")


def test_facets_count_what_lies_in_these_days(site: FlaskClient) -> None:
    page = site.get("/timeline?from=2018-04&until=2018-04").text
    for name, count in re.findall(
        r'actor=([^"]+)" rel="nofollow">[^<]*</a> <span class="count">(\d+)', page
    ):
        assert len(slugs(site, f"from=2018-04&until=2018-04&actor={name}")) == int(count)


def test_days_are_said_filled_in_and_taken_back(site: FlaskClient) -> None:
    page = site.get("/timeline?actor=norland&from=2018-04&until=2018-04-30").text
    assert "1 April 2018 <a class" in page
    assert 'name="from" value="2018-04-01"' in page
    assert 'name="until" value="2018-04-30"' in page
    assert '<input type="hidden" name="actor" value="norland">' in page
    without_from, without_until = "until=2018-04-30", "from=2018-04"
    link = 'href="/timeline?actor=norland&amp;{}" rel="nofollow" aria-label="remove the {} date'
    assert link.format(without_from, "first") in page
    assert link.format(without_until, "last") in page


def test_other_links_keep_the_days(site: FlaskClient) -> None:
    page = site.get("/timeline?from=2018-04").text
    for kept in (
        "from=2018-04&amp;actor=norland",
        "from=2018-04&amp;as=table",
        "from=2018-04&amp;format=json",
    ):
        assert f'href="/timeline?{kept}"' in page
    assert page.count('href="/calendar.ics?from=2018-04-01"') == 2


def test_no_days_given_are_none(site: FlaskClient) -> None:
    assert slugs(site, "from=&until=") == slugs(site, "")


def test_the_calendar_has_the_events_of_these_days(site: FlaskClient) -> None:
    def events(query: str) -> set[str]:
        calendar = Calendar.from_ical(site.get(f"/calendar.ics?{query}").data)
        return {str(event["uid"]).removeprefix(THING) for event in calendar.walk("VEVENT")}

    listed = slugs(site, "kind=Event&from=2018-04") | slugs(site, "kind=Prospect&from=2018-04")
    assert set() < events("from=2018-04") <= listed
    assert events("from=2017&kind=Visit") == {"survey-visits-2017"}
    assert "linde-visit-to-vostria-2018" in events("from=2018-04&kind=Prospect")
    assert events("from=2018-04&actor=norland") < events("actor=norland")


PATHS = ("/timeline", "/map", "/class/Event", "/calendar.ics")


@pytest.mark.parametrize("value", ["soon", "2018-13", "2018-02-30", "-0044", "'", "x" * 500, "²"])
@pytest.mark.parametrize("name", ["from", "until"])
def test_what_is_no_date_is_told_so(site: FlaskClient, name: str, value: str) -> None:
    for path in PATHS:
        answer = site.get(f"{path}?{name}={quote(value)}")
        assert answer.status_code == 400
        assert "is not a date; write a day as 2018-04-13, a month as 2018-04" in answer.text


def test_days_in_the_wrong_order_are_told_so(site: FlaskClient) -> None:
    answer = site.get("/timeline?from=2018-05&until=2018-04-30&format=json")
    assert answer.status_code == 400
    assert "o days from 2018-05 until 2018-04-30: the first date comes after" in answer.text


def test_days_without_anything_say_so_and_lead_back(site: FlaskClient) -> None:
    page = site.get("/timeline?until=1900").text
    assert "0 entries with a date" in page
    assert '<a href="/timeline">Clear all filters</a>' in page
    assert 'name="until" value="1900-12-31"' in page
