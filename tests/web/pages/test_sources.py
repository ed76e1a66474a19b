import re

import pytest
from flask.testing import FlaskClient
from markupsafe import escape
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad
from rdflib import Dataset, Graph

from kg.model.named_graphs import SOURCES
from kg.model.prefixes import SOURCE as SPACE
from kg.model.prefixes import TERM, node
from kg.statements.documents import documents_by_iri
from kg.statements.sentences import document_sentences
from kg.store.store import Store
from web import create_app
from web.pages.sources import SENTENCES_PER_PAGE
from web.urls import local_path

SOURCE = "/source/gazette-1894"


def test_the_source_lists_every_sentence_and_what_it_supports(browser: FlaskClient) -> None:
    page = browser.get(SOURCE).text
    assert "Of rivers and kings" in page
    assert f'<a href="{SOURCE}/p1s2"><span class="hidden">¶1, </span>sentence 2</a>' in page
    assert f'<a href="{SOURCE}/cap1">caption, sentence 1</a>' in page
    assert page.count("No facts are taken from it.") == 1


def test_the_sources_are_a_catalogue(browser: FlaskClient) -> None:
    page = browser.get("/sources").text
    assert "1 document<" in page
    assert f'<a href="{SOURCE}"><cite>Of rivers and kings</cite></a>' in page
    assert "4 sentences in 2 paragraphs" in page
    assert f'href="{SOURCE}?format=ttl"' in page


def test_a_source_leads_to_its_paragraphs(corpus: Store) -> None:
    site = create_app({"TESTING": True}, corpus).test_client()
    page = site.get("/source/norland-vostria-2018", headers={"Accept": "text/html"}).text
    assert "43 sentences in 10 paragraphs" in page
    targets = re.findall(r'<a href="#(p\d+|apart)">', page)
    assert targets == [*(f"p{number}" for number in range(1, 11)), "apart"]
    assert all(f'<h2 id="{target}">' in page for target in targets)


def test_how_to_cite_is_said(browser: FlaskClient) -> None:
    for path, place in ((SOURCE, ""), (SOURCE + "/p1s2", ", ¶1, sentence 2")):
        page = browser.get(path).text
        said = f"In: Aide-Mémoire, build test, https://w3id.org/aide-memoire{path}?build=test"
        assert f"1894{place}. {said}" in page


def test_a_sentence_leads_to_those_before_and_after_it(browser: FlaskClient) -> None:
    page = browser.get(SOURCE + "/p1s2").text
    assert f'<a rel="prev" href="{SOURCE}/p1s1">' in page
    assert f'<a rel="next" href="{SOURCE}/p2s1">' in page


def test_a_sentence_has_its_fingerprint_and_its_place_in_the_original(browser: FlaskClient) -> None:
    page = browser.get(SOURCE + "/p1s1").text
    assert "00aa" in page
    assert "#:~:text=The%20two,at%20Strelsau." in page
    assert f'href="{SOURCE}/p1s2"' in page


def test_a_sentence_names_the_claims_that_it_reports(browser: FlaskClient) -> None:
    assert "Claims it reports" in browser.get(SOURCE + "/p2s1").text


# rdflib's own parsers of quads still use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated")
def test_a_sentence_is_data(client: FlaskClient) -> None:
    trig = client.get(SOURCE + "/p1s2?format=trig")
    dataset = Dataset()
    dataset.parse(data=trig.data, format="trig")
    graph = "https://w3id.org/aide-memoire/source/gazette-1894/p1s2"
    assert len(dataset.graph(graph)) == 2
    turtle = client.get(SOURCE + "/p1s2", headers={"Accept": "text/turtle"})
    assert len(Graph().parse(data=turtle.data, format="turtle")) == 10


def test_unknown_sources_and_sentences_are_not_found(browser: FlaskClient) -> None:
    assert browser.get("/source/nothing").status_code == 404
    assert browser.get(SOURCE + "/p9s9").status_code == 404


def test_a_source_is_data(client: FlaskClient) -> None:
    for answer in (
        client.get(SOURCE, headers={"Accept": "text/turtle"}),
        client.get(SOURCE + "?format=ttl"),
    ):
        graph = Graph().parse(data=answer.data, format="turtle")
        assert b"Of rivers and kings" in answer.data
        assert len(set(graph.subjects())) == 6


def test_a_sentence_beyond_the_end_says_where_it_is(browser: FlaskClient) -> None:
    page = browser.get(SOURCE + "/p1s7").text
    assert "¶1 ends with sentence 2" in page
    assert f'<a href="{SOURCE}/p1s2">p1s2</a>' in page
    assert '<a href="/source/gazette-1894">' in browser.get("/source/gazette").text


def test_a_sentence_shows_its_first_and_last_words(browser: FlaskClient) -> None:
    page = browser.get(SOURCE + "/p1s1").text
    begin, end = '<span lang="en">The two</span>', '<span lang="en">at Strelsau.</span>'
    assert f"begins “{begin} …” and ends “… {end}”" in page


