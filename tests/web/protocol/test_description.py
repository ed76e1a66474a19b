"""What the site says of itself to programs: the description, the questions, the dumps."""

import gzip

import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Quad, RdfFormat, parse
from rdflib import DCAT, RDF, SH, VOID

from kg.model.errors import KGError
from kg.model.prefixes import BASE, STATEMENT
from kg.pipeline.describe import DATASET, DUMP, describe
from kg.store.dump import DUMPS
from kg.store.store import Store
from tests.publishing import graph_of, with_description
from web import create_app
from web.request.negotiate import DATA_TYPES
from web.urls import local_path

SD = "http://www.w3.org/ns/sparql-service-description#"
PARSERS = {"rdf": "xml", "jsonld": "json-ld", "nq": "nquads"}
WHOLE = rdflib.URIRef(DATASET.value)
BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
WELL_KNOWN, QUESTION = "/.well-known/void", "/query/strikes-on-syria"

# rdflib's own parsers still make what rdflib deprecates.
pytestmark = pytest.mark.filterwarnings(
    "ignore:(ConjunctiveGraph|Dataset.default_context) is deprecated"
)


@pytest.fixture(scope="module")
def whole(tiny: list[Quad]) -> list[Quad]:
    return with_description(tiny)


@pytest.fixture(scope="module")
def application(whole: list[Quad]):
    return create_app({"TESTING": True}, store=Store.of(whole))


@pytest.fixture
def site(application) -> FlaskClient:
    return application.test_client()


def read(body: bytes, name: str) -> rdflib.Dataset:
    return rdflib.Dataset(default_union=True).parse(data=body, format=PARSERS.get(name, name))


@pytest.mark.parametrize("name", DATA_TYPES)
@pytest.mark.parametrize("path", [WELL_KNOWN, "/void"])
def test_the_description_comes_in_every_format(site: FlaskClient, path: str, name: str) -> None:
    answer = site.get(path, headers={"Accept": DATA_TYPES[name]})
    assert answer.mimetype == DATA_TYPES[name]
    assert (WHOLE, RDF.type, VOID.Dataset) in read(answer.data, name)


@pytest.mark.parametrize("media", ["application/n-quads", "application/trig"])
@pytest.mark.parametrize(
    "path", [WELL_KNOWN, "/id/ruritania", "/source/gazette-1894/p1s1", "/ontology"]
)
def test_the_default_graph_of_quads_is_what_a_format_for_triples_holds(
    site: FlaskClient, path: str, media: str
) -> None:
    def triples(accept: str) -> set[str]:
        answer = site.get(path, headers={"Accept": accept}, follow_redirects=True)
        quads = parse(answer.data, format=RdfFormat.from_media_type(accept))
        return {
            str(quad.triple)
            for quad in quads
            # What has no graphs describes who states a statement in further ones.
            if quad.graph_name == DefaultGraph() and f"<{STATEMENT}" not in str(quad.subject)
        }

    assert triples(media) >= triples("application/n-triples") != set()


@pytest.mark.parametrize("accept", ["", "*/*", "text/turtle"])
def test_the_description_is_turtle_unless_asked_otherwise(site: FlaskClient, accept: str) -> None:
    assert site.get(WELL_KNOWN, headers={"Accept": accept}).mimetype == "text/turtle"
    assert site.get(f"{WELL_KNOWN}?format=nt").mimetype == "application/n-triples"


def test_a_browser_is_led_to_the_page_of_the_description(site: FlaskClient) -> None:
    answer = site.get(WELL_KNOWN, headers=BROWSER)
    assert (answer.status_code, answer.location) == (303, "/graph/description")
    assert "graph:description" in site.get(answer.location, headers=BROWSER).text


def test_the_description_is_not_sent_in_a_format_for_rows(site: FlaskClient) -> None:
    assert site.get(WELL_KNOWN, headers={"Accept": "text/csv"}).status_code == 406


