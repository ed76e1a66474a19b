import html
import re

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app


@pytest.fixture(scope="module")
def live(built: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, built).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_plain_words_fill_the_form_in_and_lead_to_its_answer(live: FlaskClient) -> None:
    page = live.get("/ask?q=What has Japan done?").text
    assert re.search(r'name="who" value="Japan"', page)
    answer = html.unescape(re.findall(r'href="(/ask\?who=japan)"', page)[0])
    assert live.get(answer).status_code == 200


def test_plain_words_find_the_nearest_named_question_first(live: FlaskClient) -> None:
    page = live.get("/ask?q=who expelled diplomats").text
    nearest, form = page.index("Nearest questions"), page.index('name="did"')
    assert nearest < page.index("Which states expelled") < form
    assert '<option value="Expulsion" selected>' in page


def test_nonsense_is_said_to_be_like_no_question(live: FlaskClient) -> None:
    page = live.get("/ask?q=purple monkey dishwasher").text
    assert "No question is like this one." in page
    assert "Nearest questions" not in page


def test_programs_get_the_reading_as_json(live: FlaskClient) -> None:
    answer = live.get("/ask?q=who expelled diplomats&format=json").get_json()
    assert answer["question"] == {"did": "Expulsion"}
    assert answer["form"] == "/ask?did=Expulsion"
    assert answer["questions"][0]["name"].startswith("expulsions-")


def test_a_search_without_a_name_offers_questions(live: FlaskClient) -> None:
    page = live.get("/search?q=who expelled diplomats").text
    assert "Which states expelled" in page
    assert 'href="/ask?q=who+expelled+diplomats"' in page
    assert "Nearest questions" not in live.get("/search?q=japan").text
    assert "Nearest questions" not in live.get("/search?q=qqqqqq").text


def test_a_sentence_that_is_no_sparql_leads_to_the_form(live: FlaskClient) -> None:
    page = live.get("/sparql", query_string={"query": "What has Japan done?"})
    assert page.status_code == 400
    assert 'href="/ask?q=What+has+Japan+done%3F"' in page.text
    fault = live.get("/sparql", query_string={"query": "SELECT ?x { ?x a }"})
    assert "/ask?q=" not in fault.text
