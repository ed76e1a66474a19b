import csv
import io
import re

import openpyxl
import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.prefixes import THING, node
from kg.statements.sentences import sentences_stating
from kg.store.store import Store
from tests.web.behind import answered, linked_query
from web import create_app
from web.exports.table_response import MOST_ROWS

LISTS = (
    *("/timeline?", "/timeline?actor=norland&year=2018", "/class/Event?order=day"),
    *("/class/State?", "/map?kind=Meeting", "/search?q=nor"),
)


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


@pytest.fixture(scope="module")
def crowd(corpus: Store) -> FlaskClient:
    """Return a site of more states than a table holds."""
    names = (NamedNode(f"{THING}state-{number}") for number in range(MOST_ROWS))
    kind, state = node("rdf:type"), node("dip:State")
    states = [Quad(name, kind, state, DefaultGraph()) for name in names]
    store = Store.of([*corpus.quads(), *states])
    return create_app({"TESTING": True}, store).test_client()


def rows_of(body: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body, newline="")))


def listed(site: FlaskClient, path: str) -> list[str]:
    """Return the IRIs on all pages of a list, as JSON gives them."""
    first = site.get(f"{path}&format=json").get_json()
    pages = [site.get(f"{path}&format=json&page={n}") for n in range(1, first["pages"] + 1)]
    return [one["iri"] for page in pages for one in page.get_json()["results"]]


@pytest.mark.parametrize("path", LISTS)
def test_a_list_as_csv_has_the_rows_of_the_list_in_their_order(
    site: FlaskClient, path: str
) -> None:
    answer = site.get(f"{path}&format=csv")
    assert answer.content_type == "text/csv; charset=utf-8"
    iris = [row["iri"] for row in rows_of(answer.text)]
    assert iris
    # A thing on the map has a row for each of its places, one after the other.
    assert list(dict.fromkeys(iris)) == listed(site, path)
    assert len(iris) == len(set(iris)) or path.startswith("/map")


@pytest.mark.parametrize("path", LISTS)
def test_a_workbook_has_the_same_cells_as_the_csv(site: FlaskClient, path: str) -> None:
    answer = site.get(f"{path}&format=xlsx")
    assert re.fullmatch(r'attachment; filename="\w+\.xlsx"', answer.headers["Content-Disposition"])
    sheet = openpyxl.load_workbook(io.BytesIO(answer.data)).active
    header, *rows = ([cell.value or "" for cell in row] for row in sheet.iter_rows())
    # A workbook has one kind of number; the only numbers of lists are degrees.
    texts = [[str(float(c)) if isinstance(c, int | float) else c for c in row] for row in rows]
    assert [dict(zip(header, row, strict=True)) for row in texts] == rows_of(
        site.get(f"{path}&format=csv").text
    )


def test_each_row_has_the_sentences_that_state_something_of_it(
    site: FlaskClient, corpus: Store
) -> None:
    rows = rows_of(site.get("/timeline?format=csv").text)
    stating = sentences_stating(corpus, (row["iri"] for row in rows))
    for row in rows:
        cited = stating[row["iri"]]
        assert row["sentences"] == "; ".join(sentence.iri for sentence in cited)
        assert all(sentence.place in row["cited"] for sentence in cited)
    assert sum(bool(row["sentences"]) for row in rows) > len(rows) / 2
    # What a page of JSON gives is the same.
    record = site.get("/timeline?format=json").get_json()["results"][0]
    assert "; ".join(record["sentences"]) == rows[0]["sentences"]


def test_a_page_number_gives_the_rows_of_that_page(crowd: FlaskClient) -> None:
    page = crowd.get("/class/State?page=2&format=json").get_json()
    rows = rows_of(crowd.get("/class/State?page=2&format=csv").text)
    assert page["pages"] > 2
    assert [row["iri"] for row in rows] == [one["iri"] for one in page["results"]]
    assert crowd.get("/class/State?page=999&format=csv").status_code == 404


def test_a_list_longer_than_a_table_is_refused_with_the_way_to_have_it(crowd: FlaskClient) -> None:
    answer = crowd.get("/class/State?format=csv")
    assert answer.status_code == 422
    assert f"a table holds at most {MOST_ROWS:,}" in answer.get_json()["detail"]
    assert "page=1" in answer.get_json()["detail"]


def test_pages_lead_to_the_files_with_their_filters(site: FlaskClient) -> None:
    page = site.get("/timeline?actor=norland&as=table", headers={"Accept": "text/html"}).text
    for name in ("csv", "xlsx", "json"):
        assert f'href="/timeline?actor=norland&amp;format={name}"' in page


@pytest.mark.parametrize("path", ["/map?", "/map?actor=norland", "/map?kind=Meeting"])
def test_the_map_as_csv_has_the_rows_of_the_query_behind_it(site: FlaskClient, path: str) -> None:
    rows = rows_of(site.get(f"{path}&format=csv").text)
    solutions = [(row["thing"], row["at"]) for row in answered(site, path)]
    assert rows
    assert sorted((row["iri"], row["place_iri"]) for row in rows) == sorted(solutions)


def test_the_query_behind_the_map_cites_where_things_were(site: FlaskClient) -> None:
    behind = linked_query(site, "/map?actor=norland")
    values = {"query": behind, "format": "json", "evidence": "true"}
    evidence = site.get("/sparql", query_string=values).get_json()["evidence"]
    assert evidence["rows"]
    assert all(row["sentences"] for row in evidence["rows"])
