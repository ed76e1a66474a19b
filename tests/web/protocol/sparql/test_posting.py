"""Queries by POST: as a body, as a form, and what is no query."""

import io
from urllib.parse import urlencode

import pytest
from werkzeug.test import Client

from tests.web.protocol.sparql.asking import ANY, FORM, JSON, QUERY, STATES


def test_post_query(client: Client) -> None:
    answer = client.post("/sparql", data=STATES.encode(), content_type=QUERY)
    assert (answer.status_code, answer.mimetype) == (200, JSON)


def test_post_query_with_charset(client: Client) -> None:
    answer = client.post("/sparql", data=ANY.encode(), content_type=QUERY + "; charset=utf-8")
    assert answer.status_code == 200


def test_post_query_not_utf8(client: Client) -> None:
    assert client.post("/sparql", data=b"\xff", content_type=QUERY).status_code == 400


def test_post_query_form(client: Client) -> None:
    answer = client.post("/sparql", data={"query": STATES, "format": "csv"}, content_type=FORM)
    assert answer.text.splitlines()[1].endswith("Ruritania")


def test_post_query_with_dataset_in_url(client: Client) -> None:
    graph = urlencode({"default-graph-uri": "https://w3id.org/aide-memoire/graph/none"})
    answer = client.post("/sparql?" + graph, data=ANY.encode(), content_type=QUERY)
    assert answer.get_json(force=True)["boolean"] is False


def test_post_form_with_parameters_in_url(client: Client) -> None:
    graph = urlencode({"default-graph-uri": "https://w3id.org/aide-memoire/graph/none"})
    answer = client.post(f"/sparql?{graph}&format=csv", data={"query": ANY}, content_type=FORM)
    assert answer.mimetype == "text/csv"
    assert answer.text.split() == ["false"]
    twice = client.post("/sparql?query=ASK+%7B%7D", data={"query": ANY}, content_type=FORM)
    assert twice.status_code == 400


def test_post_unknown_query(client: Client) -> None:
    answer = client.post("/sparql", data=ANY.encode(), content_type="application/foo")
    assert answer.status_code == 415
    assert QUERY in answer.text


def test_post_too_long(client: Client) -> None:
    body = ANY.encode() + b" " * 1_000_000
    assert client.post("/sparql", data=body, content_type=QUERY).status_code == 413


def test_post_too_long_form(client: Client) -> None:
    answer = client.post("/sparql", data={"query": ANY + " " * 1_000_000}, content_type=FORM)
    assert answer.status_code == 413
    assert "1,000,000 bytes" in answer.text


def test_post_without_length(client: Client) -> None:
    environ = {"wsgi.input_terminated": True, "HTTP_TRANSFER_ENCODING": "chunked"}
    answer = client.post(
        "/sparql",
        input_stream=io.BytesIO(ANY.encode()),
        content_type=QUERY,
        environ_overrides=environ,
    )
    assert answer.status_code == 411


def test_post_without_content_type(client: Client) -> None:
    assert client.post("/sparql", data=ANY.encode()).status_code == 415


@pytest.mark.parametrize(
    ("body", "kind", "status"),
    [
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", "application/sparql-update", 403),
        # As a query it is malformed (https://www.w3.org/TR/sparql11-protocol/#query-failure).
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", QUERY, 400),
        (b"update=DROP+ALL", FORM, 403),
    ],
)
def test_post_update_read_only(client: Client, body: bytes, kind: str, status: int) -> None:
    answer = client.post("/sparql", data=body, content_type=kind)
    assert answer.status_code == status
    assert "built from files" in answer.text
