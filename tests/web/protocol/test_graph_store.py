"""Reading graphs by the Graph Store Protocol, one behaviour a test."""

import gzip
import time
from pathlib import Path

import pyoxigraph
import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad, RdfFormat, parse
from rdflib import Graph

from kg.store.embedded.engine import EmbeddedEngine
from kg.store.store import Store
from kg.things.rdf_export import MOST_STATEMENTS
from web import create_app

BASE = "https://w3id.org/aide-memoire/"
LINKS = BASE + "graph/links"


def get(client: FlaskClient, accept: str = "", **fields: str):
    headers = {"Accept": accept} if accept else {}
    return client.get("/graph-store", query_string=fields, headers=headers)


def test_get_store_named_graph(client: FlaskClient) -> None:
    answer = get(client, graph=LINKS)
    assert (answer.status_code, answer.mimetype) == (200, "text/turtle")
    assert len(Graph().parse(data=answer.text, format="turtle")) == 1


def test_get_store_graph_of_a_sentence(client: FlaskClient) -> None:
    assert get(client, graph=BASE + "source/gazette-1894/p1s1").status_code == 200


def test_get_store_graph_of_a_claim(client: FlaskClient) -> None:
    assert get(client, graph=BASE + "claim/dam-claim/content").status_code == 200


@pytest.mark.parametrize("said", ["/graph/links", "graph/links"])
def test_get_store_relative_graph(client: FlaskClient, said: str) -> None:
    assert get(client, graph=said).data == get(client, graph=LINKS).data


def test_get_store_default_graph(client: FlaskClient) -> None:
    answer = client.get("/graph-store?default", headers={"Accept": "application/n-triples"})
    count = client.get("/sparql?query=SELECT * {?s ?p ?o}&format=tsv")
    assert answer.mimetype == "application/n-triples"
    assert len(answer.text.splitlines()) == len(count.text.splitlines()) - 1


@pytest.mark.parametrize("kind", ["ttl", "nt", "rdf", "jsonld"])
def test_get_store_default_graph_is_written_once_a_build(corpus: Store, kind: str) -> None:
    client = create_app({"TESTING": True, "CACHE_BYTES": 0}, corpus).test_client()

    def read(number: int) -> bytes:
        headers = {"Accept-Encoding": "gzip" if number % 2 else "", "Range": f"bytes=0-{number}"}
        answer = client.get(
            f"/graph-store?default&format={kind}",
            headers=headers,
            base_url=f"http://h{number}.example",
        )
        packed = answer.headers.get("Content-Encoding") == "gzip"
        return gzip.decompress(answer.data) if packed else answer.data

    first = read(0)
    start = time.process_time()
    assert all(read(number) == first for number in range(1, 41))
    # Written each time, it takes 3 s and more; unpacked, a tenth of that.
    assert time.process_time() - start < 1.5


def test_get_store_of_more_than_is_written(tmp_path: Path, tiny: list[Quad]) -> None:
    engine = pyoxigraph.Store(tmp_path)
    engine.bulk_extend(tiny)
    del engine
    client = create_app({"TESTING": True}, Store("1", EmbeddedEngine(disk=tmp_path))).test_client()
    for path in ("/graph-store?default", "/dump/aide-memoire.nq"):
        answer = client.get(path)
        assert answer.status_code == 422
        assert answer.get_json()["unit"] == "statements"
        assert "kg dump" in answer.get_json()["detail"]
    assert client.get("/graph/links?format=nt").status_code == 200


def test_get_store_graph_of_more_than_is_written() -> None:
    graph, kind = NamedNode(LINKS), NamedNode("urn:p")
    quads = (Quad(NamedNode(f"urn:{n}"), kind, kind, graph) for n in range(MOST_STATEMENTS + 1))
    client = create_app({"TESTING": True}, Store.of(quads)).test_client()
    assert get(client, graph=LINKS).status_code == 422
    page = client.get("/graph/links", headers={"Accept": "text/html"})
    assert "more than 250,000 statements" in page.text


@pytest.mark.parametrize("path", ["/graph/links", "/source/gazette-1894/p1s1"])
def test_get_store_direct(client: FlaskClient, path: str) -> None:
    direct = client.get(path, headers={"Accept": "application/n-triples"})
    assert direct.status_code == 200
    assert direct.mimetype == "application/n-triples"


@pytest.mark.parametrize("fields", [{}, {"graph": LINKS, "default": ""}], ids=["neither", "both"])
def test_get_store_neither_or_both(client: FlaskClient, fields: dict[str, str]) -> None:
    answer = get(client, **fields)
    assert answer.status_code == 400
    assert "?graph=IRI, or ?default" in answer.text


def test_get_store_two_graphs(client: FlaskClient) -> None:
    assert client.get(f"/graph-store?graph={LINKS}&graph={LINKS}").status_code == 400


def test_get_store_unknown_graph(client: FlaskClient) -> None:
    answer = get(client, graph=BASE + "graph/link")
    assert answer.status_code == 404
    assert answer.get_json()["suggestions"][0] == LINKS


def test_get_store_bad_iri(client: FlaskClient) -> None:
    assert get(client, graph="http://a b").status_code == 400


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("text/turtle", "text/turtle"),
        ("application/n-triples", "application/n-triples"),
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/ld+json", "application/ld+json"),
        ("application/trig", "application/trig"),
        ("application/n-quads", "application/n-quads"),
        ("text/turtle;q=0.1, application/n-triples;q=0.9", "application/n-triples"),
        ("*/*", "text/turtle"),
    ],
)
def test_get_store_accept(client: FlaskClient, accept: str, media: str) -> None:
    assert get(client, accept, graph=LINKS).mimetype == media


def test_get_store_accept_bad(client: FlaskClient) -> None:
    assert get(client, "text/csv", graph=LINKS).status_code == 406


def test_get_store_format_beats_accept(client: FlaskClient) -> None:
    assert get(client, "text/turtle", graph=LINKS, format="nt").mimetype == "application/n-triples"


def test_get_store_quads_name_the_graph(client: FlaskClient) -> None:
    answer = get(client, graph=LINKS, format="nq")
    assert {quad.graph_name for quad in parse(answer.data, RdfFormat.N_QUADS)} == {NamedNode(LINKS)}


def test_head_store_graph(client: FlaskClient) -> None:
    head = client.head("/graph-store", query_string={"graph": LINKS})
    got = get(client, graph=LINKS)
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["Content-Length"] == got.headers["Content-Length"]


def test_options_store(client: FlaskClient) -> None:
    answer = client.options("/graph-store")
    assert {"GET", "HEAD", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_get_store_unchanged(client: FlaskClient) -> None:
    tag = get(client, graph=LINKS).headers["ETag"]
    again = client.get(
        "/graph-store", query_string={"graph": LINKS}, headers={"If-None-Match": tag}
    )
    assert again.status_code == 304


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
@pytest.mark.parametrize(
    "path",
    [
        f"/graph-store?graph={LINKS}",
        "/graph-store?default",
        "/graph/links",
        "/source/gazette-1894/p1s1",
        "/claim/dam-claim/content",
    ],
)
def test_store_is_read_only(client: FlaskClient, method: str, path: str) -> None:
    answer = client.open(path, method=method, data=b"<x:a> <x:p> <x:b> .")
    assert answer.status_code == 403
    assert "kg build --add" in answer.text
