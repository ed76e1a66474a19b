"""What is exported is what the page shows, each row with the sentences that the page leads to."""

import io
import re

import icalendar
import networkx as nx
import openpyxl
import pandas as pd
import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import TERM, THING, node
from kg.sparql.named_queries import named_queries
from kg.statements.sentences import sentences_stating
from kg.store.store import Store
from tests.web.behind import NARROWED
from web import create_app

HTML = {"Accept": "text/html"}
DATES = {
    node(f"dip:{name}")
    for name in (
        *("date", "startDate", "endDate"),
        *("expectedDate", "expectedStartDate", "expectedEndDate"),
    )
}
STATUSES = {node("dip:assertionStatus"), node("dip:prospectStatus")}
TIE = re.compile(
    r'<tr><td><a href="/page/([\w-]+)".*?<td><a href="/ontology#(\w+)".*?'
    r'<td><a href="/page/([\w-]+)".*?<td>([^<]+)</td></tr>'
)


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


def entries(page: str) -> list[str]:
    """Return the things of the timeline's list, in the order of the page."""
    return re.findall(r'^<li id="([\w-]+)">$', page[page.index('id="listed"') :], re.MULTILINE)


@pytest.mark.parametrize("query", ["", *NARROWED, "from=2018-03-01&until=2018-05-31"])
def test_the_timeline_as_json_has_the_entries_of_the_page(site: FlaskClient, query: str) -> None:
    page = site.get(f"/timeline?{query}", headers=HTML).text
    results = site.get(f"/timeline?{query}&format=json").get_json()["results"]
    assert [one["iri"].removeprefix(THING) for one in results] == entries(page)
    assert all(one["label"] in page.replace("&#39;", "'") for one in results)


def test_its_entries_have_the_sentences_that_their_pages_lead_to(site: FlaskClient) -> None:
    results = site.get("/timeline?format=json").get_json()["results"]
    cited = [one for one in results if one["sentences"]]
    assert len(cited) > len(results) / 2
    for one in cited[:5]:
        page = site.get(one["page"], headers=HTML).text
        sources = {iri.rpartition("/")[0] for iri in one["sentences"]}
        assert all(f'"{iri.partition("/aide-memoire")[2]}' in page for iri in sources)


def ties(page: str) -> list[tuple[str, ...]]:
    return TIE.findall(page[page.index('<table id="table">') :])


@pytest.mark.parametrize(
    "query", ["focus=norland", "focus=norland&focus=vostria", "without=Event&focus=norland"]
)
def test_a_network_has_the_ties_of_the_pages_table_in_each_format(
    site: FlaskClient, query: str
) -> None:
    shown = ties(site.get(f"/network?{query}", headers=HTML).text)
    assert shown
    record = site.get(f"/network?{query}&format=json").get_json()
    edges = [
        (one["source"], one["property"].removeprefix(TERM), one["target"], one["support"])
        for one in record["edges"]
    ]
    assert edges == shown
    assert record["directed"]
    graph = nx.read_graphml(
        io.BytesIO(site.get(f"/network?{query}&format=graphml").data), force_multigraph=True
    )
    assert graph.is_directed()
    same = [
        (start, data["property"].removeprefix(TERM), end, data["support"], data["sentences"])
        for start, end, data in graph.edges(data=True)
    ]
    cited = ["; ".join(one["sentences"]) for one in record["edges"]]
    assert sorted(same) == sorted((*tie, one) for tie, one in zip(edges, cited, strict=True))


def test_a_stated_tie_has_its_sentences_and_an_inferred_one_has_none(
    site: FlaskClient, corpus: Store
) -> None:
    edges = site.get("/network?focus=norland&format=json").get_json()["edges"]
    stated = [one for one in edges if one["support"] == "stated"]
    assert stated
    for one in stated:
        about = {
            sentence.iri
            for stating in sentences_stating(
                corpus, (THING + one["source"], THING + one["target"])
            ).values()
            for sentence in stating
        }
        assert one["sentences"]
        assert set(one["sentences"]) <= about
    assert all(not one["sentences"] for one in edges if one["support"] == "inferred")


def test_the_query_page_and_the_data_page_lead_to_the_notebook(site: FlaskClient) -> None:
    for path in ("/sparql", "/data"):
        assert 'href="/notebook.ipynb"' in site.get(path, headers=HTML).text, path


@pytest.mark.parametrize("query", ["", "actor=norland", "year=2018"])
def test_a_calendar_has_the_events_of_the_timeline_with_their_sentences(
    site: FlaskClient, corpus: Store, query: str
) -> None:
    calendar = icalendar.Calendar.from_ical(site.get(f"/calendar.ics?{query}").data)
    events = {str(event["uid"]): str(event["description"]) for event in calendar.walk("VEVENT")}
    listed = {
        one["iri"]
        for kind in ("Event", "Prospect")
        for one in site.get(f"/timeline?{query}&kind={kind}&format=json").get_json()["results"]
    }
    assert events
    assert events.keys() <= listed
    # A calendar leaves out what no source dates, what was refused, and what is only claimed.
    for iri in listed - events.keys():
        stated = [quad for quad in corpus.quads() if quad.subject.value == iri]
        dates = [quad for quad in stated if quad.predicate in DATES]
        statuses = {quad.object for quad in stated if quad.predicate in STATUSES}
        assert not dates or statuses & {node("dip:claimedOnly"), node("dip:refused")}, iri
    stating = sentences_stating(corpus, events)
    for iri, description in events.items():
        for sentence in stating[iri]:
            assert f"{sentence.title}, {sentence.place}" in description


def test_each_named_question_has_the_same_answer_in_each_format(
    site: FlaskClient, corpus: Store
) -> None:
    answered = 0
    # All of them take long; which are chosen does not matter.
    for question in named_queries(corpus.texts)[::4]:
        path = f"/query/{question.name}"
        table = pd.read_csv(io.BytesIO(site.get(f"{path}.csv").data), keep_default_na=False)
        book = openpyxl.load_workbook(io.BytesIO(site.get(f"{path}.xlsx").data)).active
        header, *rows = [[cell.value for cell in row] for row in book.iter_rows()]
        assert header == list(table.columns), question.name
        cells = [["" if cell is None else str(cell) for cell in row] for row in rows]
        written = site.get(f"{path}.csv").text.replace('""', '"')
        assert len(cells) == len(table), question.name
        assert all(cell in written for row in cells for cell in row), question.name
        answer = site.post("/sparql", data={"query": question.text, "format": "json"}).get_json()
        if "results" in answer:
            assert len(answer["results"]["bindings"]) == len(table), question.name
            answered += bool(len(table))
    assert answered > 2
