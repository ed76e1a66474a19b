"""A local install, under a prefix: what it says of itself leads programs to it and nowhere else."""

import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib import RDF, Namespace
from SPARQLWrapper import JSON, SPARQLWrapper

from kg.model.prefixes import BASE
from tests.clients.comunica import Comunica
from tests.clients.rows import Rows, rows_in
from tests.serving import free_port, serving

Expected = Callable[[str], Rows]
Question = Callable[[str], str]

DCAT = Namespace("http://www.w3.org/ns/dcat#")
SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
VOID = Namespace("http://rdfs.org/ns/void#")
MEDIA_TYPES = "https://www.iana.org/assignments/media-types/"


@pytest.fixture(scope="module")
def local(tmp_path_factory: pytest.TempPathFactory, builds: Path) -> Iterator[str]:
    """Serve the live graph under a prefix, by KG_PUBLIC_URL and without a proxy."""
    port = free_port()
    address = f"http://127.0.0.1:{port}/of/ours"
    log = tmp_path_factory.mktemp("local") / "server"
    with serving(log, port, BUILDS=builds, PUBLIC_URL=address):
        yield address


@pytest.fixture(scope="module")
def description(local: str) -> rdflib.Graph:
    """Return what the address that clients know says, as they read it."""
    return rdflib.Graph().parse(f"{local}/.well-known/void")


def test_sparqlwrapper_is_led_to_the_endpoint(
    local: str, description: rdflib.Graph, expected: Expected, question: Question
) -> None:
    names = (VOID.sparqlEndpoint, SD.endpoint)
    found = {str(o) for name in names for o in description.objects(None, name) if _is_ours(o)}
    (endpoint,) = found
    assert endpoint == f"{local}/sparql"
    client = SPARQLWrapper(endpoint, returnFormat=JSON)
    client.setQuery(question("expelling-states"))
    with client.query().response as response:
        assert rows_in(response.read()) == expected("expelling-states")


def test_comunica_is_led_to_the_endpoint(
    comunica: Comunica, local: str, expected: Expected, question: Question
) -> None:
    answer = comunica.ask(local, question("expelling-states"), f"{local}/.well-known/void")
    assert answer.rows == expected("expelling-states")
    asked = {url.partition("?")[0] for url in answer.requested}
    assert f"{local}/sparql" in asked
    assert [url for url in asked if not url.startswith((f"{local}/", BASE))] == []


def test_a_harvester_of_dcat_gets_every_distribution(local: str, description: rdflib.Graph) -> None:
    (dataset,) = description.subjects(RDF.type, DCAT.Dataset)
    assert str(dataset).startswith(BASE)
    distributions = list(description.objects(dataset, DCAT.distribution))
    assert len(distributions) >= 6
    for distribution in distributions:
        addresses = {*description.objects(distribution, DCAT.accessURL)}
        addresses |= {*description.objects(distribution, DCAT.downloadURL)}
        media = description.value(distribution, DCAT.mediaType)
        assert addresses
        for address in map(str, addresses):
            # Nothing else is asked: an address of elsewhere is a fault, and not a request.
            assert address.startswith(f"{local}/"), address
            request = urllib.request.Request(address, headers={"Accept": "*/*"})  # noqa: S310
            with urllib.request.urlopen(request) as response:  # noqa: S310
                assert str(media) == MEDIA_TYPES + response.headers.get_content_type()
                assert len(response.read(10_000)) == 10_000


def test_nothing_that_can_be_had_is_said_to_be_elsewhere(
    local: str, description: rdflib.Graph
) -> None:
    access = (VOID.dataDump, VOID.uriLookupEndpoint, DCAT.accessURL, DCAT.downloadURL)
    access += (DCAT.endpointURL, DCAT.endpointDescription, DCAT.landingPage)
    found = {str(o) for name in access for o in description.objects(None, name)}
    assert len(found) >= 6
    assert [address for address in found if not address.startswith(f"{local}/")] == []


def _is_ours(address: object) -> bool:
    """Tell whether an endpoint is not that of a linked dataset."""
    return str(address).startswith((BASE, "http://127.0.0.1"))
