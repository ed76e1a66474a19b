"""What HTTP adds to queries: methods, other sites, packing, what has not changed."""

import gzip
import io

import pytest
from rdflib.query import Result
from werkzeug.test import Client

from tests.web.protocol.sparql.asking import ANY, ask


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_not_allowed(client: Client, method: str) -> None:
    answer = client.open("/sparql", method=method)
    assert answer.status_code == 405
    assert {"GET", "HEAD", "POST", "OPTIONS"} <= set(answer.headers["Allow"].split(", "))


def test_head_has_no_body(client: Client) -> None:
    answer = client.head("/sparql", query_string={"query": ANY})
    assert (answer.status_code, answer.data) == (200, b"")


def test_head_tells_what_get_sends(client: Client) -> None:
    head = client.head("/sparql", query_string={"query": ANY})
    got = ask(client, ANY)
    assert head.headers["Content-Length"] == got.headers["Content-Length"] == str(len(got.data))


def test_options_and_cors(client: Client) -> None:
    assert client.options("/sparql").headers["Access-Control-Allow-Origin"] == "*"
    assert ask(client, ANY).headers["Access-Control-Allow-Origin"] == "*"


def test_get_query_gzip_read_by_others(client: Client) -> None:
    query = "SELECT * { ?s ?p ?o }"
    answer = client.get(
        "/sparql", query_string={"query": query}, headers={"Accept-Encoding": "gzip, br;q=0.5"}
    )
    assert answer.headers["Content-Encoding"] == "gzip"
    rows = Result.parse(io.BytesIO(gzip.decompress(answer.data)), format="json")
    assert len(rows) > 100


def test_get_query_unchanged(client: Client) -> None:
    tag = ask(client, ANY).headers["ETag"]
    again = client.get("/sparql", query_string={"query": ANY}, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_post_has_no_tag(client: Client) -> None:
    assert "ETag" not in client.post("/sparql", data={"query": ANY}).headers
