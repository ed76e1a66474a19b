import csv
import io
import json

import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient

from kg.endpoint.evidence import MAX_ROWS
from kg.model.prefixes import THING
from kg.sparql.named_queries import named_queries
from kg.store.store import Store
from web import create_app

PREFIX = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
STATES = f"""{PREFIX}SELECT ?state ?population {{
  ?state a dip:State OPTIONAL {{ ?state dip:population ?population }}
}}"""


@pytest.fixture(scope="module")
def live(built: Store) -> FlaskClient:
    return create_app({"TESTING": True}, built).test_client()


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


def answer_of(site: FlaskClient, query: str) -> dict:
    fields = {"query": query, "evidence": "true", "format": "json"}
    return json.loads(site.post("/sparql", data=fields).data)


def test_each_named_question_as_csv_has_its_rows_and_their_sentences(
    live: FlaskClient, built: Store
) -> None:
    for question in named_queries(built.texts):
        answered = live.get(f"/query/{question.name}.csv")
        assert answered.status_code == 200, (question.name, answered.text)
        table = pd.read_csv(io.BytesIO(answered.data), keep_default_na=False)
        answer = answer_of(live, question.text)
        if "evidence" not in answer:
            assert f"at most {MAX_ROWS:,} rows" in answer["detail"]
            assert len(table) > MAX_ROWS
            assert "background" not in table
            continue
        rows = answer["evidence"]["rows"]
        assert len(table) == len(rows), question.name
        cited = ["; ".join(one["citation"] for one in row["sentences"]) for row in rows]
        assert list(table["sentences"]) == cited, question.name


def test_things_have_a_column_of_labels_and_one_of_iris(site: FlaskClient) -> None:
    answer = site.get("/sparql/table", query_string={"query": STATES})
    assert answer.content_type == "text/csv; charset=utf-8"
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert list(rows[0]) == ["state", "state_iri", "population"]
    iris = {row["state"]: row["state_iri"] for row in rows}
    assert iris["Norland"] == f"{THING}norland"


def test_no_column_of_evidence_takes_the_name_of_another(site: FlaskClient) -> None:
    query = f"{PREFIX}SELECT (?state AS ?cited) {{ ?state a dip:State }}"
    answer = site.get("/sparql/table", query_string={"query": query, "evidence": "true"})
    assert answer.text.splitlines()[0] == "cited,cited_iri,sentences,evidence_cited,background"


def test_labels_are_in_the_language_of_the_reader(live: FlaskClient) -> None:
    query = f"SELECT ?place {{ VALUES ?place {{ <{THING}japan> }} }}"
    japanese = {"Accept-Language": "ja"}
    answer = live.get("/sparql/table", query_string={"query": query}, headers=japanese)
    assert answer.text.splitlines()[1].startswith("日本,")


def test_a_workbook_has_the_same_cells_with_numbers_as_numbers(site: FlaskClient) -> None:
    infinite = '"INF"^^<http://www.w3.org/2001/XMLSchema#double>'
    query = f'SELECT * {{ VALUES (?a ?b ?c) {{ (28 "=1+1" 1.5) ("007" "x" {infinite}) }} }}'
    body = site.get("/sparql/table", query_string={"query": query, "format": "xlsx"}).data
    sheet = openpyxl.load_workbook(io.BytesIO(body)).active
    assert [[cell.value for cell in row] for row in sheet.iter_rows()] == [
        ["a", "b", "c"],
        [28, "=1+1", 1.5],
        ["007", "x", "INF"],
    ]


def test_a_yes_or_no_is_a_table_of_one_cell(site: FlaskClient) -> None:
    assert site.get("/sparql/table?query=ASK{}&evidence=true").text == "answer\r\ntrue\r\n"


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/sparql/table", 400, "there is no query"),
        ("/sparql/table?query=SELECT", 400, "/problem/query"),
        ("/sparql/table?query=CONSTRUCT+WHERE+{?s+?p+?o}", 400, "a graph, and no table holds it"),
        ("/sparql/table?query=ASK{}&format=ods", 400, "use csv or xlsx"),
        ("/sparql/table?query=ASK{}&evidence=perhaps", 400, "evidence is true or false"),
        ("/sparql/table?query=SELECT*{?s+?p+?o}&evidence=true", 400, f"at most {MAX_ROWS:,} rows"),
        ("/query/strikes-on-syria.ods", 404, "the formats are csv, xlsx"),
        ("/query/strikes-on-sirya.csv", 404, "strikes-on-syria"),
    ],
)
def test_what_makes_no_table_is_an_error_that_says_why(
    live: FlaskClient, path: str, status: int, words: str
) -> None:
    answer = live.get(path)
    assert answer.status_code == status
    assert words in answer.text


def test_the_page_of_an_answer_leads_to_its_tables(site: FlaskClient) -> None:
    html = {"Accept": "text/html"}
    page = site.get("/sparql", query_string={"query": STATES}, headers=html).text
    assert page.count("/sparql/table?query=") == 2
    assert "format=xlsx&amp;evidence=true" in page
    graph = site.get("/sparql?query=CONSTRUCT+WHERE+{?s+a+?o}", headers=html).text
    assert "/sparql/table" not in graph


def test_format_csv_at_a_question_is_its_answer(live: FlaskClient) -> None:
    named = live.get("/query/strikes-on-syria.csv")
    assert live.get("/query/strikes-on-syria?format=csv").data == named.data
    assert live.get("/query/strikes-on-syria", headers={"Accept": "text/csv"}).data == named.data
