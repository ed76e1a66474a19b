"""Third-party statements about things of ours: beside them on pages, and in no list."""

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad

from kg.added_data.added_statements import RECORDS_LISTED, STATEMENTS_LISTED, added_data
from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.named_graphs import LINKS, with_default_graph
from kg.model.prefixes import node
from kg.pipeline.additions.additions import Addition
from kg.sparql.named_queries import page_query
from kg.store.store import Store
from kg.terms.literals import text
from tests.publishing import publish
from web import create_app

JAPAN, RECORD = "https://w3id.org/aide-memoire/id/japan", "http://www.wikidata.org/entity/Q17"
PREFIXES = (
    "@prefix : <http://example.org/> . @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> ."
)
GRAPH = "https://w3id.org/aide-memoire/graph/added/"


def opened(
    tmp_path: Path, tiny: list[Quad], *bodies: str, end: str = "ttl", size: int = 0
) -> Store:
    link = Quad(NamedNode(JAPAN), node("owl:sameAs"), NamedNode(RECORD), LINKS)
    additions = []
    for number, body in enumerate(bodies):
        path = tmp_path / f"file{number}.{end}"
        path.write_text(f"{PREFIXES}\n{body}", "utf-8")
        additions.append(Addition.of(str(path)))
    named = [quad for quad in tiny if isinstance(quad.graph_name, NamedNode)]
    number = publish(tmp_path / "builds", with_default_graph([*named, link]), additions).number
    return Store.open(tmp_path / "builds" / number, size or 250_000, ours=True)


def test_a_build_without_added_files_is_not_asked(tmp_path: Path, tiny: list[Quad]) -> None:
    store = opened(tmp_path, tiny)
    assert added_data(store, JAPAN) == ()
    assert store.complete is store


def test_statements_about_ours_and_about_what_is_the_same(tmp_path: Path, tiny: list[Quad]) -> None:
    ours, theirs = f'<{JAPAN}> :motto "a" .', f"<{RECORD}> :capital :tokyo ; rdfs:seeAlso [] ."
    first, second = added_data(opened(tmp_path, tiny, ours, theirs), JAPAN)
    assert (first.graph, first.name) == (f"{GRAPH}file0", "file0.ttl")
    assert [(s.property.text, s.value.text) for s in first.statements] == [("motto", "a")]
    assert [(s.property.iri, s.value.iri) for s in second.statements] == [
        ("http://example.org/capital", "http://example.org/tokyo"),
        ("http://www.w3.org/2000/01/rdf-schema#seeAlso", ""),
    ]
    assert not second.more


def test_a_file_may_link_its_records_to_ours(tmp_path: Path, tiny: list[Quad]) -> None:
    linked = f':jp <http://www.w3.org/2002/07/owl#sameAs> <{JAPAN}> . :jp :code "JP" .'
    (data,) = added_data(opened(tmp_path, tiny, linked), JAPAN)
    assert [s.value.text for s in data.statements] == ["JP"]
    assert data.records == ()


def test_records_that_name_a_thing_say_what_else_they_hold(
    tmp_path: Path, tiny: list[Quad]
) -> None:
    body = f':vote rdfs:label "Vote 1" ; :by <{RECORD}> ; :choice "yes" . [] :by <{JAPAN}> .'
    (data,) = added_data(opened(tmp_path, tiny, body), JAPAN)
    named, unnamed = sorted(data.records, key=lambda one: not one.record.iri)
    assert (named.record.text, named.relation.text) == ("Vote 1", "by")
    assert [(s.property.text, s.value.text) for s in named.statements] == [("choice", "yes")]
    assert unnamed.record.text == "something without a name"


def test_what_is_long_is_cut_and_not_linked(tmp_path: Path, tiny: list[Quad]) -> None:
    long = "x" * 100_000
    about = f"<{JAPAN}> <urn:{long}> <http://example.org/{long}> ."
    body = f'{about} :a :by <{JAPAN}> ; rdfs:label "{long}" .'
    (data,) = added_data(opened(tmp_path, tiny, body), JAPAN)
    (statement,), (record,) = data.statements, data.records
    shown = (statement.property, statement.value, record.record)
    assert max(len(value.text) for value in shown) < 2_000
    assert [bool(value.iri) for value in shown] == [False, False, True]


