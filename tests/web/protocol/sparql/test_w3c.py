"""The W3C's tests of the protocol (w3c/rdf-tests, sparql11/protocol), those of updates apart.

Their manifest is not part of the project; where it is not beside it, these tests are skipped.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import Graph, Namespace
from rdflib.collection import Collection
from werkzeug.test import Client, TestResponse

from kg.model.named_graphs import with_default_graph
from kg.store.store import Store
from tests.publishing import publish
from tests.serving import serving
from tests.web.protocol.sparql.conftest import forward
from web import create_app

FOLDER = Path(__file__).parents[5] / "shared" / "conformance" / "sparql-protocol"
MANIFEST = FOLDER / "manifest.ttl"
LOADED = "http://kasei.us/2009/09/sparql/data/{}.rdf"
MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
CNT = Namespace("http://www.w3.org/2011/content#")
HT = Namespace("http://www.w3.org/2011/http#")

pytestmark = pytest.mark.skipif(
    not MANIFEST.is_file(), reason="the W3C's tests are not beside the repository, in ../shared"
)


@dataclass(frozen=True)
class Exchange:
    """A request of a test, and what its answer is to be."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None
    statuses: frozenset[str]
    boolean: bool | None
    form: str


def entries() -> dict[str, list[Exchange]]:
    if not MANIFEST.is_file():
        return {"none": []}
    graph = Graph().parse(MANIFEST)
    listed = next(graph.objects(None, MF.entries))
    found = {}
    for test in Collection(graph, listed):
        action = graph.value(test, MF.action)
        requests = Collection(graph, graph.value(action, HT.requests))
        found[str(test).partition("#")[2]] = [_exchange(graph, one) for one in requests]
    return found


def _exchange(graph: Graph, request: object) -> Exchange:
    answer, body = graph.value(request, HT.resp), graph.value(request, HT.body)
    listed = graph.value(request, HT.headers)
    headers = {
        str(graph.value(one, HT.fieldName)): str(graph.value(one, HT.fieldValue))
        for one in (Collection(graph, listed) if listed else ())
    }
    text = None
    if body:
        coding = str(graph.value(body, CNT.characterEncoding))
        text = str(graph.value(body, CNT.chars)).encode(coding)
    boolean = graph.value(answer, MF.expectedBoolean)
    return Exchange(
        str(graph.value(request, HT.methodName)),
        str(graph.value(request, HT.absolutePath)).replace("/sparql/", "/sparql", 1),
        headers,
        text,
        frozenset(str(one)[-3:] for one in graph.objects(answer, MF.expectedStatus)),
        None if boolean is None else bool(boolean),
        str(graph.value(answer, MF.expectedFormat) or ""),
    )


ENTRIES = entries()
UPDATES = {name for name in ENTRIES if name.startswith("update_")}


def quads() -> list[Quad]:
    return with_default_graph(
        Quad(*quad.triple, NamedNode(LOADED.format(path.stem)))
        for path in sorted(FOLDER.glob("*.nt"))
        for quad in parse(path=path, format=RdfFormat.N_TRIPLES)
    )


@pytest.fixture(scope="module")
def w3c_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    root = tmp_path_factory.mktemp("w3c")
    publish(root / "builds", quads())
    with serving(root / "log", BUILDS=root / "builds") as (port, _):
        yield port


@pytest.fixture(params=["inside", "served"])
def site(request: pytest.FixtureRequest) -> Client:
    if request.param == "inside":
        return create_app({"TESTING": True}, Store.of(quads())).test_client()
    return Client(forward(request.getfixturevalue("w3c_port")))


def send(site: Client, exchange: Exchange) -> TestResponse:
    headers = dict(exchange.headers)
    kind = headers.pop("content-type", None)
    return site.open(
        exchange.path,
        method=exchange.method,
        headers=headers,
        data=exchange.body,
        content_type=kind,
        base_url="http://www.example",
    )


@pytest.mark.parametrize("name", sorted(set(ENTRIES) - UPDATES))
def test_the_endpoint_does_as_the_protocol_says(site: Client, name: str) -> None:
    for exchange in ENTRIES[name]:
        answer = send(site, exchange)
        assert f"{answer.status_code // 100}xx" in exchange.statuses, answer.text
        if exchange.boolean is not None:
            assert json.loads(answer.data)["boolean"] is exchange.boolean
        if exchange.form == "tabular":
            assert json.loads(answer.data)["results"]["bindings"]
        if exchange.form == "boolean":
            assert "boolean" in json.loads(answer.data)
        if exchange.form == "RDF":
            list(parse(answer.data, format=RdfFormat.from_media_type(answer.mimetype)))


@pytest.mark.parametrize("name", sorted(UPDATES))
def test_an_update_is_refused_whatever_it_names(site: Client, name: str) -> None:
    for exchange in ENTRIES[name]:
        if b"ASK" not in (exchange.body or b""):
            assert send(site, exchange).status_code == 403


def test_relative_iris_are_so_to_the_endpoint(site: Client) -> None:
    (exchange,) = ENTRIES["query_content_type_construct"]
    (triple,) = Graph().parse(data=send(site, exchange).data, format="turtle")
    paths = [urlsplit(str(iri)).path for iri in triple[:2]]
    assert paths == ["/s", "/p"]
