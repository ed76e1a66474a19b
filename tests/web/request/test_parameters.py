"""An address takes the parameters that it names; a slip is told, what trackers add is dropped."""

import re
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from web.request import parameters
from web.request.parameters import PARAMETERS, TRACKING

# An address of each kind that answers 200 or leads on, without parameters.
ADDRESSES = [
    *("/", "/page/ruritania", "/id/ruritania", "/data/sylvania.nt", "/class/State", "/search"),
    *("/timeline", "/map", "/network", "/network.json", "/suggest", "/opensearch.xml", "/sources"),
    *("/feeds/sources.atom", "/feeds/page/ruritania.atom", "/calendar.ics", "/graph/links"),
    *("/calendar/ruritania.ics", "/source/gazette-1894", "/source/gazette-1894/p1s1"),
    *("/ontology", "/ontology.nt", "/.well-known/void", "/dump/aide-memoire.nt", "/healthz"),
    *("/sparql", "/sparql/terms", "/sparql/names", "/sitemap.xml", "/page/ruritania/to/host"),
    *("/graph-store?default", "/sparql?query=ASK%20%7B%7D&format=csv", "/sparql/snippets?query=A"),
]


def also(path: str, more: str) -> str:
    return f"{path}{'&' if '?' in path else '?'}{more}"


@pytest.mark.parametrize("path", ADDRESSES)
@pytest.mark.parametrize("accept", ["text/html", "application/json"])
def test_an_unknown_parameter_is_refused_by_name(
    client: FlaskClient, path: str, accept: str
) -> None:
    answer = client.get(also(path, "calm=5"), headers={"Accept": accept})
    assert answer.status_code == 400
    assert "his address takes no “calm”" in answer.text


@pytest.mark.parametrize("path", ADDRESSES)
def test_what_trackers_add_changes_nothing(browser: FlaskClient, path: str) -> None:
    plain = browser.get(path)
    tracked = browser.get(also(path, "&".join(f"{name}=x" for name in sorted(TRACKING))))
    assert (tracked.status_code, tracked.data) == (plain.status_code, plain.data)
    assert tracked.headers.get("ETag") == plain.headers.get("ETag")


@pytest.mark.parametrize(
    ("path", "hint"),
    [
        ("/timeline?actr=ruritania", "“actr”, did you mean actor? It takes kind, place"),
        ("/search?Q=a", "“Q”, did you mean q?"),
        ("/graph-store?defualt", "“defualt”, did you mean default?"),
        ("/calendar.ics?form=2018", "“form”, did you mean from?"),
        ("/network?focuss=a&foo=b", "“focuss”, did you mean focus; no “foo”?"),
        ("/page/ruritania?a=1&b=2&c=3&d=4&e=5", "“a”; no “b”; no “c” and 2 more."),
        ("/feeds/sources.atom?pages=2", "“pages”, did you mean page?"),
        (f"/map?{'x' * 60}=1", f"“{'x' * 40}”."),
    ],
)
def test_a_slip_is_told_with_what_comes_near(client: FlaskClient, path: str, hint: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert hint in answer.get_json()["detail"]


@pytest.mark.parametrize(
    "path",
    [
        *("/timeline?year=1894&year=1895", "/search?q=a&q=b", "/map?format=json&format=html"),
        *("/source/gazette-1894?page=1&page=2", "/graph-store?default&format=nt&format=ttl"),
        *("/sparql?query=ASK{}&timeout=1&timeout=2", "/calendar.ics?from=2018&from=2019"),
    ],
)
def test_a_second_value_of_a_single_parameter_is_refused(client: FlaskClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 400
    assert "may have one value here" in answer.text


def test_what_may_have_several_values_has(client: FlaskClient) -> None:
    assert client.get("/network?focus=ruritania&focus=sylvania").status_code == 200
    assert client.get("/search?q=a&q=a").status_code == 200


def test_a_form_is_read_as_an_address_is(client: FlaskClient) -> None:
    answer = client.post("/sparql", data={"query": "ASK {}", "fromat": "csv"})
    assert answer.status_code == 400
    assert "“fromat”, did you mean format" in answer.text
    assert client.post("/sparql/stop", data={"handel": "x"}).status_code == 400


def test_what_is_not_there_is_not_found_whatever_its_parameters(client: FlaskClient) -> None:
    assert client.get("/nowhere?calm=5").status_code == 404


def test_the_table_names_endpoints_that_there_are(app: Flask) -> None:
    assert set(PARAMETERS) <= {rule.endpoint for rule in app.url_map.iter_rules()}


def test_whatever_the_code_reads_some_address_takes() -> None:
    web = Path(parameters.__file__).parents[1]
    paths = [path for path in web.rglob("*.py") if "node_modules" not in path.parts]
    code = "".join(path.read_text() for path in (*paths, *web.glob("templates/**/*.*ml")))
    read = set(
        re.findall(r"request\.(?:args|values|form)(?:\.get|\.getlist)?[(\[]\"([\w-]+)", code)
    )
    taken = {name for takes in PARAMETERS.values() for name in (*takes.single, *takes.many)}
    assert read
    assert read <= taken
    assert not TRACKING & taken
