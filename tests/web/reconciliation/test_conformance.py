"""Responses are valid by the schemas of the specification; its example requests are accepted.

The schemas and examples of https://github.com/reconciliation-api/specs are not part of this
repository: without them beside it, these tests are skipped.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from jsonschema import Draft7Validator
from referencing import Registry
from referencing.jsonschema import DRAFT7

from kg.model.prefixes import ROOT

SPECS = ROOT.parent / "shared" / "conformance" / "reconciliation"
PUBLISHED, DRAFT = "0.2", "1.0-draft"
SERVICES = [(PUBLISHED, "/reconcile"), (DRAFT, "/reconcile/1.0")]

pytestmark = pytest.mark.skipif(
    not SPECS.is_dir(), reason=f"the specification's schemas are not at {SPECS}"
)


def read(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def examples(version: str, kind: str, valid: str) -> list[Any]:
    folder = SPECS / version / "examples" / kind / valid
    return [pytest.param(read(path), id=path.stem) for path in sorted(folder.glob("*.json"))]


def errors(version: str, schema: str, value: Any) -> list[str]:
    folder = SPECS / version / "schemas"
    schemas = {path.name: read(path) for path in folder.glob("*.json")}
    resources = ((one["$id"].rstrip("#"), DRAFT7.create_resource(one)) for one in schemas.values())
    validator = Draft7Validator(
        schemas[f"{schema}.json"], registry=Registry().with_resources(resources)
    )
    return [f"{list(error.path)}: {error.message}" for error in validator.iter_errors(value)]


def ask(service: FlaskClient, batch: object) -> Any:
    answer = service.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 200, answer.text
    return answer.json


def match(service: FlaskClient, queries: object) -> Any:
    answer = service.post("/reconcile/1.0/match", json=queries)
    assert answer.status_code == 200, answer.text
    return answer.json


def test_a_schema_finds_what_is_wrong() -> None:
    for version in (PUBLISHED, DRAFT):
        kinds = sorted(path.name for path in (SPECS / version / "examples").iterdir())
        schemas = {path.stem for path in (SPECS / version / "schemas").glob("*.json")}
        for kind in {*kinds} & schemas:
            for example in examples(version, kind, "valid"):
                assert errors(version, kind, example.values[0]) == [], (version, kind, example.id)


@pytest.mark.parametrize(
    ("version", "path"), [(PUBLISHED, "/reconcile"), (DRAFT, "/reconcile/1.0")]
)
def test_the_manifest_is_valid(service: FlaskClient, version: str, path: str) -> None:
    assert errors(version, "manifest", service.get(path).json) == []


@pytest.mark.parametrize("batch", examples(PUBLISHED, "reconciliation-query-batch", "valid"))
def test_a_valid_batch_is_answered(service: FlaskClient, batch: Any) -> None:
    results = ask(service, batch)
    assert list(results) == list(batch)
    assert errors(PUBLISHED, "reconciliation-result-batch", results) == []


@pytest.mark.parametrize("batch", examples(PUBLISHED, "reconciliation-query-batch", "invalid"))
def test_an_invalid_batch_is_refused(service: FlaskClient, batch: Any) -> None:
    answer = service.post("/reconcile", data={"queries": json.dumps(batch)})
    assert answer.status_code == 400
    assert next(iter(batch)) in answer.json["detail"]


@pytest.mark.parametrize("queries", examples(DRAFT, "reconciliation-query-batch", "valid"))
def test_valid_queries_are_answered_by_the_draft(service: FlaskClient, queries: Any) -> None:
    results = match(service, queries)
    assert len(results["results"]) == len(queries["queries"])
    assert errors(DRAFT, "reconciliation-result-batch", results) == []


@pytest.mark.parametrize("queries", examples(DRAFT, "reconciliation-query-batch", "invalid"))
def test_invalid_queries_are_refused_by_the_draft(service: FlaskClient, queries: Any) -> None:
    answer = service.post("/reconcile/1.0/match", json=queries)
    assert answer.status_code == 400
    assert answer.json["detail"]


def test_candidates_are_valid(service: FlaskClient) -> None:
    names = ["Abe", "Путин", "安倍晋三", "Russia", "prime minister", "Skripal", "meeting"]
    results = ask(service, {str(n): {"query": name} for n, name in enumerate(names)})
    assert all(one["result"] for one in results.values())
    assert errors(PUBLISHED, "reconciliation-result-batch", results) == []
    conditions = [[{"matchType": "name", "propertyValue": name}] for name in names]
    results = match(service, {"queries": [{"conditions": one} for one in conditions]})
    assert all(one["candidates"] for one in results["results"])
    assert errors(DRAFT, "reconciliation-result-batch", results) == []


@pytest.mark.parametrize("version", [PUBLISHED, DRAFT])
@pytest.mark.parametrize("what", ["entity", "type", "property"])
def test_suggestions_are_valid(service: FlaskClient, version: str, what: str) -> None:
    schema = {"entity": "entities", "type": "types", "property": "properties"}[what]
    base = "/reconcile" if version == PUBLISHED else "/reconcile/1.0"
    for prefix in ("ab", "per", "co", "メ", "qqqq", ""):
        answer = service.get(f"{base}/suggest/{what}", query_string={"prefix": prefix})
        assert errors(version, f"suggest-{schema}-response", answer.json) == []


def tables(version: str) -> Iterator[Any]:
    yield from (param.values[0] for param in examples(version, "data-extension-query", "valid"))
    names = ("isoAlpha2", "wikidata", "hasTenure/startDate", "country", "name", "memberOf", "date")
    yield {"ids": ["japan", "shinzo-abe", "nobody"], "properties": [{"id": n} for n in names]}


def test_extensions_are_valid(service: FlaskClient) -> None:
    for query in tables(PUBLISHED):
        answer = service.post("/reconcile", data={"extend": json.dumps(query)})
        assert errors(PUBLISHED, "data-extension-response", answer.json) == []
    for query in tables(DRAFT):
        answer = service.post("/reconcile/1.0/extend", json=query)
        assert errors(DRAFT, "data-extension-response", answer.json) == []


@pytest.mark.parametrize(
    ("version", "path"), [(PUBLISHED, "/reconcile"), (DRAFT, "/reconcile/1.0")]
)
def test_proposals_are_valid(service: FlaskClient, version: str, path: str) -> None:
    for query in ({"type": "Person"}, {}, {"type": "State", "limit": 3}):
        answer = service.get(f"{path}/extend/propose", query_string=query)
        assert errors(version, "data-extension-property-proposal", answer.json) == []
        assert len(answer.json["properties"]) <= query.get("limit", 100)
