from datetime import date
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar

from kg.prefixes import SOURCE, THING
from kg.store import Store
from web import create_app

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture(scope="module")
def site(built: Store) -> FlaskClient:
    return create_app({"TESTING": True}, built).test_client()


def feed(site: FlaskClient, path: str) -> ET.Element:
    answer = site.get(path)
    assert (answer.status_code, answer.mimetype) == (200, "application/atom+xml")
    return ET.fromstring(answer.data)  # noqa: S314 - it is ours


@pytest.mark.parametrize("path", ["/feeds/sources.atom", "/feeds/page/japan.atom"])
def test_a_feed_has_what_atom_demands(site: FlaskClient, path: str) -> None:
    found = feed(site, path)
    for part in [found, *found.findall(f"{ATOM}entry")]:
        for name in ("id", "title", "updated"):
            assert len(part.findall(ATOM + name)) == 1
            assert part.findtext(ATOM + name)
        assert part.findtext(f"{ATOM}updated", "").endswith("T00:00:00Z")
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "Aide-Mémoire"
    own = [link for link in found.findall(f"{ATOM}link") if link.get("rel") == "self"]
    assert [link.get("href") for link in own] == [f"http://localhost{path}"]
    ids = [entry.findtext(f"{ATOM}id") for entry in found.findall(f"{ATOM}entry")]
    assert len(ids) == len(set(ids)) > 0


def test_each_statement_leads_to_its_sentence(site: FlaskClient) -> None:
    for entry in feed(site, "/feeds/page/skripal-attack.atom").findall(f"{ATOM}entry"):
        assert entry.findtext(f"{ATOM}id", "").startswith(SOURCE)
        address = entry.find(f"{ATOM}link").get("href")  # type: ignore[union-attr]
        assert site.get(address.removeprefix("http://localhost")).status_code == 200


def test_a_long_feed_has_further_pages(site: FlaskClient) -> None:
    first = feed(site, "/feeds/page/japan.atom")
    further = [e.get("href") for e in first.findall(f"{ATOM}link") if e.get("rel") == "next"]
    assert further == ["http://localhost/feeds/page/japan.atom?page=2"]
    second = feed(site, "/feeds/page/japan.atom?page=2")
    ids = [[e.findtext(f"{ATOM}id") for e in f.findall(f"{ATOM}entry")] for f in (first, second)]
    assert set(ids[0]).isdisjoint(ids[1])
    assert len(ids[0]) == 25


def test_a_calendar_is_read_by_a_calendar(site: FlaskClient) -> None:
    answer = site.get("/calendar.ics")
    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    found = {str(event["uid"]): event for event in Calendar.from_ical(answer.data).walk("VEVENT")}
    strikes = found[THING + "strikes-on-syria-2018"]
    assert strikes["dtstart"].dt == date(2018, 4, 13)
    assert strikes["dtend"].dt == date(2018, 4, 14)
    assert str(strikes["url"]) == "http://localhost/page/strikes-on-syria-2018"
    planned = found[THING + "year-of-japan-russia-celebration"]
    assert str(planned["status"]) == "TENTATIVE"
    assert "planned" in str(planned["summary"])
    visit = found[THING + "abe-visit-to-russia-2018"]
    assert "The sources say only: May 2018" in str(visit["description"])


def test_a_calendar_narrows_to_an_actor(site: FlaskClient) -> None:
    whole, some = site.get("/calendar.ics").data, site.get("/calendar/vladimir-putin.ics").data
    assert some == site.get("/calendar.ics?actor=vladimir-putin").data.replace(
        b"X-WR-CALNAME:Aide-M\xc3\xa9moire\r\n",
        b"X-WR-CALNAME:Aide-M\xc3\xa9moire: vladimir-putin\r\n",
    )
    assert 0 < some.count(b"BEGIN:VEVENT") < whole.count(b"BEGIN:VEVENT")


@pytest.mark.parametrize("path", ["/feeds/page/japn.atom", "/calendar/japn.ics"])
def test_what_is_unknown_offers_near_names(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "japan" in answer.text


def test_who_has_a_feed_is_not_sent_it_again(site: FlaskClient) -> None:
    for path in ("/feeds/sources.atom", "/calendar.ics"):
        tag = site.get(path).headers["ETag"]
        assert site.get(path, headers={"If-None-Match": tag}).status_code == 304
