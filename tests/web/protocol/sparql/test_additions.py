"""What can be asked for beside the rows: their evidence, or why there are none."""

import io

import pytest
from rdflib.query import Result
from werkzeug.test import Client

from tests.web.protocol.sparql.asking import ANY, ask


def test_get_query_with_evidence(client: Client) -> None:
    answer = ask(client, "SELECT * { ?s ?p ?o } LIMIT 3", evidence="true")
    found = answer.get_json(force=True)
    assert len(found["evidence"]["rows"]) == len(found["results"]["bindings"]) == 3
    assert Result.parse(io.BytesIO(answer.data), format="json").bindings


def test_get_query_with_evidence_in_csv(client: Client) -> None:
    answer = ask(client, "SELECT * { ?s ?p ?o } LIMIT 3", evidence="true", format="csv")
    assert answer.status_code == 400
    assert "JSON" in answer.text


def test_get_query_explain_empty(client: Client) -> None:
    query = "SELECT * { ?s <http://example.org/none> ?o }"
    found = ask(client, query, **{"explain-empty": "true"}).get_json(force=True)
    assert found["explanation"]["pattern"] == "?s <http://example.org/none> ?o"
    assert "explanation" not in ask(client, query).get_json(force=True)


@pytest.mark.parametrize("name", ["evidence", "explain-empty"])
def test_get_query_bad_switch(client: Client, name: str) -> None:
    assert ask(client, ANY, **{name: "perhaps"}).status_code == 400
