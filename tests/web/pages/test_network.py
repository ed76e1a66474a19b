import re
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import html5lib
import pytest
from flask.testing import FlaskClient
from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad

from kg.model.prefixes import GRAPH, TERM, THING
from kg.store.store import Store
from web import create_app
from web.pages.network import MOST_FOCUS
from web.request.bounds import LAYOUT_EDGES, LAYOUT_LABEL, LAYOUT_NODES

PAGES = [
    "/network",
    "/network?focus=ruritania",
    "/network?focus=ruritania&focus=sylvania",
    "/network?focus=ruritania&relation=participant",
    "/network?focus=ruritania&relation=nothing",
    "/network?find=meeting",
    "/network?find=nobody-at-all",
]


@pytest.mark.parametrize("path", PAGES)
def test_pages_are_valid_and_have_one_heading(browser: FlaskClient, path: str) -> None:
    page = browser.get(path).text
    html5lib.HTMLParser(strict=True).parse(page)
    assert page.count("<h1") == 1
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>", page)


@pytest.mark.parametrize(
    ("path", "heading"),
    [
        ("/network?focus=ruritania", "Around Ruritania"),
        ("/network?focus=ruritania&focus=sylvania", "Around Ruritania and Sylvania"),
        ("/ru/network?focus=ruritania", "Вокруг: Руритания"),
    ],
)
def test_the_heading_names_what_the_network_is_around(
    browser: FlaskClient, path: str, heading: str
) -> None:
    page = html5lib.parse(browser.get(path).text, namespaceHTMLElements=False)
    heads = ["".join(one.itertext()) for one in page.iter("h1")]
    assert heads == [heading]
    names = heading.removeprefix("Around ").removeprefix("Вокруг: ")
    assert names in (page.findtext("head/title") or "")


def test_what_nothing_ties_at_once_is_tied_by_a_way(corpus: Store) -> None:
    site = create_app({"TESTING": True}, corpus).test_client()
    page = site.get("/network?focus=nerve-agent&focus=norhavn").text
    assert 'data-between="nerve-agent norhavn"' in page
    steps = re.findall(
        r"<li>[^\n]*<span class=\"by\">(used in|drew in response|pursued by|contains)</span>", page
    )
    assert steps == ["used in", "drew in response", "pursued by", "contains"]
    whole = (
        "/network?focus=nerve-agent&amp;focus=belport-attack&amp;focus=norland-distance"
        "&amp;focus=norland&amp;focus=norhavn"
    )
    assert f'<a href="{whole}">Put all of these in the middle</a>' in page
    for near in (
        "focus=gallia&focus=strikes-on-sahran-2018",
        "focus=norland&focus=norhavn",
        "focus=norland",
    ):
        assert "data-between" not in site.get(f"/network?{near}").text


def test_without_a_thing_the_best_connected_are_offered(browser: FlaskClient) -> None:
    page = browser.get("/network").text
    assert '<a href="/network?focus=ruritania">Ruritania</a>' in page
    assert re.search(r"state · \d+ statements", page)


def test_a_network_is_drawn_and_listed_without_script(browser: FlaskClient) -> None:
    page = browser.get("/network?focus=ruritania").text
    drawing = re.search(r'<svg class="network sides".*?</svg>', page, re.DOTALL)
    assert drawing
    links = [a.get("href") for a in ElementTree.fromstring(drawing[0]).iter("a")]  # noqa: S314
    assert "/page/strelsau-meeting" in links
    assert "/page/dam-claim" in links
    assert '<span class="total">6</span> ties' in page
    assert "<td>inferred</td>" in page
    assert '<span class="mark">planned</span>' in page


def test_the_drawing_tells_kinds_apart_by_shape_and_class(browser: FlaskClient) -> None:
    page = browser.get("/network?focus=ruritania").text
    assert re.search(r'class="node kind kind-Event"[^>]*><title>.*?<polygon class="shape', page)
    assert re.search(r'class="node kind kind-other"[^>]*><title>.*?<circle class="shape', page)
    assert re.search(r"meeting at Zenda \(planned\)</title><polygon class=\"shape open\"", page)


