"""The page of an answer: it has a bound, and says what it does not show."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.prefixes import node
from kg.store.store import Store
from tests.web.conftest import BROWSER
from web import create_app

# Of a page in bytes, whatever is asked.
LARGEST = 2_000_000
MANY = 40_000
# What HTML and addresses write longest.
SIGNS = "'\"<&日"


CALLED = "?s <http://www.w3.org/2004/02/skos/core#note> ?o FILTER(STRLEN(?o) > 300)"
LONG = f"CONCAT({', '.join(['?o'] * 20)})"


@pytest.fixture(scope="module")
def reader() -> FlaskClient:
    """Return a browser of a graph whose answers in full take some 60 MB."""
    note = node("skos:note")
    store = Store.of(
        Quad(NamedNode(f"http://example.org/{'x' * 400}{n}"), note, Literal(f"{n}{SIGNS * 80}"))
        for n in range(MANY)
    )
    client = create_app({"TESTING": True}, store=store).test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER
    return client


def shown(reader: FlaskClient, query: str) -> str:
    # As long as a query may be.
    query = f"{query}\n# {SIGNS * 4000}".encode()[:16_000].decode(errors="ignore")
    answer = reader.post("/sparql", data={"query": query})
    assert answer.status_code == 200, answer.text
    assert len(answer.data) < LARGEST
    return answer.text


def test_a_page_of_very_many_rows_has_a_bound(reader: FlaskClient) -> None:
    page = shown(reader, f"SELECT ?s ?o {{ {CALLED} }}")
    rows = page.count("<tr>") - 1
    assert 100 < rows < 1000
    assert (
        f"Showing the first {rows} of {MANY:,} rows; the downloads above have all of them" in page
    )


def test_a_page_of_a_very_large_graph_has_a_bound(reader: FlaskClient) -> None:
    page = shown(reader, f"CONSTRUCT {{ ?s ?s ?o }} {{ {CALLED} }}")
    assert f"A graph of {MANY:,} triples" in page
    assert f" of {MANY:,} triples; the downloads above have all of them." in page


def test_a_page_says_where_a_value_is_cut(reader: FlaskClient) -> None:
    page = shown(reader, f"SELECT ({LONG} AS ?x) {{ {CALLED} }} LIMIT 5")
    assert page.count("shortened: the downloads above have all ") == 5
    page = shown(reader, f"CONSTRUCT {{ ?s ?s ?x }} {{ {CALLED} BIND({LONG} AS ?x) }} LIMIT 5")
    assert "Showing 5 of 5 triples, with long values shortened" in page
    assert "the downloads above are complete." in page


def test_a_page_of_very_many_columns_has_a_bound(reader: FlaskClient) -> None:
    names = " ".join(f"?v{n}" for n in range(2000))
    page = shown(reader, f"SELECT {names} {{ ?v0 ?v1 ?v2 }} LIMIT 2000")
    assert "of 2,000 rows; the downloads above have all of them" in page
