"""The service of version 0.2: requests by GET and POST, JSONP, errors with the place, pages."""

import json
from typing import Any

import pytest
from flask.testing import FlaskClient

from kg.matching.weights import weights
from web.reconciliation.json_requests import MOST_RESULTS
from web.request.bounds import ALL_CONDITIONS, CONDITIONS, NAMES

OFFICE = {
    "query": "prime minister",
    "type": "Person",
    "properties": [{"pid": "country", "v": "Japan"}, {"pid": "date", "v": "2018-04-15"}],
}


def ask(service: FlaskClient, **queries: object) -> Any:
    return service.post("/reconcile", data={"queries": json.dumps(queries)})


def refusal(service: FlaskClient, value: object) -> str:
    answer = ask(service, q0=value)
    assert answer.status_code == 400
    return str(answer.json["detail"])


def test_office_state_and_day_lead_to_a_person(service: FlaskClient) -> None:
    first = ask(service, q0=OFFICE).json["q0"]["result"][0]
    assert (first["id"], first["name"], first["match"]) == ("shinzo-abe", "Shinzo Abe", True)
    assert "Prime Minister of Japan" in first["description"]
    assert {"id": "property:country", "value": 1.0} in first["features"]


def test_get_and_post_and_one_query_say_the_same(service: FlaskClient) -> None:
    posted = ask(service, q0={"query": "Putin"}).json
    got = service.get("/reconcile", query_string={"queries": '{"q0": {"query": "Putin"}}'})
    assert got.json == posted
    for query in ("Putin", '{"query": "Putin"}'):
        assert service.get("/reconcile", query_string={"query": query}).json == posted["q0"]


def test_a_get_has_a_tag_and_is_not_sent_twice(service: FlaskClient) -> None:
    address = "/reconcile?query=Putin"
    tag = service.get(address).headers["ETag"]
    assert service.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_other_sites_may_ask(service: FlaskClient) -> None:
    assert service.get("/reconcile").headers["Access-Control-Allow-Origin"] == "*"
    preflight = service.options("/reconcile")
    assert "POST" in preflight.headers["Access-Control-Allow-Methods"]


def test_names_come_in_the_language_of_the_reader(service: FlaskClient) -> None:
    header = {"Accept-Language": "ja"}
    answer = service.get("/reconcile?query=Japan", headers=header)
    assert answer.json["result"][0]["name"] == "日本"
    assert "Accept-Language" in answer.headers["Vary"]


def test_a_callback_wraps_the_answer(service: FlaskClient) -> None:
    answer = service.get("/reconcile?query=Putin&callback=jQuery1.got_2")
    assert answer.mimetype == "text/javascript"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    start, end = "/**/jQuery1.got_2(", ");\n"
    assert answer.text.startswith(start)
    body = json.loads(answer.text.removeprefix(start).removesuffix(end))
    assert body == service.get("/reconcile?query=Putin").json


@pytest.mark.parametrize("name", ["a(", "alert(1)//", "a.", "a b", "é", "<script>", "a" * 101])
def test_a_callback_is_no_code(service: FlaskClient, name: str) -> None:
    for path in ("/reconcile", "/reconcile/suggest/type"):
        answer = service.get(path, query_string={"callback": name})
        assert answer.status_code == 400
        assert name not in answer.text


def test_wrong_json_is_refused_with_its_place(service: FlaskClient) -> None:
    for name in ("queries", "extend"):
        answer = service.post("/reconcile", data={name: '{"q0":\n {"query" "x"}}'})
        assert answer.status_code == 400
        assert "line 2, column 11" in answer.json["detail"]
    for text in ("[" * 100_000, "9" * 5_000):
        assert service.post("/reconcile", data={"queries": text}).status_code == 400


@pytest.mark.parametrize(
    ("query", "place"),
    [
        ([], "q0 is an array"),
        ({"query": 7}, "q0.query is a number"),
        ({"query": "a", "limit": 0}, "q0.limit"),
        ({"query": "a", "limit": True}, "q0.limit"),
        ({"query": "a", "limit": "5"}, "q0.limit"),
        ({"query": "a", "type": {}}, "q0.type"),
        ({"query": "a", "type": [1]}, "q0.type"),
        ({"query": "a", "type_strict": "often"}, "q0.type_strict"),
        ({"query": "a", "props": []}, "“props”"),
        ({"query": "a", "properties": {}}, "q0.properties"),
        ({"query": "a", "properties": ["x"]}, "q0.properties[0]"),
        ({"query": "a", "properties": [{"v": "x"}]}, "q0.properties[0].pid"),
        ({"query": "a", "properties": [{"pid": "country"}]}, "q0.properties[0].v"),
        ({"query": "a", "properties": [{"pid": "country", "v": {"name": "x"}}]}, ".v.id"),
        ({"query": "a", "properties": [{"pid": "country", "v": None}]}, ".v is null"),
    ],
)
def test_a_wrong_query_is_refused_with_its_place(
    service: FlaskClient, query: object, place: str
) -> None:
    assert place in refusal(service, query)


