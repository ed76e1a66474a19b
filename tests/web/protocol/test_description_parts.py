"""The description in parts: each is small, and their links lead to all of it."""

import re
from typing import NamedTuple

import pytest
import rdflib
from flask.testing import FlaskClient
from rdflib import RDFS, VOID

from kg.model.formats import GRAPHS, GraphFormat, write
from kg.model.prefixes import BASE
from kg.pipeline.describe import DATASET, SERVICE
from kg.pipeline.description_parts import PARTS, overview, part_pages
from kg.store.store import Store
from tests.publishing import with_description
from web import create_app
from web.request.negotiate import DATA_TYPES

HOST = "http://localhost"
WELL_KNOWN = "/.well-known/void"
WHOLE = rdflib.URIRef(DATASET.value)
# So long may a document be, and so long are the links to others at most.
MOST, LINKS = 50_000, 2_000
RELATION = re.compile('<([^>]*)>; rel="(section|next|prev|up)"')
SD = rdflib.Namespace("http://www.w3.org/ns/sparql-service-description#")


@pytest.fixture(scope="module")
def whole(built: Store) -> Store:
    """Return the live graph with its description."""
    return Store.of(with_description(built.quads()))


@pytest.fixture(scope="module")
def site(whole: Store) -> FlaskClient:
    return create_app({"TESTING": True}, store=whole).test_client()


class Document(NamedTuple):
    """What a client reads at an address: triples, their length, and the links of the headers."""

    graph: rdflib.Graph
    length: int
    links: set[tuple[str, str]]


def read(site: FlaskClient, path: str) -> Document:
    answer = site.get(path, headers={"Accept": "application/n-triples"})
    assert answer.status_code == 200, path
    headers = map(RELATION.match, answer.headers.getlist("Link"))
    links = {(match[2], match[1]) for match in headers if match}
    graph = rdflib.Graph().parse(data=answer.data, format="nt")
    return Document(graph, len(answer.data), links)


@pytest.fixture(scope="module")
def parts(site: FlaskClient) -> dict[str, Document]:
    """Return the documents that a client comes by if it follows rdfs:seeAlso and nothing else."""
    found: dict[str, Document] = {}
    paths = [WELL_KNOWN]
    while paths:
        path = paths.pop()
        found[path] = read(site, path)
        linked = {str(o) for o in found[path].graph.objects(WHOLE, RDFS.seeAlso)}
        assert all(address.startswith(f"{HOST}/void/") for address in linked)
        paths += sorted({address.removeprefix(HOST) for address in linked} - {*found, *paths})
    return found


def described(graph: rdflib.Graph) -> set[tuple[rdflib.term.Node, ...]]:
    """Return what a document says of the dataset: not which documents there are."""
    return {
        triple
        for triple in graph
        if not isinstance(triple[0], rdflib.BNode)
        and triple[1] not in {RDFS.seeAlso, rdflib.DCTERMS.isPartOf}
    }


def test_each_part_is_small(parts: dict[str, Document]) -> None:
    assert {path: part.length for path, part in parts.items() if part.length >= MOST} == {}


@pytest.mark.parametrize("form", GRAPHS, ids=lambda form: form.name)
def test_each_page_is_small_in_every_format(whole: Store, form: GraphFormat) -> None:
    pages = [page for name in PARTS for page in part_pages(whole, name)]
    longest = max(len(write(page, form)) for page in [*pages, overview(whole)])
    assert longest < MOST - LINKS


@pytest.mark.parametrize("path", [WELL_KNOWN, "/void/classes", "/void/graphs/2", "/sparql"])
@pytest.mark.parametrize("name", DATA_TYPES)
def test_parts_come_in_every_format(site: FlaskClient, path: str, name: str) -> None:
    answer = site.get(path, headers={"Accept": DATA_TYPES[name]})
    assert answer.mimetype == DATA_TYPES[name]
    assert 1000 < len(answer.data) < MOST


def test_the_parts_are_the_complete_description(
    site: FlaskClient, parts: dict[str, Document]
) -> None:
    assert len(parts) > 20
    (complete,) = parts[WELL_KNOWN].graph.objects(
        rdflib.URIRef(f"{BASE}void"), rdflib.DCTERMS.isPartOf
    )
    everything = described(read(site, str(complete).removeprefix(HOST)).graph)
    assert set().union(*(described(part.graph) for part in parts.values())) == everything


def test_no_page_repeats_another(parts: dict[str, Document]) -> None:
    pages = [described(part.graph) for path, part in parts.items() if path != WELL_KNOWN]
    assert sum(map(len, pages)) == len(set().union(*pages))


def test_the_overview_has_the_largest_of_each_kind(parts: dict[str, Document]) -> None:
    shown = parts[WELL_KNOWN].graph
    every = rdflib.Graph()
    for part in parts.values():
        every += part.graph

    def counts(graph: rdflib.Graph, link: rdflib.URIRef, count: rdflib.URIRef) -> list[int]:
        found = (graph.value(part, count) for part in graph.objects(WHOLE, link))
        return sorted((number.toPython() for number in found if number), reverse=True)

    for link, count, least in (
        (VOID.classPartition, VOID.entities, 5),
        (VOID.propertyPartition, VOID.triples, 5),
        (VOID.subset, VOID.triples, 3),
    ):
        largest = counts(shown, link, count)
        assert len(largest) >= least
        assert largest == counts(every, link, count)[: len(largest)]
    assert len(list(shown.objects(None, SD.namedGraph))) >= 3


def test_headers_lead_to_the_same_parts(parts: dict[str, Document]) -> None:
    for path, part in parts.items():
        onward = {HOST + target for name, target in part.links if name in {"section", "next"}}
        assert onward == {str(o) for o in part.graph.objects(WHOLE, RDFS.seeAlso)}
        assert (("up", "/void") in part.links) == (path != WELL_KNOWN)
        for name, target in part.links:
            if name == "next":
                assert ("prev", path) in parts[target].links


def test_a_browser_is_led_from_a_part_to_the_page_of_the_description(site: FlaskClient) -> None:
    answer = site.get("/void/graphs", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (303, "/graph/description")


def test_a_page_that_is_not_there_is_not_found(site: FlaskClient) -> None:
    answer = site.get("/void/linksets/90", headers={"Accept": "application/json"})
    assert answer.status_code == 404
    assert "page 90 of linksets; there " in answer.text
    assert site.get("/void/classes/1?format=ttl").location == f"{HOST}/void/classes?format=ttl"
    assert site.get("/void/cats").status_code == 404


def test_the_endpoint_says_where_the_dataset_is_described(site: FlaskClient) -> None:
    found = read(site, "/sparql").graph
    (service,) = found.subjects(rdflib.OWL.sameAs, rdflib.URIRef(SERVICE.value))
    assert found.value(service, RDFS.seeAlso) == rdflib.URIRef(f"{HOST}/void")
    assert list(found.objects(None, SD.namedGraph))
    assert not list(found.objects(WHOLE, VOID.propertyPartition))


def test_parts_are_linked_under_the_prefix_of_the_site(whole: Store) -> None:
    application = create_app({"PUBLIC_URL": "https://graph.example/kg"}, store=whole)
    document = read(application.test_client(), f"/kg{WELL_KNOWN}")
    linked = {str(o) for o in document.graph.objects(WHOLE, RDFS.seeAlso)}
    assert linked == {f"https://graph.example/kg/void/{name}" for name in PARTS}
    assert {target for _, target in document.links} == {f"/kg/void/{name}" for name in PARTS}
    assert application.test_client().get("/kg/void/classes?format=nt").status_code == 200
