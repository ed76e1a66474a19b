"""The OpenAPI document: valid, complete, and true of what the site answers."""

import re
from typing import Any

import pytest
import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, given, settings
from hypothesis.errors import Unsatisfiable
from openapi_spec_validator import validate
from schemathesis import GenerationMode
from schemathesis.checks import CheckContext
from schemathesis.core.transport import Response
from schemathesis.schemas import BaseSchema
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from kg.store.store import Store
from web import create_app
from web.programs.openapi.document import openapi_document, operations
from web.request.offered_types import OFFERS, family
from web.request.parameters import PARAMETERS


def no_server_error(_: CheckContext, response: Response, __: schemathesis.Case) -> None:
    # oEmbed (2.3.4) has 501 for a format that is not offered.
    assert response.status_code < 500 or response.status_code == 501


CHECKS = [
    no_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    unsupported_method,
]
# For each address and kind: requests as the document has them, and requests that break it.
EXAMPLES = 4
# The transport does not decode what is compressed.
PLAIN = {"Accept-Encoding": "identity"}
RELAXED = settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def api(built: Store) -> BaseSchema:
    # Linked datasets are not asked: tests send nothing to other hosts.
    app = create_app({"TESTING": True, "LOOK": "0"}, built)
    return schemathesis.openapi.from_wsgi("/openapi.json", app)


@pytest.mark.parametrize("entry", operations(), ids=lambda entry: entry["path"])
@pytest.mark.parametrize("mode", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE])
def test_answers_are_as_it_says(
    api: BaseSchema, entry: dict[str, Any], mode: GenerationMode
) -> None:
    operation = api[entry["path"]][entry.get("method", "get")]
    strategies = [operation.as_strategy(mode)]
    if mode == GenerationMode.POSITIVE:
        strategies += operation.get_strategies_from_examples()

    for strategy in strategies:

        @RELAXED
        @given(case=strategy)
        def ask(case: schemathesis.Case) -> None:
            case.call_and_validate(checks=CHECKS, headers=PLAIN)

        try:
            ask()
        except Unsatisfiable:
            # Nothing can be wrong in a request without parameters, or with any body.
            assert mode == GenerationMode.NEGATIVE


def test_it_is_valid(client: FlaskClient) -> None:
    answer = client.get("/openapi.json")
    assert answer.mimetype == "application/json"
    validate(answer.json)


def test_it_names_the_parameters_that_addresses_take() -> None:
    document = openapi_document("http://localhost")
    for entry in operations():
        if "body" in entry:
            continue
        takes = PARAMETERS.get(entry["endpoint"], ((), ()))
        operation = document["paths"][entry["path"]][entry.get("method", "get")]
        named = {one["name"] for one in operation["parameters"] if one["in"] == "query"}
        assert named == {*takes[0], *takes[1]} - {*entry.get("without", ())}


def test_every_address_that_answers_in_json_is_in_it(app: Flask) -> None:
    described = {entry["endpoint"] for entry in operations()}
    negotiated = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if offers_json(rule.rule) and "format" in PARAMETERS.get(rule.endpoint, ((),))[0]
    }
    named = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith(".json")}
    in_code = {endpoint for endpoint in app.view_functions if sends_json(app, endpoint)}
    assert negotiated | named | in_code <= described
    assert described <= app.view_functions.keys()


def offers_json(rule: str) -> bool:
    """Tell whether the addresses of a family offer JSON; JSON-LD is RDF."""
    offer = OFFERS.get(family(rule))
    types = offer.types.values() if offer else ()
    return any(re.search(r"(?<!ld\+)json$", media) for media in types)


def sends_json(app: Flask, endpoint: str) -> bool:
    """Tell whether the code of a view, not of what it calls, makes JSON."""
    return "jsonify" in app.view_functions[endpoint].__code__.co_names
