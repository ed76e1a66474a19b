"""The catalogue: what DCAT-AP demands, and what it says of the site that serves it."""

from pathlib import Path

import pyshacl
import pytest
import rdflib
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, RdfFormat, parse
from rdflib.namespace import DCTERMS, RDF

from kg.model.prefixes import ROOT, node
from kg.releases.downloads import downloads
from kg.releases.history import releases
from kg.store.store import Store
from web import create_app

SHAPES = ROOT.parent / "shared" / "conformance" / "dcat-ap"
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
BASE = "https://w3id.org/aide-memoire/"

# https://semiceu.github.io/DCAT-AP/releases/3.0.1/: the mandatory properties.
MANDATORY = {
    DCAT.Catalog: (DCTERMS.title, DCTERMS.description, DCTERMS.publisher, DCAT.dataset),
    DCAT.Dataset: (DCTERMS.title, DCTERMS.description),
    DCAT.DatasetSeries: (DCTERMS.title, DCTERMS.description),
    DCAT.Distribution: (DCAT.accessURL,),
    DCAT.DataService: (DCTERMS.title, DCAT.endpointURL),
}


@pytest.fixture(scope="module")
def described(published: Store) -> rdflib.Graph:

    site = create_app({"TESTING": True}, store=published).test_client()
    answer = site.get("/catalogue", headers={"Accept": "text/turtle"})
    return rdflib.Graph().parse(data=answer.data, format="turtle")


def test_what_is_mandatory_is_there(described: rdflib.Graph) -> None:
    for kind, properties in MANDATORY.items():
        subjects = set(described.subjects(RDF.type, kind))
        assert subjects, kind
        for subject in subjects:
            for name in properties:
                assert (subject, name, None) in described, (subject, name)


@pytest.mark.parametrize(
    "name", ["shapes.ttl", "range.ttl", "deprecateduris.ttl", "shapes_recommended.ttl"]
)
def test_shapes_of_the_profile(described: rdflib.Graph, name: str) -> None:
    path: Path = SHAPES / name
    if not path.is_file():
        pytest.skip("the shapes of DCAT-AP are not beside the project")
    # Warnings are of the recommended shapes alone: no bounding box of the Earth, for example.
    warned = name == "shapes_recommended.ttl"
    conforms, _, report = pyshacl.validate(
        described, shacl_graph=rdflib.Graph().parse(path), allow_warnings=warned
    )
    assert conforms, report


def test_distributions_are_the_dumps(described: rdflib.Graph, published: Store) -> None:
    files = {str(file) for file in described.objects(None, DCAT.downloadURL)}
    assert files == {f"http://localhost/dump/{one.file}" for one in downloads(published)}
    for one in downloads(published):
        (node,) = described.subjects(
            DCAT.downloadURL, rdflib.URIRef(f"http://localhost/dump/{one.file}")
        )
        assert int(described.value(node, DCAT.byteSize)) == one.digest.size
        checksum = described.value(node, SPDX.checksum)
        value = described.value(checksum, SPDX.checksumValue)
        assert str(value.lower()) == one.digest.sha256
        assert bool(described.value(node, DCAT.compressFormat)) == bool(one.packing)


def test_releases_are_versions_in_a_series(described: rdflib.Graph, published: Store) -> None:
    newer, older = (
        rdflib.URIRef(f"{BASE}catalogue#release-{one.number}") for one in releases(published)
    )
    assert described.value(newer, DCAT.previousVersion) == older
    assert str(described.value(older, DCAT.version)) == releases(published)[1].number
    series = rdflib.URIRef(BASE + "catalogue#releases")
    assert set(described.subjects(DCAT.inSeries, series)) == {newer, older}


def test_services_are_those_of_the_site(described: rdflib.Graph, site: FlaskClient) -> None:
    endpoints = {str(address) for address in described.objects(None, DCAT.endpointURL)}
    assert endpoints == {"http://localhost/sparql", "http://localhost/reconcile"}
    for address in described.objects(None, DCAT.endpointDescription):
        assert site.get(str(address).removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("media", ["application/n-quads", "application/trig"])
def test_quads_have_a_default_graph(site: FlaskClient, media: str) -> None:
    answer = site.get("/catalogue", headers={"Accept": media})
    quads = parse(answer.data, format=RdfFormat.from_media_type(media))
    objects = {quad.object for quad in quads if quad.graph_name == DefaultGraph()}
    assert node("dcat:Catalog") in objects


def test_a_browser_is_led_to_the_data_page(site: FlaskClient) -> None:
    answer = site.get("/catalogue", headers={"Accept": "text/html"})
    assert (answer.status_code, answer.location) == (303, "/data")