@pytest.mark.parametrize("media", ["text/plain", "application/sparql-query"])
def test_a_question_is_sent_as_a_query(site: FlaskClient, media: str) -> None:
    answer = site.get(QUESTION, headers={"Accept": media})
    assert answer.mimetype == media
    assert answer.text.startswith("# ")
    assert "# example" not in answer.text
    assert site.get("/sparql", query_string={"query": answer.text}).status_code == 200


def test_a_question_is_sent_as_statements(site: FlaskClient) -> None:
    answer = site.get(QUESTION, headers={"Accept": "text/turtle"})
    found = rdflib.Graph().parse(data=answer.data, format="turtle")
    question = rdflib.URIRef(BASE.rstrip("/") + QUESTION)
    query = site.get(QUESTION, headers={"Accept": "text/plain"}).text
    assert str(found.value(question, SH.select)) == query


def test_a_browser_is_led_from_a_question_to_its_answer(site: FlaskClient) -> None:
    answer = site.get(QUESTION, headers=BROWSER, follow_redirects=True)
    assert answer.request.path == "/sparql"
    assert "<h1" in answer.text


def test_a_question_that_is_not_there_is_not_found(site: FlaskClient) -> None:
    answer = site.get("/query/strike-on-syria", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "strikes-on-syria" in answer.text


@pytest.mark.parametrize("name", DUMPS)
def test_a_dump_holds_the_build(site: FlaskClient, whole: list[Quad], name: str) -> None:
    answer = site.get(f"/dump/aide-memoire.{name}")
    assert answer.mimetype == DATA_TYPES[name]
    found = read(answer.data, name)
    triples = {quad.triple for quad in whole if isinstance(quad.graph_name, DefaultGraph)}
    named = {q.triple for q in whole if name in {"nq", "trig"}}
    assert len(found) == len(triples | named)


def test_a_dump_is_packed_for_those_who_take_it(site: FlaskClient) -> None:
    plain = site.get("/dump/aide-memoire.nt")
    packed = site.get("/dump/aide-memoire.nt", headers={"Accept-Encoding": "gzip, br"})
    assert "Content-Encoding" not in plain.headers
    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.data) == plain.data
    assert "Accept-Encoding" in plain.headers["Vary"]
    assert 'rel="license"' in plain.headers["Link"]


