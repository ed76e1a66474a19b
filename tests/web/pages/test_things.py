import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, NamedNode, Quad, Triple
from rdflib import RDF, Dataset, Graph, URIRef

from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import SOURCE, TERM, THING
from kg.store.store import Store
from web import create_app

MEETING = URIRef("https://w3id.org/aide-memoire/id/strelsau-meeting")


@pytest.mark.parametrize(
    ("accept", "target"),
    [
        ("text/html", "/page/ruritania"),
        ("", "/page/ruritania"),
        ("text/turtle", "/data/ruritania.ttl"),
        ("application/ld+json", "/data/ruritania.jsonld"),
        ("application/trig", "/data/ruritania.trig"),
    ],
)
def test_a_thing_sends_clients_on_to_what_they_read(
    client: FlaskClient, accept: str, target: str
) -> None:
    answer = client.get("/id/ruritania", headers={"Accept": accept})
    assert (answer.status_code, answer.headers["Location"]) == (303, target)
    assert "Accept" in answer.headers["Vary"]


def test_a_format_in_the_address_beats_the_header(browser: FlaskClient) -> None:
    assert browser.get("/id/ruritania?format=nt").headers["Location"] == "/data/ruritania.nt"


def test_an_image_of_a_thing_is_not_acceptable(client: FlaskClient) -> None:
    assert client.get("/id/ruritania", headers={"Accept": "image/png"}).status_code == 406


def test_the_page_cites_the_sentences(browser: FlaskClient) -> None:
    page = browser.get("/page/strelsau-meeting").text
    assert '<a href="#note-1" aria-label="source 1: ¶1, sentence 1"' in page
    assert '<a href="/source/gazette-1894/p1s1">¶1, sentence 1</a>' in page
    assert "May 1894" in page


def test_the_page_points_to_its_identifier_and_data(browser: FlaskClient) -> None:
    page = browser.get("/page/ruritania").text
    assert '<link rel="canonical" href="/page/ruritania">' in page
    assert '<link rel="alternate" type="text/turtle" href="/data/ruritania.ttl">' in page


def test_a_claims_page_keeps_what_is_claimed_apart(browser: FlaskClient) -> None:
    page = browser.get("/page/dam-claim").text
    assert "Not a fact of this graph" in page
    assert "responsible party" in page
    assert "responsible party" not in browser.get("/page/river-flood").text


def test_an_unknown_thing_offers_near_ones(browser: FlaskClient) -> None:
    answer = browser.get("/page/ruritannia")
    assert answer.status_code == 404
    assert '<a href="/page/ruritania">' in answer.text


@pytest.mark.parametrize("slug", ["a%20b", "a%3Eb", "%3Cscript%3E"])
def test_a_slug_that_cannot_be_is_not_found(browser: FlaskClient, slug: str) -> None:
    for start in ("/id/", "/page/"):
        answer = browser.get(start + slug)
        assert answer.status_code == 404
        assert "<script>" not in answer.text


# rdflib's own JSON-LD parser still makes a class that rdflib deprecates.
@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated")
@pytest.mark.parametrize(
    ("extension", "parser"),
    [("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"), ("jsonld", "json-ld")],
)
def test_data_is_read_back_by_rdflib(client: FlaskClient, extension: str, parser: str) -> None:
    answer = client.get(f"/data/strelsau-meeting.{extension}")
    graph = Graph().parse(data=answer.data, format=parser)
    assert len(list(graph.predicate_objects(MEETING))) == 9
    assert len([link for _, link in graph.subject_predicates(MEETING) if link != RDF.subject]) == 2
    assert len(list(graph.subjects(RDF.subject, MEETING))) == 3


# rdflib's own parsers of quads still use what rdflib deprecates.
@pytest.mark.filterwarnings("ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated")
@pytest.mark.parametrize(("extension", "parser"), [("trig", "trig"), ("nq", "nquads")])
def test_quads_say_which_sentence_states_what(
    client: FlaskClient, extension: str, parser: str
) -> None:
    answer = client.get(f"/data/strelsau-meeting.{extension}")
    dataset = Dataset()
    dataset.parse(data=answer.data, format=parser)
    sentence = URIRef("https://w3id.org/aide-memoire/source/gazette-1894/p1s1")
    assert len(dataset.graph(sentence)) == 3


@pytest.mark.parametrize("path", ["/data/ruritania.pdf", "/data/ruritania", "/data/nobody.ttl"])
def test_data_that_is_not_there(client: FlaskClient, path: str) -> None:
    assert client.get(path).status_code == 404


def test_what_a_claim_says_is_data_of_its_own(client: FlaskClient, browser: FlaskClient) -> None:
    answer = client.get("/claim/dam-claim/content", headers={"Accept": "text/turtle"})
    assert len(Graph().parse(data=answer.data, format="turtle")) == 1
    assert browser.get("/claim/dam-claim/content").headers["Location"] == "/page/dam-claim#claimed"


def test_a_claims_own_address_leads_to_the_thing(client: FlaskClient) -> None:
    answer = client.get("/claim/dam-claim")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/id/dam-claim")


@pytest.mark.parametrize(
    "path", ["/id/nobody", "/claim/nobody", "/claim/ruritania", "/claim/ruritania/content"]
)
def test_no_address_leads_to_what_is_not_there(browser: FlaskClient, path: str) -> None:
    assert browser.get(path).status_code == 404


def test_data_says_what_it_describes_and_under_which_licence(client: FlaskClient) -> None:
    links = client.get("/data/ruritania.ttl").headers.getlist("Link")
    assert '<https://w3id.org/aide-memoire/id/ruritania>; rel="describes"' in links
    assert '<https://creativecommons.org/licenses/by/4.0/>; rel="license"' in links


def test_a_claims_triples_point_to_what_it_says(client: FlaskClient) -> None:
    related = '</claim/dam-claim/content>; rel="related"'
    assert related in client.get("/data/dam-claim.nt").headers.getlist("Link")
    assert related not in client.get("/data/dam-claim.trig").headers.getlist("Link")
    assert b"/claim/dam-claim/content> .\n" in client.get("/data/dam-claim.nq").data


def test_marks_stand_beside_names_and_bookkeeping_is_folded(browser: FlaskClient) -> None:
    planned = 'meeting at Zenda</a> <span class="mark">planned</span>'
    for path in (
        "/page/ruritania",
        "/class/Meeting",
        "/search?q=zenda",
        "/source/gazette-1894/p2s1",
    ):
        assert planned in browser.get(path).text.replace("<mark>", "").replace("</mark>", ""), path
    page = browser.get("/page/strelsau-meeting").text
    assert page.index("Inferred facts") < page.index('">earliest</a>')


@pytest.mark.parametrize("count", [50, 51])
def test_a_long_list_is_cut_and_says_so(tiny: list[Quad], count: int) -> None:
    host, ruritania = NamedNode(TERM + "host"), NamedNode(THING + "ruritania")
    graph = NamedNode(SOURCE + "gazette-1894/p2s1")
    more = [Triple(NamedNode(f"{THING}feast-{n}"), host, ruritania) for n in range(count)]
    named = [q for q in tiny if q.predicate != host and not isinstance(q.graph_name, DefaultGraph)]
    store = Store.of(with_default_graph([*named, *(Quad(*triple, graph) for triple in more)]))
    page = create_app({"TESTING": True}, store).test_client().get("/page/ruritania").text
    assert page.count('<dd><a href="/page/feast-') == 6
    assert f'<a class="more" href="/page/ruritania/to/host">See all {count}<' in page
