import csv
import io
import json
from dataclasses import dataclass
from pathlib import Path

import feedparser
import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, Quad

from kg.model.prefixes import THING, node
from kg.saved.archive import QuestionArchive
from kg.saved.asking import LARGEST_RESULT
from kg.store.store import Store
from tests.kg.outside.stand_in import Reply, dataset
from web import create_app
from web.saved.access import MINUTE_EACH
from web.saved.watch import record_next, send_notice

PREFIX = "PREFIX dip: <https://w3id.org/aide-memoire/ontology#>\n"
STATES = f"{PREFIX}SELECT ?state {{ ?state a dip:State }}"
HTML = {"Accept": "text/html"}


@dataclass
class Sites:
    """One archive behind two builds: of the tiny graph, and of that with another state."""

    then: Flask
    now: Flask
    folder: Path

    def save(self, query: str = STATES, **fields: str) -> str:
        answer = self.then.test_client().post("/q", data={"query": query, **fields})
        assert answer.status_code == 303, answer.text
        return answer.headers["Location"]


@pytest.fixture
def sites(tmp_path: Path, tiny: list[Quad]) -> Sites:
    return sites_with(tmp_path, tiny)


def sites_with(folder: Path, tiny: list[Quad], **settings: object) -> Sites:
    borduria, kind = node("id:borduria"), node("rdf:type")
    more = [
        Quad(borduria, kind, node("dip:State"), DefaultGraph()),
        Quad(borduria, node("rdfs:label"), Literal("Borduria", language="en"), DefaultGraph()),
    ]
    fewer = [one for one in tiny if (one.subject, one.predicate) != (node("id:sylvania"), kind)]
    config = {"TESTING": True, "SAVED": str(folder), **settings}
    then, now = (Store.of(quads, number) for quads, number in ((tiny, "1"), ([*fewer, *more], "2")))
    return Sites(create_app(config, then), create_app(config, now), folder)


def names(rows: list[dict]) -> list[str]:
    return [row["state"]["value"].removeprefix(THING) for row in rows]


def test_a_question_has_its_answer_then_beside_its_answer_now(sites: Sites) -> None:
    path = sites.save(title=" The  states ")
    record = sites.then.test_client().get(f"{path}?format=json").get_json()
    assert (record["title"], record["query"], record["unchanged"]) == ("The states", STATES, True)
    assert sorted(names(record["then"]["rows"])) == ["ruritania", "sylvania"]
    assert record["then"]["sha256"] == record["now"]["sha256"]
    later = sites.now.test_client().get(f"{path}?format=json").get_json()
    assert later["then"] == record["then"]
    assert (later["then"]["build"], later["now"]["build"], later["unchanged"]) == ("1", "2", False)
    assert names(later["added"]) == ["borduria"]
    assert names(later["removed"]) == ["sylvania"]
    assert sorted(names(later["now"]["rows"])) == ["borduria", "ruritania"]
    # What was asked once at a build is not asked again.
    assert sites.now.test_client().get(f"{path}?format=json").get_json() == later


def test_the_page_says_what_changed_in_words(sites: Sites) -> None:
    path = sites.save(title="The <states>")
    page = sites.then.test_client().get(path, headers=HTML)
    assert "Unchanged since it was saved on" in page.text
    assert "The &lt;states&gt;" in page.text
    assert page.headers["X-Robots-Tag"] == "noindex"
    later = sites.now.test_client().get(path, headers=HTML).text
    assert ": 1 row added, 1 row removed." in later
    assert "+ added" in later
    assert "− removed" in later
    assert '<a href="/page/borduria">Borduria</a>' in later


def test_the_answer_now_is_a_table_with_labels_and_sentences(sites: Sites) -> None:
    answer = sites.now.test_client().get(f"{sites.save()}?format=csv")
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["state"] for row in rows} == {"Borduria", "Ruritania"}
    assert {"state_iri", "sentences", "cited"} <= rows[0].keys()
    graph = sites.save("CONSTRUCT WHERE { ?s a ?o }")
    assert sites.then.test_client().get(f"{graph}?format=csv").status_code == 400


@pytest.mark.parametrize(
    "query",
    [
        "ASK { ?x ?y 1 }",
        "CONSTRUCT { ?s ?p ?o } WHERE { ?s a ?o ; ?p ?o }",
        f"{PREFIX}DESCRIBE <{THING}ruritania>",
        f"{PREFIX}SELECT (COUNT(*) AS ?n) {{ ?state a dip:State }}",
        "SELECT ?x { VALUES ?x { 1 } FILTER(false) }",
    ],
)
def test_every_form_of_query_is_saved(sites: Sites, query: str) -> None:
    path = sites.save(query)
    for site in (sites.then, sites.now):
        assert site.test_client().get(path, headers=HTML).status_code == 200
        record = site.test_client().get(f"{path}?format=json").get_json()
        assert record["now"]["error"] is None
        assert len(record["then"]["rows"]) == record["then"]["total"]


def test_the_same_question_is_saved_once(sites: Sites) -> None:
    lines = STATES.replace("\n", "\r\n")
    assert sites.save() == sites.save(lines, title="another")
    assert len(QuestionArchive(sites.folder).list()) == 1


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("", 400),
        ("SELECT nonsense", 400),
        ("INSERT DATA { <a:b> <a:c> <a:d> }", 400),
        ("SELECT * { SERVICE <https://a.example/> { ?s ?p ?o } }", 400),
        ("SELECT (NOW() AS ?now) {}", 400),
        ("a" * 17_000, 400),
    ],
)
def test_what_is_not_answered_is_not_saved(sites: Sites, query: str, status: int) -> None:
    answer = sites.then.test_client().post("/q", data={"query": query})
    assert answer.status_code == status
    assert answer.get_json()["detail"]
    assert QuestionArchive(sites.folder).list() == []


