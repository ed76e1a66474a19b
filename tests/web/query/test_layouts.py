"""The results of a query, laid out as a map and as a timeline."""

import json
import re

import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import THING
from kg.store.store import Store
from web import create_app
from web.request.bounds import ITEMS, PLACES


@pytest.fixture(scope="module")
def client(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


def layout(html: str) -> dict[str, list[dict[str, float]]]:
    found = re.search(r'class="layout">(.*?)</script>', html)
    assert found
    return json.loads(found[1])  # type: ignore[no-any-return]


def test_places_are_laid_out_as_on_the_map_page(client: FlaskClient) -> None:
    places = [
        {"name": "Vellin", "iri": THING + "vellin", "wkt": "POINT(39.7 43.6)"},
        {"name": "none", "iri": "", "wkt": "LINESTRING(0 0, 1 1)"},
        {"name": "<b>Area", "iri": "javascript:x", "wkt": "POLYGON((30 44,36 44,36 46,30 44))"},
    ]
    answer = client.post("/sparql/map", json={"places": places}).get_json()
    assert answer["places"] == [0, 2]
    points = layout(answer["html"])["points"]
    assert [point["place"] for point in points] == [0, 1]
    assert points[0]["y"] == -43.6
    assert 'href="/page/vellin"' in answer["html"]
    assert "M30.0,-44.0L36.0,-44.0" in answer["html"]
    assert "<b>" not in answer["html"]
    assert "javascript:" not in answer["html"]


def test_dates_are_laid_out_as_on_the_timeline_page(client: FlaskClient) -> None:
    items = [
        {"name": "visit", "iri": THING + "vellin", "start": "2018-04-13", "end": ""},
        {"name": "", "iri": "", "start": "2018", "end": "2019-02"},
        {"name": "none", "iri": "", "start": "soon", "end": ""},
    ]
    answer = client.post("/sparql/timeline", json={"items": items}).get_json()
    assert answer["items"] == 2
    [visit, year] = layout(answer["html"])["items"]
    assert visit["end"] - visit["start"] == 1
    assert year["name"] == "2018 – 2019-02"
    assert year["end"] - year["start"] == 365 + 59


def test_without_places_or_dates_nothing_is_drawn(client: FlaskClient) -> None:
    assert client.post("/sparql/map", json={"places": []}).get_json()["places"] == []
    found = client.post("/sparql/timeline", json={"items": [{"start": "soon"}]}).get_json()
    assert found == {"html": "", "items": 0}


@pytest.mark.parametrize(
    ("kind", "name", "most"), [("map", "places", PLACES), ("timeline", "items", ITEMS)]
)
def test_what_cannot_be_laid_out_is_refused_with_a_reason(
    client: FlaskClient, kind: str, name: str, most: int
) -> None:
    for body in ({}, {name: 1}, {name: ["x"]}, [], {name: [{}] * (most + 1)}):
        answer = client.post(f"/sparql/{kind}", json=body)
        assert answer.status_code == 400
        assert answer.mimetype == "application/problem+json"
        assert name in answer.get_json()["detail"]
    assert client.post(f"/sparql/{kind}", data="{").status_code == 400
    assert client.post(f"/sparql/{kind}?x=1", json={name: []}).status_code == 400
    assert client.get(f"/sparql/{kind}").status_code == 405


def test_the_most_places_and_items_are_laid_out(client: FlaskClient) -> None:
    places = [{"name": "x", "wkt": f"POINT({n % 300 / 2} {n % 77})"} for n in range(PLACES)]
    items = [{"name": "x", "start": f"{1900 + n % 120}"} for n in range(ITEMS)]
    assert len(client.post("/sparql/map", json={"places": places}).get_json()["places"]) == PLACES
    assert client.post("/sparql/timeline", json={"items": items}).get_json()["items"] == ITEMS
