import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.prefixes import THING, node
from kg.store.store import Store
from kg.things.panels import ROWS_SHOWN
from web import create_app


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_all_of_a_property_are_listed_page_by_page(site: FlaskClient) -> None:
    page = site.get("/page/norland/to/actor").text
    assert page.count("<li>") > 20
    assert site.get("/page/norland/to/actor?page=2").status_code == 200
    assert site.get("/page/norland/to/actor?page=200").status_code == 404


def test_all_of_a_panel_are_listed_with_their_sentences(site: FlaskClient) -> None:
    assert 'href="/page/norland/panel/events">See all' in site.get("/page/norland").text
    page = site.get("/page/norland/panel/events").text
    assert page.count('<p class="what">') > ROWS_SHOWN
    assert 'id="note-1"' in page
    assert "/page/norland/question/events" in page
    near = site.get("/page/norland/panel/event")
    assert near.status_code == 404
    assert 'href="/page/norland/panel/events"' in near.text


def test_the_question_behind_a_panel_opens_filled_in(site: FlaskClient) -> None:
    answer = site.get("/page/norland/question/events")
    assert answer.status_code == 303
    assert quote("VALUES ?thing { <https://w3id.org/aide-memoire/id/norland> }", safe="") in (
        answer.headers["Location"].replace("+", "%20")
    )
    page = site.get("/page/norland/question/events", follow_redirects=True).text
    assert "occupation of the Amber" in page


def test_what_was_merged_leads_on_and_what_was_taken_back_is_gone(tiny: list[Quad]) -> None:
    old, gone, now = (NamedNode(THING + name) for name in ("zenda", "hentzau", "ruritania"))
    more = [
        Quad(old, node("dcterms:isReplacedBy"), now),
        Quad(gone, node("owl:deprecated"), Literal(True)),
        Quad(gone, node("rdfs:comment"), Literal("never in the source", language="en")),
        Quad(gone, node("rdfs:label"), Literal("Rupert of Hentzau", language="en")),
    ]
    client = create_app({"TESTING": True}, Store.of([*tiny, *more])).test_client()
    for family in ("id", "page"):
        answer = client.get(f"/{family}/zenda")
        assert (answer.status_code, answer.headers["Location"]) == (308, f"/{family}/ruritania")
    assert client.get("/data/zenda.ttl").headers["Location"] == "/data/ruritania.ttl"
    lead = client.get("/timeline?year=2018&actor=zenda").headers["Location"]
    assert lead == "/timeline?year=2018&actor=ruritania"
    answer = client.get("/page/hentzau", headers={"Accept": "text/html"})
    assert answer.status_code == 410
    assert "Rupert of Hentzau was taken back: never in the source" in answer.text
    assert client.get("/search?q=hentzau&format=json").get_json()["total"] == 0
    assert "/page/hentzau" not in client.get("/sitemap/1.xml").text


def test_what_is_claimed_comes_before_what_followed_but_after_the_facts_of_a_state(
    site: FlaskClient,
) -> None:
    def order(slug: str) -> list[str]:
        return re.findall(r'<h2 id="([\w-]+)"', site.get(f"/page/{slug}").text)

    attack, state = order("belport-attack"), order("norland")
    assert attack.index("about") < attack.index("panel-responses")
    assert state.index("about") > state.index("panel-events")