def test_a_dump_in_another_format_is_not_found(site: FlaskClient) -> None:
    answer = site.get("/dump/aide-memoire.zip", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "the formats are nq, trig" in answer.text


def test_what_the_description_names_of_ours_is_there(site: FlaskClient, whole: list[Quad]) -> None:
    named = {
        node.value
        for quad in describe(graph_of(whole))
        for node in (quad.subject, quad.object)
        if getattr(node, "value", "").startswith((DUMP, f"{BASE}query/", f"{BASE}graph/"))
    }
    assert len(named) > 30
    statuses = {iri: site.get(local_path(iri)).status_code for iri in named}
    assert {iri: status for iri, status in statuses.items() if status not in {200, 303}} == {}


@pytest.mark.parametrize("path", ["/", "/page/ruritania", "/class/State", "/ontology", "/search"])
def test_a_page_says_the_same_with_the_description_as_without(
    site: FlaskClient, client: FlaskClient, path: str
) -> None:
    assert site.get(path, headers=BROWSER).text == client.get(path, headers=BROWSER).text


@pytest.mark.parametrize("path", ["/data/ruritania.nq", "/source/gazette-1894/p1s1?format=nq"])
def test_data_says_the_same_with_the_description_as_without(
    site: FlaskClient, client: FlaskClient, path: str
) -> None:
    assert site.get(path).data == client.get(path).data != b""


@pytest.mark.parametrize("media", ["text/turtle", "application/rdf+xml", "application/ld+json"])
def test_the_endpoint_describes_itself_when_asked_for_rdf(application, media: str) -> None:
    answer = application.test_client().get("/sparql", headers={"Accept": media})
    assert (answer.status_code, answer.mimetype) == (200, media)
    parser = {"text/turtle": "turtle", "application/rdf+xml": "xml"}.get(media, "json-ld")
    found = rdflib.Graph().parse(data=answer.data, format=parser)
    (service,) = found.subjects(RDF.type, rdflib.URIRef(SD + "Service"))
    languages = set(found.objects(service, rdflib.URIRef(SD + "supportedLanguage")))
    assert rdflib.URIRef(SD + "SPARQL11Query") in languages


ACCESS = (
    *(VOID.sparqlEndpoint, VOID.dataDump, DCAT.accessURL, DCAT.downloadURL, DCAT.endpointURL),
    rdflib.URIRef(SD + "endpoint"),
)


def access_addresses(body: bytes) -> set[str]:
    """Return all addresses of ours at which a description says that something can be had."""
    described = rdflib.Graph().parse(data=body, format="nt")
    found = {str(value) for name in ACCESS for value in described.objects(None, name)}
    return {address for address in found if "aide-memoire" in address or "sparql" in address}


@pytest.mark.parametrize("path", [WELL_KNOWN, "/sparql"])
def test_what_can_be_had_is_had_at_the_address_of_the_site(site: FlaskClient, path: str) -> None:
    asked = {"Accept": "application/n-triples", "Host": "copy.example:8000"}
    ours = {a for a in access_addresses(site.get(path, headers=asked).data) if "wikidata" not in a}
    assert "http://copy.example:8000/sparql" in ours
    assert all(address.startswith("http://copy.example:8000/") for address in ours)
    for address in ours - {"http://copy.example:8000/sparql"}:
        assert site.get(address.removeprefix("http://copy.example:8000")).status_code == 200


def test_names_stay_canonical_wherever_they_are_described(site: FlaskClient) -> None:
    asked = {"Accept": "application/n-triples", "Host": "copy.example"}
    described = rdflib.Graph().parse(data=site.get(WELL_KNOWN, headers=asked).data, format="nt")
    names = {str(subject) for subject in described.subjects()}
    assert WHOLE in described.subjects()
    assert not any("copy.example" in name for name in names)


def test_the_public_address_is_used_wherever_the_site_gives_its_own(whole: list[Quad]) -> None:
    application = create_app({"PUBLIC_URL": "https://graph.example/"}, store=Store.of(whole))
    site = application.test_client()
    body = site.get(WELL_KNOWN, headers={"Accept": "application/n-triples"}).data
    assert "https://graph.example/sparql" in access_addresses(body)
    for path in ("/sitemap.xml", "/robots.txt", "/feeds/sources.atom", "/opensearch.xml"):
        text = site.get(path).text
        assert "https://graph.example/" in text, path
        assert "http://localhost" not in text, path


def test_a_public_address_of_no_site_is_refused_when_the_site_starts(whole: list[Quad]) -> None:
    wrongs = (
        "graph.example",
        "ftp://graph.example",
        "https://a.example/k g",
        "https://a.example?x",
    )
    for wrong in (*wrongs, "https://a.example//kg", "https://a.example/.."):
        with pytest.raises(KGError, match="is not the address of a site"):
            create_app({"PUBLIC_URL": wrong}, store=Store.of(whole))


def test_behind_a_proxy_its_word_on_scheme_and_host_is_taken(whole: list[Quad]) -> None:
    forwarded = {"X-Forwarded-Proto": "https", "X-Forwarded-Host": "graph.example"}
    trusting = create_app({"PROXIES": 1}, store=Store.of(whole)).test_client()
    assert "Sitemap: https://graph.example/" in trusting.get("/robots.txt", headers=forwarded).text
    alone = create_app({}, store=Store.of(whole)).test_client()
    assert "graph.example" not in alone.get("/robots.txt", headers=forwarded).text
