import csv
import html
import io
import re
from urllib.parse import parse_qs, urlsplit

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app

BOTH = "/together/norland/vostria"


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_the_names_have_one_order(site: FlaskClient) -> None:
    answer = site.get("/together/vostria/norland")
    assert (answer.status_code, answer.location) == (303, BOTH)
    assert site.get("/together/norland/norland").status_code == 400
    assert site.get("/together/norland/nobody").status_code == 404


def test_every_row_of_the_page_has_a_footnote_or_says_what_it_rests_on(site: FlaskClient) -> None:
    page = site.get(BOTH).text
    rows = re.findall(r"<tr.*?</tr>", page, re.DOTALL)
    rows = [row for row in rows if 'scope="row"' in row]
    assert len(rows) > 5
    assert all('class="notes"' in row or 'class="mark"' in row for row in rows)


def test_each_section_has_the_query_that_returns_its_rows(site: FlaskClient) -> None:
    page = site.get(BOTH).text
    sections = site.get(f"{BOTH}?format=json").get_json()["sections"]
    links = re.findall(r'href="(/sparql\?query=[^"]+)">See the query', page)
    shown = [rows for rows in sections.values() if rows]
    assert len(links) == len(shown)
    for link, rows in zip(links, shown, strict=True):
        query = parse_qs(urlsplit(html.unescape(link)).query)["query"][0]
        answer = site.get("/sparql", query_string={"query": query, "format": "json"}).get_json()
        found = {row["item"]["value"] for row in answer["results"]["bindings"]}
        assert found == {row["iri"] for row in rows}


def test_exports_have_the_rows_and_sentences_of_the_page(site: FlaskClient) -> None:
    sections = site.get(f"{BOTH}?format=json").get_json()["sections"]
    rows = list(csv.DictReader(io.StringIO(site.get(f"{BOTH}?format=csv").text, newline="")))
    records = [(name, row) for name, found in sections.items() for row in found]
    assert [(row["section"], row["iri"]) for row in rows] == [(n, r["iri"]) for n, r in records]
    for row, (_, record) in zip(rows, records, strict=True):
        assert [iri for iri in row["sentences"].split("; ") if iri] == record["sentences"]
    assert site.get(f"{BOTH}?format=xlsx").data.startswith(b"PK")


def test_claims_say_who_makes_them(site: FlaskClient) -> None:
    page = site.get("/together/united-isles/vostria").text
    claims = page.partition('id="together-claims"')[2].partition("</section>")[0]
    rows = re.findall(r'<tr class="claimed">.*?</tr>', claims, re.DOTALL)
    assert rows
    assert all(" says:" in row for row in rows)


def test_other_pages_lead_to_it(site: FlaskClient) -> None:
    link = f'href="{BOTH}"'
    assert link in site.get("/page/norland").text
    assert link in site.get("/network?focus=norland&focus=vostria").text
    assert link in site.get("/search?q=Norland and Vostria").text
    page = site.get(BOTH).text
    assert 'href="/network?focus=norland&amp;focus=vostria"' in page
    assert 'href="/timeline?actor=norland&amp;actor=vostria"' in page
    assert 'href="/ask?who=norland&amp;whom=vostria"' in page