def test_a_long_source_is_shown_page_by_page(tiny: list[Quad]) -> None:
    gazette = NamedNode(SPACE + "gazette-1894")
    more = []
    for number in range(1, SENTENCES_PER_PAGE + 1):
        iri = NamedNode(f"{gazette.value}/p3s{number}")
        said = {
            node("rdf:type"): NamedNode(TERM + "Sentence"),
            node("dcterms:isPartOf"): gazette,
            NamedNode(TERM + "locator"): Literal(f"p3s{number}"),
            NamedNode(TERM + "paragraph"): Literal(3),
            NamedNode(TERM + "sentenceNumber"): Literal(number),
            NamedNode(TERM + "readingOrder"): Literal(100 + number),
        }
        for name, value in said.items():
            more += [Quad(iri, name, value, graph) for graph in (SOURCES, DefaultGraph())]
    browser = create_app({"TESTING": True}, Store.of([*tiny, *more])).test_client()
    browser.environ_base["HTTP_ACCEPT"] = "text/html"
    pages = [browser.get(f"{SOURCE}?page={number}").text for number in (1, 2)]
    assert [page.count('<div class="cited"') for page in pages] == [SENTENCES_PER_PAGE, 4]
    assert 'rel="next" href="?page=2"' in pages[0]
    assert f'href="{SOURCE}/p3s{SENTENCES_PER_PAGE}"' in pages[1]
    assert browser.get(f"{SOURCE}?page=3").status_code == 404


def with_more_sources(store: Store, number: int) -> Store:
    """Add Norlandese reports of one agency to the small graph."""
    more = store.quads()
    for day in range(1, number + 1):
        iri = NamedNode(f"{SPACE}report-{day}")
        values = {
            node("rdf:type"): node("dip:Source"),
            node("dcterms:title"): Literal(f"報告 {day}", language="ja"),
            node("dcterms:language"): Literal("ja"),
            node("dcterms:publisher"): node("id:gazette"),
            node("dcterms:issued"): Literal(f"1895-01-{day:02}", datatype=node("xsd:date")),
            node("dcterms:source"): Literal(f"https://reports.example/{day}"),
            node("dip:sourceKind"): node("dip:newsReport"),
            node("dip:voice"): node("id:ruritania"),
        }
        more += [
            Quad(iri, name, value, graph)
            for name, value in values.items()
            for graph in (DefaultGraph(), SOURCES)
        ]
    return Store.of(more)


@pytest.fixture(scope="module")
def reports(store: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, with_more_sources(store, 6)).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def test_many_sources_are_listed_newest_first_and_filtered(reports: FlaskClient) -> None:
    page = reports.get("/sources").text
    assert "7 documents" in page
    assert page.index("報告 6") < page.index("報告 1") < page.index("Of rivers and kings")
    filtered = reports.get("/sources?language=ja&kind=newsReport").text
    assert "6 documents of 7" in filtered
    assert "Of rivers and kings" not in filtered
    assert "No documents" in reports.get("/sources?language=xx").text
    assert reports.get("/sources?tongue=ja").status_code == 400


def test_the_home_page_names_the_newest_sources(reports: FlaskClient) -> None:
    page = reports.get("/").text
    assert '<cite lang="ja">報告 6</cite>' in page
    assert "報告 2" not in page
    assert "All 7 sources" in page


def test_a_source_says_whose_words_it_has_and_where_it_stands(reports: FlaskClient) -> None:
    page = reports.get("/source/report-3").text
    assert "news report · 日本語" in page
    assert '<dt>speaks for</dt><dd><a href="/page/ruritania">Ruritania</a>' in page
    assert '<a href="https://reports.example/3" rel="external">reports.example</a>' in page


def test_lists_are_filtered_by_source(browser: FlaskClient) -> None:
    listed = browser.get("/class/Event?source=gazette-1894&format=json").json
    assert listed
    assert 0 < listed["total"] <= browser.get("/class/Event?format=json").json["total"]
    assert browser.get("/class/Event?source=no-such").status_code == 404


def test_the_record_of_a_source_has_the_hash_and_ends_of_each_sentence(
    browser: FlaskClient, store: Store
) -> None:
    record = browser.get("/source/gazette-1894/record.json").get_json()
    sentences = document_sentences(store, record["source"])
    assert [one["iri"] for one in record["sentences"]] == [sentence.iri for sentence in sentences]
    assert [one["sha256"] for one in record["sentences"]] == [s.sha256 for s in sentences]
    assert browser.get("/source/gazette-1895/record.json").status_code == 404


def test_a_sentence_opens_in_the_original_where_its_address_is_recorded(built: Store) -> None:
    live = create_app({"TESTING": True}, built).test_client()
    addressed = [one for one in documents_by_iri(built).values() if one.addresses]
    assert addressed
    for document in addressed:
        sentence = document_sentences(built, document.iri)[0]
        page = live.get(local_path(sentence.iri), headers={"Accept": "text/html"}).text
        assert f'href="{escape(document.addresses[0])}#{escape(sentence.fragment)}"' in page