def test_graphs_that_a_file_names_are_shown(tmp_path: Path, tiny: list[Quad]) -> None:
    body = f'<urn:g> {{ <{JAPAN}> :motto "a" }} <{JAPAN}> :motto "b" .'
    data = added_data(opened(tmp_path, tiny, body, end="trig"), JAPAN)
    assert [one.graph for one in data] == [f"{GRAPH}file0", "urn:g"]


@pytest.mark.parametrize("size", [10, 10**6], ids=["disk", "memory"])
def test_a_page_lists_a_part_and_reads_little(tmp_path: Path, tiny: list[Quad], size: int) -> None:
    statements = "".join(f"<{JAPAN}> :p {n} .\n" for n in range(3_000))
    records = "".join(f":vote{n} :by <{RECORD}> ; :n {n} .\n" for n in range(65_000))
    store = opened(tmp_path, tiny, statements + records, size=size)
    assert store.in_memory
    assert store.complete.in_memory == (size > 10)
    (data,) = added_data(store, JAPAN)
    assert data.more
    assert (len(data.statements), len(data.records)) == (STATEMENTS_LISTED, RECORDS_LISTED)


def test_lists_and_search_have_nothing_of_it(tmp_path: Path, tiny: list[Quad]) -> None:
    state = "<https://w3id.org/aide-memoire/ontology#State>"
    body = f'<https://w3id.org/aide-memoire/id/nowhere> a {state} ; rdfs:label "Nowhere" .'
    (tmp_path / "other").mkdir()
    with_it, without = opened(tmp_path, tiny, body), opened(tmp_path / "other", tiny)
    counts = [index(store).count(ThingFilter()) for store in (with_it, without)]
    assert counts[0] == counts[1]
    assert with_it.complete.ask("ASK { <https://w3id.org/aide-memoire/id/nowhere> ?p ?o }")


def test_the_query_of_the_section_lists_all(tmp_path: Path, tiny: list[Quad]) -> None:
    body = f'<{JAPAN}> :motto "a" . :vote :by <{RECORD}> .'
    store = opened(tmp_path, tiny, body).complete
    rows = store.select(page_query("added-data"), thing=NamedNode(JAPAN))
    assert sorted(text(row["property"]) for row in rows) == [
        "http://example.org/by",
        "http://example.org/motto",
    ]
    assert {text(row["graph"]) for row in rows} == {f"{GRAPH}file0"}


@pytest.fixture
def client(tmp_path: Path, tiny: list[Quad]) -> FlaskClient:
    leader = "<https://w3id.org/aide-memoire/ontology#headOfGovernment>"
    body = f"<{JAPAN}> {leader} :somebody ; :script <javascript:alert(1)> ; :motto 'a' ."
    store = opened(tmp_path, tiny, body)
    return create_app({"TESTING": True}, store=store).test_client()


def test_a_page_sets_it_apart(client: FlaskClient) -> None:
    page = client.get("/page/japan").get_data(as_text=True)
    before, _, after = page.partition('id="added">Outside data')
    section = after.partition("</section>")[0]
    assert "Third-party data, added to this site and not checked." in section
    assert "http://example.org/somebody" in section
    assert "file0.ttl" in section
    assert "example.org" not in before.replace(section, "")
    assert 'href="javascript' not in page
    assert "<sup" not in section


def test_graphs_dumps_and_data_are_those_of_the_build(client: FlaskClient) -> None:
    assert "somebody" in client.get("/graph/added/file0?format=nt").get_data(as_text=True)
    address = f"/graph-store?graph={GRAPH}file0"
    assert "somebody" in client.get(address).get_data(as_text=True)
    assert "somebody" in client.get("/dump/aide-memoire.nt").get_data(as_text=True)
    assert "somebody" not in client.get("/data/japan.nt").get_data(as_text=True)


def test_the_smallest_query_at_the_endpoint_finds_it(client: FlaskClient) -> None:
    query = f"SELECT ?motto {{ <{JAPAN}> <http://example.org/motto> ?motto }}"
    asked = {"query": query, "format": "csv"}
    assert client.get("/sparql", query_string=asked).text == "motto\r\na\r\n"


def test_a_page_without_it_has_no_such_section(tmp_path: Path, tiny: list[Quad]) -> None:
    client = create_app({"TESTING": True}, store=opened(tmp_path, tiny)).test_client()
    assert "Outside data" not in client.get("/page/japan").get_data(as_text=True)