def test_only_some_relations(browser: FlaskClient) -> None:
    page = browser.get("/network?focus=ruritania&relation=participant").text
    assert '<input type="checkbox" name="relation" value="participant" checked>' in page
    assert '<input type="checkbox" name="relation" value="neighbourOf">' in page
    assert '<span class="total">4</span> ties' in page


def test_a_name_leads_to_the_thing_and_keeps_what_was_chosen(browser: FlaskClient) -> None:
    asked = browser.get("/network?focus=ruritania&relation=host&hide=dam-claim&find=sylvania")
    assert asked.status_code == 303
    assert parse_qs(urlsplit(asked.headers["Location"]).query) == {
        "focus": ["ruritania", "sylvania"],
        "relation": ["host"],
        "hide": ["dam-claim"],
    }


def test_a_name_that_may_be_several_is_asked_about(browser: FlaskClient) -> None:
    page = browser.get("/network?focus=ruritania&find=meeting").text
    assert "Which of these is “meeting”?" in page
    assert "/network?focus=ruritania&amp;focus=zenda-meeting" in page
    assert "No results for “xyzzy”" in browser.get("/network?find=xyzzy").text


def test_an_unknown_thing_is_not_found(browser: FlaskClient) -> None:
    answer = browser.get("/network?focus=ruritannia")
    assert answer.status_code == 404
    assert "ruritania" in answer.text


def test_the_same_as_json(client: FlaskClient) -> None:
    found = client.get("/network.json?focus=ruritania").get_json()
    nodes = {node["id"]: node for node in found["nodes"]}
    assert found["focus"] == ["ruritania"]
    assert nodes["zenda-meeting"]["status"] == "planned"
    assert nodes["zenda-meeting"]["page"] == "/page/zenda-meeting"
    assert nodes["zenda-meeting"]["group"] == "Event"
    hosted = [e for e in found["edges"] if e["source"] == "strelsau-meeting"]
    assert [(e["target"], e["label"], e["inverse"], e["support"]) for e in hosted] == [
        ("ruritania", "host", "host of", "stated")
    ]
    assert hosted[0]["relations"] == ["host", "participant"]
    assert found["rest"] == []


def test_the_page_answers_json_to_who_asks_for_it(
    client: FlaskClient, browser: FlaskClient
) -> None:
    found = client.get("/network.json?focus=ruritania").get_json()
    cited = browser.get("/network?focus=ruritania&format=json").get_json()
    # Scripts, which draw the ties, need no sentences.
    plain = [{**edge, "sentences": []} for edge in found["edges"]]
    assert [{**edge, "sentences": []} for edge in cited["edges"]] == plain
    assert {**cited, "edges": []} == {**found, "edges": []}
    header = {"Accept": "application/json"}
    assert client.get("/network?focus=ruritania", headers=header).get_json() == cited


def test_json_of_some_relations_and_of_nothing(client: FlaskClient) -> None:
    found = client.get("/network.json?focus=ruritania&relation=neighbourOf").get_json()
    assert [(e["source"], e["target"]) for e in found["edges"]] == [("ruritania", "sylvania")]
    assert client.get("/network.json").get_json()["nodes"] == []
    assert client.get("/network.json?focus=nobody").status_code == 404


def test_claims_are_not_drawn_as_fact(client: FlaskClient) -> None:
    found = client.get("/network.json?focus=river-flood").get_json()
    assert [(e["source"], e["label"]) for e in found["edges"]] == [("river-flood", "participant")]


def test_the_question_behind_it_has_the_same_answer(client: FlaskClient) -> None:
    page = client.get("/network?focus=ruritania&relation=neighbourOf").text
    href = re.search(r'id="question" href="([^"]*)"', page)
    assert href
    query = parse_qs(urlsplit(href[1]).query)["query"][0]
    answer = client.get("/sparql", query_string={"query": query, "format": "json"}).get_json()
    others = {row["other"]["value"] for row in answer["results"]["bindings"]}
    assert others == {THING + "sylvania"}
    page = client.get("/network?focus=ruritania").text
    href = re.search(r'id="question" href="([^"]*)"', page)
    assert href
    query = parse_qs(urlsplit(href[1]).query)["query"][0]
    answer = client.get("/sparql", query_string={"query": query, "format": "json"}).get_json()
    others = {row["other"]["value"] for row in answer["results"]["bindings"]}
    drawn = client.get("/network.json?focus=ruritania").get_json()["nodes"]
    assert others == {node["iri"] for node in drawn} - {THING + "ruritania"}


