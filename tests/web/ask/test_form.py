import csv
import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import openpyxl
import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app

ASKED = (
    *("who=norland", "who=norland&whom=vostria", "who=vostria&did=Attack"),
    *("about=belport-attack", "did=Claim&who=erika-linde", "who=norland&from=2018-04-01"),
)


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_the_form_is_there_without_a_question(site: FlaskClient) -> None:
    page = site.get("/ask").text
    for name in ("who", "did", "whom", "about", "where", "from", "until"):
        assert f'name="{name}"' in page
    assert "See the query" not in page


def test_names_become_slugs_in_the_address_to_keep(site: FlaskClient) -> None:
    sent = "/ask?who=Norland&did=&whom=Востриа&from=2018-04".replace("Востриа", "Vostria")
    answer = site.get(sent)
    assert answer.status_code == 303
    assert answer.location == "/ask?who=norland&whom=vostria&from=2018-04-01"
    assert site.get(answer.location).status_code == 200


def test_an_unclear_name_is_a_choice_of_links(site: FlaskClient) -> None:
    page = site.get("/ask?about=nor&did=Event").text
    assert "which of these is “nor”?" in page
    assert re.search(r'href="/ask\?about=nor[a-z-]+&amp;did=Event"', page)
    assert "no results for “qqqqqq”" in site.get("/ask?who=qqqqqq").text


def _rows(site: FlaskClient, asked: str) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = site.get(f"/ask?{asked}&format=json").get_json()["results"]
    return rows


@pytest.mark.parametrize("asked", ASKED)
def test_the_query_that_is_shown_has_the_rows_of_the_page_at_the_endpoint(
    site: FlaskClient, asked: str
) -> None:
    page = site.get(f"/ask?{asked}").text
    shown = html.unescape(re.findall(r'<pre class="listing"[^>]*>(.*?)</pre>', page, re.DOTALL)[0])
    edit = html.unescape(re.findall(r'href="(/sparql\?query=[^"]+)"', page)[0])
    assert parse_qs(urlsplit(edit).query)["query"] == [shown]
    asking = {"query": shown, "evidence": "true", "format": "json"}
    answer = site.get("/sparql", query_string=asking).get_json()
    rows = [row["what"]["value"] for row in answer["results"]["bindings"]]
    assert rows
    assert rows[:50] == [row["iri"] for row in _rows(site, asked)]
    assert all(row["sentences"] for row in answer["evidence"]["rows"])


@pytest.mark.parametrize("asked", ASKED)
def test_exports_have_the_rows_and_sentences_of_the_answer(site: FlaskClient, asked: str) -> None:
    answer = site.get(f"/ask?{asked}&format=json").get_json()
    rows = list(csv.DictReader(io.StringIO(site.get(f"/ask?{asked}&format=csv").text, newline="")))
    assert len(rows) == answer["total"]
    for row, record in zip(rows, answer["results"], strict=False):
        assert row["what_iri"] == record["iri"]
        assert row["sentences"].split("; ") == record["sentences"]
        assert row["claim_iri"] == (record["claim"] or "")
        assert row["sentences"]
    sheet = openpyxl.load_workbook(
        io.BytesIO(site.get(f"/ask?{asked}&format=xlsx").data), read_only=True
    ).active
    assert sheet
    assert [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)] == [
        row["what_iri"] for row in rows
    ]


def test_what_is_claimed_says_by_whom(site: FlaskClient) -> None:
    page = site.get("/ask?who=vostria&did=Attack").text
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)[1:]
    claimed = [row for row in rows if "belport-attack" in row]
    assert claimed
    for row in claimed:
        assert 'class="claimed"' in row
        assert " says:" in row or "claimed in" in row


def test_an_empty_answer_says_which_field_left_nothing(site: FlaskClient) -> None:
    page = site.get("/ask?who=erika-linde&did=War").text
    assert "0 results" in page
    assert "“Did what” leaves nothing of what comes before it." in page
    link = re.findall(r'href="(/ask\?[^"]+)">(\d+) results? without “Did what”', page)
    assert link
    assert site.get(f"{link[0][0]}&format=json").get_json()["total"] == int(link[0][1])


def test_long_answers_come_page_by_page(built: Store) -> None:
    live = create_app({"TESTING": True}, built).test_client()
    answer = live.get("/ask?did=Event&format=json").get_json()
    assert answer["pages"] > 1
    page = live.get("/ask?did=Event", headers={"Accept": "text/html"}).text
    assert 'rel="next" href="/ask?did=Event&amp;page=2"' in page
    last = live.get(f"/ask?did=Event&page={answer['pages']}&format=json").get_json()
    assert len(last["results"]) == answer["total"] - 50 * (answer["pages"] - 1)
    assert live.get(f"/ask?did=Event&page={answer['pages'] + 1}").status_code == 404


def test_the_query_leads_back_to_the_form(site: FlaskClient) -> None:
    page = site.get("/ask?who=norland&whom=vostria&from=2018-04-01").text
    edit = html.unescape(re.findall(r'href="(/sparql\?query=[^"]+)"', page)[0])
    assert 'href="/ask?who=norland&amp;whom=vostria&amp;from=2018-04-01"' in site.get(edit).text


@pytest.mark.parametrize(
    ("address", "status"),
    [("did=State", 404), ("from=never", 400), ("from=2019&until=2018", 400), ("how=x", 400)],
)
def test_wrong_fields_are_refused(site: FlaskClient, address: str, status: int) -> None:
    assert site.get(f"/ask?{address}").status_code == status


def test_no_name_reaches_the_query_as_text(site: FlaskClient) -> None:
    page = site.get('/ask?who="> } DROP ALL {')
    assert page.status_code == 200
    assert "See the query" not in page.text
    assert site.get('/ask?did="> } DROP ALL {').status_code == 404


def test_a_program_learns_what_its_question_lacks(site: FlaskClient) -> None:
    assert site.get("/ask?format=json").status_code == 400
    unclear = site.get("/ask?who=nor&format=json")
    assert unclear.status_code == 404
    assert "norland" in unclear.text


def test_each_value_of_a_cell_stands_with_its_notes_on_a_line(site: FlaskClient) -> None:
    page = site.get("/ask?about=belport-attack").text
    cells = re.findall(r'<td><ul class="plain tight">(.*?)</ul></td>', page)
    assert any(cell.count("<li>") > 1 for cell in cells)
    assert all(cell.startswith("<li>") for cell in cells)
    assert any("</sup></li><li>" in cell for cell in cells)
    assert "</sup>, " not in page
