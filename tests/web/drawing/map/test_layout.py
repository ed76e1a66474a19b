"""A map laid out: what the page draws and what its scripts are told are the same positions."""

import json
import re
from time import process_time
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient

from kg.lists.places import MapPlace
from kg.store.store import Store
from kg.terms.display import DisplayValue
from web import create_app
from web.drawing.map.labels import NAMED
from web.drawing.map.layout import map_layout
from web.drawing.map.view import world_view

SVG = "{http://www.w3.org/1999/xhtml}"


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


def drawn(page: str) -> tuple[ET.Element, dict[str, object]]:
    """Return the drawing of a page, and the layout beside it."""
    svg = re.search(r'<svg class="map world".*?</svg>\s*(?=<script)', page, re.DOTALL)
    layout = re.search(r'<script type="application/json" class="layout">(.*?)</script>', page)
    assert svg
    assert layout
    return ET.fromstring(svg[0]), json.loads(layout[1])  # noqa: S314


@pytest.mark.parametrize("query", ["", "actor=erika-linde", "place=vellin", "year=2018"])
def test_the_drawing_and_the_json_have_the_same_positions(site: FlaskClient, query: str) -> None:
    svg, layout = drawn(site.get(f"/map?{query}").text)
    left, top, width, height = layout["view"]
    assert svg.find("svg[@class='ground']").get("viewBox").split() == [
        f"{edge}" for edge in layout["view"]
    ]
    points = svg.findall("svg[@class='point']")
    assert len(points) == len(layout["points"]) > 0
    labels = svg.findall("g[@class='labels']/svg")
    assert len(labels) == len(layout["labels"]) > 0
    of_labels = [layout["points"][label["point"]] for label in layout["labels"]]
    for element, point in zip([*points, *labels], [*layout["points"], *of_labels], strict=True):
        x, y = (float(element.get(name).rstrip("%")) for name in ("x", "y"))
        assert x == pytest.approx(100 * (point["x"] - left) / width, abs=0.01)
        assert y == pytest.approx(100 * (point["y"] - top) / height, abs=0.01)


@pytest.mark.parametrize("query", ["", "actor=erika-linde"])
def test_the_page_and_its_data_have_the_same_layout(site: FlaskClient, query: str) -> None:
    _, layout = drawn(site.get(f"/map?{query}").text)
    assert site.get(f"/map?{query}&format=json").get_json()["layout"] == layout


def test_points_with_events_are_drawn_over_those_without(site: FlaskClient) -> None:
    _, layout = drawn(site.get("/map").text)
    totals = [point["total"] for point in layout["points"]]
    assert totals == sorted(totals)


def test_a_crowded_map_is_laid_out_in_bounded_time() -> None:
    spots = [
        MapPlace(
            DisplayValue(f"Place {n}", f"x:{n}"), n * 7.3 % 360 - 180, n * 3.1 % 130 - 55, (), n % 4
        )
        for n in range(400)
    ]
    start = process_time()
    layout = map_layout(world_view(spots), spots).as_json()
    assert process_time() - start < 3
    assert len(layout["points"]) == 400
    assert 20 < len(layout["labels"]) <= NAMED