def test_what_is_left_out_is_said(tiny: list[Quad]) -> None:
    ruritania, concerns = NamedNode(THING + "ruritania"), NamedNode(TERM + "about")
    where = (NamedNode(GRAPH + "entities"), DefaultGraph())
    more = [
        Quad(NamedNode(f"{THING}note-{n}"), concerns, ruritania, graph)
        for n in range(50)
        for graph in where
    ]
    client = create_app({"TESTING": True}, Store.of([*tiny, *more])).test_client()
    page = client.get("/network?focus=ruritania").text
    assert "Not shown here: 10 other ties" in page
    assert "subject of, 10 more" in page
    assert client.get("/network.json?focus=ruritania").get_json()["rest"] == [
        {"slug": "ruritania", "label": "subject of", "count": 10, "more": False}
    ]


def test_a_page_of_a_thing_has_the_small_drawing(browser: FlaskClient) -> None:
    page = browser.get("/page/ruritania").text
    assert '<svg class="network sides"' in page
    assert 'href="/network?focus=ruritania"' in page


def test_only_so_many_things_are_put_in_the_middle(tiny: list[Quad]) -> None:
    label = NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
    isles = [NamedNode(f"{THING}isle-{n}") for n in range(MOST_FOCUS + 1)]
    more = [Quad(isle, label, Literal("isle"), DefaultGraph()) for isle in isles]
    client = create_app({"TESTING": True}, Store.of([*tiny, *more])).test_client()
    query = "&".join(f"focus=isle-{n}" for n in range(MOST_FOCUS))
    assert len(client.get(f"/network.json?{query}").get_json()["focus"]) == MOST_FOCUS
    assert "At most" not in client.get(f"/network?{query}").text
    query += f"&focus=isle-{MOST_FOCUS}"
    assert len(client.get(f"/network.json?{query}").get_json()["focus"]) == MOST_FOCUS
    assert f"At most {MOST_FOCUS} things" in client.get(f"/network?{query}").text


ADDRESSES = [
    "focus=ruritania",
    "focus=ruritania&form=wide",
    "focus=ruritania&focus=sylvania",
    "focus=ruritania&layout=spread",
    "focus=ruritania&layout=spread&form=wide",
    "focus=ruritania&focus=sylvania&focus=dam-claim&focus=strelsau-meeting",
    "focus=ruritania&relation=participant",
    "focus=ruritania&hide=dam-claim&without=Event",
]


def _points(text: str) -> list[list[float]]:
    return [[float(number) for number in point.split(",")] for point in text.split()]


@pytest.mark.parametrize("query", ADDRESSES)
def test_the_json_has_the_positions_of_the_drawing(browser: FlaskClient, query: str) -> None:
    page = browser.get(f"/network?{query}").text
    data = browser.get(f"/network.json?{query}").get_json()
    drawing = re.search(r'<svg class="network .*?</svg>', page, re.DOTALL)
    assert drawing
    svg = ElementTree.fromstring(drawing[0])  # noqa: S314
    assert svg.get("class") == f"network {data['layout']['name']}"
    assert svg.get("viewBox") == f"0 0 {data['layout']['width']} {data['layout']['height']}"
    drawn = {
        node.get("href"): (
            node.get("transform"),
            [(t.text, t.get("y")) for t in node.iter("tspan")],
        )
        for node in svg.iter("a")
    }
    sent = {
        node["page"]: (
            f"translate({node['x']} {node['y']})",
            [(line, str(y)) for line, y in node["name"]["rows"]],
        )
        for node in data["nodes"]
    }
    assert drawn == sent
    lines = [_points(one.get("points", "")) for one in svg.iter("polyline")]
    places = {node["id"]: [node["x"], node["y"]] for node in data["nodes"]}
    sent_lines = [
        [place for place in (places[at["source"]], at["by"], places[at["target"]]) if place]
        for at in data["layout"]["lines"]
    ]
    assert lines == sent_lines
    texts = [one.text for one in svg.iter("text") if "relation" in one.get("class", "")]
    assert texts == [heading["text"] for heading in data["layout"]["headings"]]


