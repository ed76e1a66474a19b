"""The draft of version 1.0: queries in order, with named features; what it takes besides 0.2."""

from typing import Any

import pytest
from flask.testing import FlaskClient


def name(text: str) -> dict[str, Any]:
    return {"matchType": "name", "propertyValue": text}


def candidates(service: FlaskClient, *conditions: object, **fields: object) -> list[Any]:
    body = {"queries": [{"conditions": list(conditions), **fields}]}
    answer = service.post("/reconcile/1.0/match", json=body)
    assert answer.status_code == 200, answer.text
    return list(answer.json["results"][0]["candidates"])


def test_an_id_is_a_condition(service: FlaskClient) -> None:
    found = candidates(service, {"matchType": "id", "propertyValue": "japan"})
    assert [(one["id"], one["match"]) for one in found] == [("japan", True)]


def test_a_type_restricts(service: FlaskClient) -> None:
    kinds = [one["type"] for one in candidates(service, name("Abe"), type="Meeting")]
    assert kinds
    assert all(kind[0]["id"] != "Person" for kind in kinds)


def test_features_have_names(service: FlaskClient) -> None:
    (feature,) = candidates(service, name("Shinzo Abe"))[0]["features"]
    assert feature["id"] == "name_exact"
    assert feature["name"].startswith("The name is equal")


def test_a_required_property_filters(service: FlaskClient) -> None:
    country = {"matchType": "property", "propertyId": "country", "propertyValue": "Japan"}
    every, only, none = (
        {one["id"] for one in candidates(service, name("minister"), {**country, **more}, limit=50)}
        for more in ({}, {"required": True}, {"matchQuantifier": "none"})
    )
    assert only < every
    assert "prime-minister-of-japan" in only - none


@pytest.mark.parametrize(
    ("body", "place"),
    [
        ({"queries": [{"conditions": [{"matchType": "x", "propertyValue": "a"}]}]}, "matchType"),
        ({"queries": [{"conditions": [{"matchType": "name"}]}]}, "propertyValue is missing"),
        ({"queries": [{"conditions": [{"matchType": "property", "propertyValue": "a"}]}]}, "Id"),
        ({"queries": {}}, "queries is an object"),
        ({}, "queries is missing"),
    ],
)
def test_a_wrong_request_is_refused_with_its_place(
    service: FlaskClient, body: object, place: str
) -> None:
    answer = service.post("/reconcile/1.0/match", json=body)
    assert answer.status_code == 400
    assert place in answer.json["detail"]


def test_only_json_is_read(service: FlaskClient) -> None:
    assert service.post("/reconcile/1.0/match", data="{}").status_code == 415
    answer = service.post(
        "/reconcile/1.0/match", data='{"queries": [}', content_type="application/json"
    )
    assert answer.status_code == 400
    assert "line 1, column 14" in answer.json["detail"]


def test_an_extension_keeps_the_order_and_says_the_language(service: FlaskClient) -> None:
    body = {"ids": ["russia", "japan"], "properties": [{"id": "name"}]}
    rows = service.post("/reconcile/1.0/extend", json=body).json["rows"]
    assert [row["id"] for row in rows] == ["russia", "japan"]
    values = rows[1]["properties"][0]["values"]
    assert {"str": "日本", "lang": "ja"} in values


def test_suggestions_are_those_of_the_other_version(service: FlaskClient) -> None:
    for what in ("entity", "type", "property"):
        query = f"/suggest/{what}?prefix=co"
        assert service.get(f"/reconcile/1.0{query}").json == service.get(f"/reconcile{query}").json
