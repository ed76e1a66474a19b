"""Calendars as RFC 5545 would have them: by its words, and by a parser of its own."""

import re
from datetime import UTC, date, datetime

import pytest
from flask.testing import FlaskClient
from icalendar import Calendar
from icalendar.cal import Component
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import GRAPH, SOURCE, TERM, THING, node
from kg.store.store import Store
from web import create_app

CALENDARS = ["/calendar.ics", "/calendar/anton-velkov.ics", "/calendar/belport-attack.ics"]
# RFC 5545, 3.6.1: what an event must have, and what at most once.
ONCE = {"UID", "DTSTAMP", "DTSTART"}
AT_MOST_ONCE = {"SUMMARY", "DESCRIPTION", "DTEND", "LOCATION", "GEO", "STATUS", "URL", "TRANSP"}
LINE = re.compile(rb"[A-Z-]+(?:;[A-Z-]+=[^:;]+)*:[^\x00-\x08\x0a-\x1f\x7f]*")


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return client_of(corpus)


def client_of(store: Store) -> FlaskClient:
    return create_app({"TESTING": True}, store).test_client()


def events(site: FlaskClient, path: str) -> dict[str, Component]:
    calendar = Calendar.from_ical(site.get(path).data)
    return {str(event["uid"]).removeprefix(THING): event for event in calendar.walk("VEVENT")}


def lines(body: bytes) -> list[bytes]:
    """Return the lines of a calendar, unfolded (RFC 5545, 3.1)."""
    assert body.endswith(b"\r\n")
    assert b"\n" not in body.replace(b"\r\n", b"")
    return body.replace(b"\r\n ", b"").split(b"\r\n")[:-1]


@pytest.mark.parametrize("path", CALENDARS)
def test_a_calendar_is_written_as_the_standard_says(site: FlaskClient, path: str) -> None:
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.data.split(b"\r\n")) <= 75
    written = lines(answer.data)
    assert all(LINE.fullmatch(line) for line in written)
    assert (written[0], written[-1]) == (b"BEGIN:VCALENDAR", b"END:VCALENDAR")
    assert written.count(b"VERSION:2.0") == 1
    assert len([line for line in written if line.startswith(b"PRODID:")]) == 1


@pytest.mark.parametrize("path", CALENDARS)
def test_each_event_has_what_the_standard_demands(site: FlaskClient, path: str) -> None:
    blocks = site.get(path).data.split(b"BEGIN:VEVENT\r\n")[1:]
    assert blocks
    for block in blocks:
        own = lines(block.split(b"END:VEVENT")[0])
        names = [re.split(rb"[;:]", line)[0].decode() for line in own]
        assert {name for name in names if names.count(name) == 1} >= ONCE
        assert all(names.count(name) <= 1 for name in AT_MOST_ONCE)


def test_a_parser_finds_the_days_page_and_kind(site: FlaskClient) -> None:
    strikes = events(site, "/calendar.ics")["strikes-on-sahran-2018"]
    assert (strikes["dtstart"].dt, strikes["dtend"].dt) == (date(2018, 4, 13), date(2018, 4, 14))
    assert str(strikes["url"]) == "http://localhost/page/strikes-on-sahran-2018"
    assert strikes["categories"].to_ical() == b"military strike"
    assert strikes["dtstamp"].dt == datetime(2018, 5, 2, tzinfo=UTC)
    assert str(strikes["summary"]) == "missile strikes on Sahran, April 2018"


@pytest.mark.parametrize(
    ("slug", "title"),
    [
        ("annexation-of-tavros", "annexation of Tavros (March 2014)"),
        ("linde-velkov-meeting-vellin-2016", "meeting of Linde and Velkov in Vellin, May 2016"),
        ("belport-attack", "attack on the Drasins"),
    ],
)
def test_a_title_says_the_month_where_no_day_is_known(
    site: FlaskClient, slug: str, title: str
) -> None:
    assert str(events(site, "/calendar.ics")[slug]["summary"]) == title


def test_several_days_end_on_the_day_after_the_last(site: FlaskClient) -> None:
    meeting = events(site, "/calendar.ics")["five-powers-meeting-2018"]
    assert (meeting["dtstart"].dt, meeting["dtend"].dt) == (date(2018, 4, 22), date(2018, 4, 25))