def test_too_many_names_are_refused(service: FlaskClient) -> None:
    batch = {f"q{n}": {"query": "a"} for n in range(NAMES + 1)}
    assert ask(service, **batch).status_code == 413
    table = {"ids": ["japan"] * (NAMES + 1), "properties": []}
    assert service.post("/reconcile", data={"extend": json.dumps(table)}).status_code == 413


def test_too_many_properties_are_refused(service: FlaskClient) -> None:
    one = {"query": "a", "properties": [{"pid": "country", "v": "Japan"}] * CONDITIONS}
    number = ALL_CONDITIONS // CONDITIONS + 1
    assert ask(service, **{f"q{n}": one for n in range(number)}).status_code == 413
    more = {**one, "properties": [*one["properties"], *one["properties"]]}
    assert ask(service, q0=more).status_code == 413


def test_as_many_candidates_as_wanted(service: FlaskClient) -> None:
    for limit, most in ((1, 1), (3.7, 3), (10_000, MOST_RESULTS)):
        found = ask(service, q0={"query": "Japan", "limit": limit}).json["q0"]["result"]
        assert 0 < len(found) <= most


def test_the_manifest_leads_to_all_services(service: FlaskClient) -> None:
    manifest = service.get("/reconcile").json
    assert manifest["view"]["url"].replace("{{id}}", "japan") == "http://localhost/page/japan"
    for what, places in manifest["suggest"].items():
        path = places["service_path"]
        found = service.get(f"/reconcile{path}", query_string={"prefix": "co"}).json["result"]
        flyout = places["flyout_service_path"].replace("${id}", found[0]["id"])
        card = service.get(f"/reconcile{flyout}").json
        assert (card["id"], found[0]["name"] in card["html"]) == (found[0]["id"], True), what
    assert service.get("/reconcile/preview?id=japan").status_code == 200
    assert service.get("/reconcile/extend/propose?type=Person").json["properties"]


def test_a_preview_may_stand_in_a_frame(service: FlaskClient) -> None:
    for path in ("/reconcile/preview", "/reconcile/1.0/preview"):
        answer = service.get(f"{path}?id=shinzo-abe")
        assert "Shinzo Abe" in answer.text
        assert "frame-ancestors *" in answer.headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in service.get("/").headers["Content-Security-Policy"]
    assert service.get("/reconcile/preview?id=nobody").status_code == 404


def test_suggestions_go_on_at_the_cursor(service: FlaskClient) -> None:
    def entities(**arguments: object) -> list[str]:
        answer = service.get("/reconcile/suggest/entity", query_string=arguments)
        return [one["id"] for one in answer.json["result"]]

    both = entities(prefix="japan", limit=6)
    assert len(both) == 6
    assert entities(prefix="japan", limit=3) + entities(prefix="japan", limit=3, cursor=3) == both
    assert "shinzo-abe" in entities(prefix="Shinzo Abbe")
    assert entities(prefix="Q17") == ["japan"]


def test_an_extension_has_the_values_of_the_graph(service: FlaskClient) -> None:
    names = ("isoAlpha2", "wikidata", "hasTenure/startDate", "country", "nothing")
    query = {"ids": ["japan", "shinzo-abe", "nobody"], "properties": [{"id": n} for n in names]}
    rows = service.post("/reconcile", data={"extend": json.dumps(query)}).json["rows"]
    assert rows["japan"]["isoAlpha2"] == [{"str": "JP"}]
    assert rows["japan"]["wikidata"] == [{"str": "Q17"}]
    assert rows["shinzo-abe"]["hasTenure/startDate"] == [{"date": "2012-12-26T00:00:00Z"}]
    assert {"id": "japan", "name": "Japan"} in rows["shinzo-abe"]["country"]
    assert {*map(str, rows["nobody"].values())} == {"[{}]"}
    assert rows["japan"]["nothing"] == [{}]


def test_a_cell_has_at_most_its_limit(service: FlaskClient) -> None:
    for limit, number in ((1, 1), ("2", 2)):
        columns = [{"id": "name", "settings": {"limit": limit}}]
        body = json.dumps({"ids": ["japan"], "properties": columns})
        cell = service.post("/reconcile", data={"extend": body}).json["rows"]["japan"]["name"]
        assert len(cell) == number
    body = json.dumps({"ids": [], "properties": [{"id": "name", "settings": {"limit": "x"}}]})
    assert service.post("/reconcile", data={"extend": body}).status_code == 400


def test_the_page_explains_every_feature(service: FlaskClient) -> None:
    page = service.get("/reconcile", headers={"Accept": "text/html"}).text
    for name in (*weights().name, *weights().context):
        assert f'<tr id="{name}">' in page
    assert "http://localhost/reconcile" in page
    assert service.get("/reconcile/features").status_code == 200
