import io

import geojson_validator
import networkx as nx
import pytest
from flask.testing import FlaskClient

from kg.model.prefixes import THING
from kg.store.store import Store
from tests.web.behind import NARROWED
from web import create_app


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


@pytest.fixture(scope="module")
def live(built: Store) -> FlaskClient:
    """Return the site of the live graph: the outlines of territories are of real ones."""
    return create_app({"TESTING": True}, built).test_client()


@pytest.mark.parametrize("query", ["", *NARROWED])
def test_the_map_as_geojson_has_the_places_of_the_map(site: FlaskClient, query: str) -> None:
    answer = site.get(f"/map?{query}&format=geojson")
    assert answer.content_type == "application/geo+json"
    features = answer.get_json()["features"]
    places = site.get(f"/map?{query}&format=json").get_json()["places"]
    assert bool(features) == bool(places)
    assert [one["id"] for one in features] == [place["iri"] for place in places]
    for one, place in zip(features, places, strict=True):
        things = one["properties"]["things"]
        # The page lists the first things of a place, the file all.
        assert [thing["iri"] for thing in things][: len(place["things"])] == place["things"]
        assert len(things) == place["total"]


def test_its_things_have_the_sentences_that_lists_give(site: FlaskClient) -> None:
    listed = site.get("/timeline?format=json").get_json()["results"]
    sentences = {one["iri"]: one["sentences"] for one in listed}
    features = site.get("/map?format=geojson").get_json()["features"]
    things = [thing for one in features for thing in one["properties"]["things"]]
    cited = [thing for thing in things if thing["iri"] in sentences]
    assert cited
    assert all(thing["sentences"] == sentences[thing["iri"]] for thing in cited)


def test_territories_have_their_outlines(live: FlaskClient) -> None:
    answer = live.get("/map?format=geojson").get_json()
    assert geojson_validator.validate_structure(answer) == {}
    assert geojson_validator.validate_geometries(answer)["invalid"] == {}
    areas = {
        one["id"].removeprefix(THING): one["geometry"]["coordinates"]
        for one in answer["features"]
        if one["geometry"]["type"] == "MultiPolygon"
    }
    assert {"iturup", "kunashir", "crimea"} <= areas.keys()
    # Iturup lies around 45°N 147.5°E, which no exchange of axes would give.
    for east, north in (position for ring in areas["iturup"][0] for position in ring):
        assert (146 < east < 150, 44 < north < 46) == (True, True)


def test_a_network_as_graphml_has_the_nodes_and_ties_of_the_page(site: FlaskClient) -> None:
    query = "focus=norland&focus=vostria"
    found = site.get(f"/network?{query}&format=json").get_json()
    answer = site.get(f"/network?{query}&format=graphml")
    assert answer.content_type == "application/graphml+xml"
    graph = nx.read_graphml(io.BytesIO(answer.data), force_multigraph=True)
    assert list(graph.nodes) == [node["id"] for node in found["nodes"]]
    assert sorted(
        (start, end, data["property"]) for start, end, data in graph.edges(data=True)
    ) == sorted((tie["source"], tie["target"], tie["property"]) for tie in found["edges"])
    stated = [data for *_, data in graph.edges(data=True) if data["support"] == "stated"]
    assert stated
    assert all(data["sentences"] for data in stated)


def test_what_is_hidden_on_the_page_is_not_in_the_file(site: FlaskClient) -> None:
    query = "/network?focus=norland&format=graphml&hide="
    first = next(
        node for node in nx.read_graphml(io.BytesIO(site.get(query).data)) if node != "norland"
    )
    assert first not in nx.read_graphml(io.BytesIO(site.get(query + first).data))


def test_pages_lead_to_these_files(site: FlaskClient) -> None:
    html = {"Accept": "text/html"}
    assert "/map?year=2018&amp;format=geojson" in site.get("/map?year=2018", headers=html).text
    page = site.get("/network?focus=norland", headers=html).text
    assert "/network?format=graphml&amp;focus=norland" in page