def test_a_month_is_marked_whole_and_says_so(site: FlaskClient) -> None:
    visit = events(site, "/calendar.ics")["annexation-of-tavros"]
    assert (visit["dtstart"].dt, visit["dtend"].dt) == (date(2014, 3, 1), date(2014, 4, 1))
    assert str(visit["description"]).endswith("Not dated to the day: March 2014.")


@pytest.mark.parametrize(
    ("slug", "status", "word"),
    [
        ("strikes-on-sahran-2018", "CONFIRMED", ""),
        ("celebration-2018", "TENTATIVE", "(planned)"),
        ("linde-visit-to-vostria-2018", "TENTATIVE", "expected"),
        ("tamar-attack", None, "alleged"),
    ],
)
def test_it_says_how_surely_an_event_happened(
    site: FlaskClient, slug: str, status: str | None, word: str
) -> None:
    event = events(site, "/calendar.ics")[slug]
    assert event.get("status") == status
    assert str(event["summary"]).count(word or "alleged") == bool(word)


def test_an_event_is_where_it_was(site: FlaskClient) -> None:
    known = events(site, "/calendar.ics")
    ceremony = known["winter-games-opening-2014"]
    assert str(ceremony["location"]) == "Vellin"
    assert ceremony["geo"].to_ical() == "43.5900124;39.7299674"
    attack = known["belport-attack"]
    assert str(attack["location"]) == "United Isles"
    assert "geo" not in attack


def test_a_calendar_narrows_to_an_actor(site: FlaskClient) -> None:
    whole, some = site.get("/calendar.ics").data, site.get("/calendar/anton-velkov.ics").data
    assert some == site.get("/calendar.ics?actor=anton-velkov").data
    assert "NAME:Aide-Mémoire: Anton Velkov\r\n".encode() in some
    assert 0 < some.count(b"BEGIN:VEVENT") < whole.count(b"BEGIN:VEVENT")


def test_an_unknown_actor_offers_near_names(site: FlaskClient) -> None:
    answer = site.get("/calendar.ics?actor=anton-velkv", headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "anton-velkov" in answer.text


def test_nothing_of_what_claims_say_is_an_event(site: FlaskClient, corpus: Store) -> None:
    named = set(events(site, "/calendar.ics"))
    facts = corpus.select(
        "SELECT ?event { ?event <https://w3id.org/aide-memoire/ontology#date>"
        "|<https://w3id.org/aide-memoire/ontology#startDate>"
        "|<https://w3id.org/aide-memoire/ontology#expectedDate> ?day }"
    )
    assert named <= {row["event"].value.removeprefix(THING) for row in facts}  # type: ignore[union-attr]


def test_a_calendar_without_events_has_something_all_the_same(client: FlaskClient) -> None:
    answer = client.get("/calendar/rassendyll.ics")
    found = Calendar.from_ical(answer.data)
    assert found.walk("VEVENT") == []
    assert [part.name for part in found.subcomponents] == ["VTIMEZONE"]


def test_signs_that_calendars_cannot_write_are_marked(tiny: list[Quad]) -> None:
    party, names = NamedNode(THING + "party"), NamedNode(GRAPH + "entities")
    line = NamedNode(SOURCE + "gazette-1894/p1s1")
    day = Literal("1894-05-03", datatype=node("xsd:date"))
    more = [
        Quad(party, node("rdf:type"), NamedNode(TERM + "Event"), names),
        Quad(party, node("rdfs:label"), Literal("a\x07b\nc; d,\re\x7f \\n f\r\nX-EVIL:1"), names),
        *(Quad(party, NamedNode(TERM + name), day, line) for name in ("date", "earliest")),
    ]
    site = client_of(Store.of(with_default_graph([*tiny, *more])))
    found = events(site, "/calendar/party.ics")["party"]
    assert "X-EVIL" not in found
    assert all(LINE.fullmatch(line) for line in lines(site.get("/calendar/party.ics").data))
    assert str(found["summary"]).startswith("a\ufffdb\nc; d,\ne\ufffd")