def test_what_is_hidden_is_neither_drawn_nor_listed(browser: FlaskClient) -> None:
    everything = browser.get("/network.json?focus=ruritania").get_json()
    query = "focus=ruritania&hide=dam-claim&without=Event"
    part = browser.get(f"/network.json?{query}").get_json()
    shown = {node["id"] for node in part["nodes"]}
    assert shown == {
        node["id"]
        for node in everything["nodes"]
        if node["id"] != "dam-claim" and node["group"] != "Event"
    }
    assert part["groups"] == everything["groups"]
    page = browser.get(f"/network?{query}").text
    assert "/page/dam-claim" not in page
    assert f'<span class="total">{len(part["edges"])}</span> tie' in page
    assert '<a href="/network?focus=ruritania">Show all again</a>' in page


def test_only_a_thing_and_what_it_is_tied_to_is_drawn(browser: FlaskClient) -> None:
    query = "focus=ruritania&focus=sylvania&only=strelsau-meeting"
    part = browser.get(f"/network.json?{query}").get_json()
    ends = [{edge["source"], edge["target"]} for edge in part["edges"]]
    near = {end for pair in ends if "strelsau-meeting" in pair for end in pair}
    assert {node["id"] for node in part["nodes"]} == near | {"ruritania", "sylvania"}


@pytest.mark.parametrize("query", ["layout=circle", "form=huge"])
def test_an_unknown_layout_or_form_is_refused(browser: FlaskClient, query: str) -> None:
    for path in ("/network", "/network.json"):
        assert browser.get(f"{path}?focus=ruritania&{query}").status_code == 400


BODY = {"labels": ["Ruritania", "Sylvania", "Zenda"], "edges": [[0, 1], [1, 2]], "form": "wide"}


def test_a_graph_of_the_client_is_laid_out(client: FlaskClient) -> None:
    first, again = (client.post("/network/layout", json=BODY).get_json() for _ in range(2))
    assert first == again
    assert [node["name"]["rows"][0][0] for node in first["nodes"]] == BODY["labels"]
    assert len({(node["x"], node["y"]) for node in first["nodes"]}) == 3
    assert all(0 < node["x"] < first["width"] for node in first["nodes"])
    empty = client.post("/network/layout", json={"labels": [], "edges": []})
    assert empty.get_json()["nodes"] == []


@pytest.mark.parametrize(
    ("wrong", "detail"),
    [
        ({"labels": "Ruritania"}, "labels is a list"),
        ({"labels": [1]}, "labels is a list"),
        ({"labels": ["x"] * (LAYOUT_NODES + 1)}, "at most 400 labels"),
        ({"labels": ["x" * (LAYOUT_LABEL + 1)]}, "at most 400 labels"),
        ({"edges": [[0, 3]]}, "edges is a list of pairs"),
        ({"edges": [[0]]}, "edges is a list of pairs"),
        ({"edges": [[0, True]]}, "edges is a list of pairs"),
        ({"edges": {"0": 1}}, "edges is a list of pairs"),
        ({"edges": [[0, 1]] * (LAYOUT_EDGES + 1)}, "at most 4,000 edges"),
        ({"form": "huge"}, "form is narrow or wide"),
        ({"form": ["wide"]}, "form is narrow or wide"),
    ],
)
def test_a_graph_beyond_the_bounds_is_refused(
    client: FlaskClient, wrong: dict[str, object], detail: str
) -> None:
    refusal = client.post("/network/layout", json={**BODY, **wrong})
    assert refusal.status_code == 400
    assert refusal.mimetype == "application/problem+json"
    assert detail in refusal.get_json()["detail"]


@pytest.mark.parametrize("body", [b"", b"[1]", b"{", b"\xff", b"NaN"])
def test_what_is_no_graph_is_refused(client: FlaskClient, body: bytes) -> None:
    kind = {"Content-Type": "application/json"}
    assert client.post("/network/layout", data=body, headers=kind).status_code == 400
    assert client.post("/network/layout", data=body).status_code == 400
    assert client.post("/network/layout?calm=5", json=BODY).status_code == 400
    assert client.get("/network/layout").status_code == 405