def test_an_answer_too_large_to_be_hashed_is_not_saved(sites: Sites) -> None:
    cell = "x" * 1000
    query = f'SELECT ?a ?b ?c ("{cell}" AS ?d) {{ ?a ?x ?y . ?b ?z ?c }}'
    answer = sites.then.test_client().post("/q", data={"query": query})
    assert answer.status_code == 422
    assert answer.get_json()["limit"] == LARGEST_RESULT
    assert QuestionArchive(sites.folder).list() == []


def test_a_form_of_another_site_saves_nothing(sites: Sites) -> None:
    client = sites.then.test_client()
    for headers, status in (
        ({"Sec-Fetch-Site": "cross-site"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Origin": "https://a.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "http://["}, 403),
        ({"Origin": "http://localhost"}, 303),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, 303),
    ):
        answer = client.post("/q", data={"query": STATES}, headers=headers)
        assert answer.status_code == status, headers


def test_the_feed_has_an_entry_for_each_build_with_another_answer(sites: Sites) -> None:
    path = sites.save(title="States")
    first = feedparser.parse(sites.then.test_client().get(f"{path}.atom").data)
    assert [entry.title for entry in first.entries] == ["Saved at build 1: 2 rows"]
    later = feedparser.parse(sites.now.test_client().get(f"{path}.atom").data)
    assert later.feed.title == "Aide-Mémoire: States"
    assert not later.bozo
    newest, oldest = later.entries
    assert newest.title == "1 row added, 1 row removed at build 2"
    assert newest.summary.splitlines() == ["added: Borduria", "removed: Sylvania"]
    assert oldest.id == first.entries[0].id


def test_each_question_is_asked_in_the_background_at_a_new_build(sites: Sites) -> None:
    paths = [sites.save(), sites.save(f"{STATES} LIMIT 1")]
    with sites.then.app_context():
        assert not record_next()
    with sites.now.app_context():
        assert [record_next() for _ in range(3)] == [True, True, False]
    archive = QuestionArchive(sites.folder)
    assert {archive.find(path.removeprefix("/q/")).asked for path in paths} == {"2"}


def test_the_webhook_is_sent_what_the_background_finds(tmp_path: Path, tiny: list[Quad]) -> None:
    with dataset() as receiver:
        receiver.reply("/hook", Reply())
        webhook = {"WEBHOOK": f"{receiver.origin}/hook", "WEBHOOK_SECRET": "secret"}
        public = {"PUBLIC_URL": "https://graph.example"}
        sites = sites_with(tmp_path, tiny, **webhook, **public)
        path = sites.save()
        with sites.now.app_context():
            assert not send_notice()
            assert record_next()
            assert send_notice()
            assert not send_notice()
        message = json.loads(receiver.bodies[0])
    assert message["address"] == f"https://graph.example{path}"
    assert (message["added"], message["removed"]) == (1, 1)


def test_a_question_that_is_no_longer_answered_keeps_its_record(
    tmp_path: Path, tiny: list[Quad]
) -> None:
    sites = sites_with(tmp_path, tiny)
    path = sites.save()
    archive = QuestionArchive(tmp_path)
    code = path.removeprefix("/q/")
    archive.record_trouble(code, "2", "this query was stopped after 30 s")
    record = sites.now.test_client().get(f"{path}?format=json").get_json()
    assert record["now"]["error"] == "this query was stopped after 30 s"
    assert len(record["then"]["rows"]) == 2
    page = sites.now.test_client().get(path, headers=HTML).text
    assert "this query was stopped after 30 s" in page


def test_an_address_saves_so_many_in_a_minute(sites: Sites) -> None:
    client = sites.then.test_client()
    queries = [f"{STATES} LIMIT {number}" for number in range(MINUTE_EACH + 1)]
    statuses = [client.post("/q", data={"query": query}).status_code for query in queries]
    assert statuses == [*[303] * MINUTE_EACH, 429]


def test_the_archive_has_its_bound(tmp_path: Path, tiny: list[Quad]) -> None:
    sites = sites_with(tmp_path, tiny, SAVED_MOST=1)
    sites.save()
    answer = sites.then.test_client().post("/q", data={"query": f"{STATES} LIMIT 1"})
    assert answer.status_code == 507
    assert "1 questions" in answer.get_json()["detail"]


@pytest.mark.parametrize("setting", ["", "0"])
def test_saving_can_be_turned_off(tmp_path: Path, tiny: list[Quad], setting: str) -> None:
    client: FlaskClient = create_app({"SAVED": setting}, Store.of(tiny)).test_client()
    answer = client.post("/q", data={"query": STATES})
    assert answer.status_code == 403
    assert "KG_SAVED" in answer.get_json()["detail"]
    page = client.get("/sparql", query_string={"query": STATES}, headers=HTML).text
    assert "Save this question" not in page


def test_the_query_page_offers_it_where_there_is_an_answer(sites: Sites) -> None:
    client = sites.then.test_client()
    page = client.get("/sparql", query_string={"query": STATES}, headers=HTML).text
    assert '<form class="save" action="/q" method="post">' in page
    empty = client.get("/sparql", headers=HTML).text
    assert '<form class="save" action="/q" method="post" hidden>' in empty
