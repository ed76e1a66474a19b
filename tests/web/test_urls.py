import pytest
from flask.testing import FlaskClient

from web import urls
from web.serving.flask_application import Application

BAD = [
    "a%20b", "a%3Eb", "%7B", "%00", "%22", "%5C", "%FF", "a%0d%0ab", "%0a", "%3Cscript%3E",
    "..%2F..", "a%7Cb", "%60", "%5E", "%EF%BF%BE", "%F3%A0%80%81", "-", "_", "a" * 4000,
    "%25", "a%2Fb//c", "%E6%97%A5%E6%9C%AC",
]  # fmt: skip
PLACES = [
    "/id/{}", "/page/{}", "/data/{}", "/data/{}.ttl", "/data/{}.trig", "/claim/{}",
    "/claim/{}/content", "/class/{}", "/source/{}", "/source/{}/p1s1", "/source/gazette-1894/{}",
    "/graph/{}", "/query/{}", "/dump/aide-memoire.{}", "/ontology.{}", "/ontology/{}", "/{}",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("slug", BAD)
def test_no_slug_is_more_than_not_found(browser: FlaskClient, place: str, slug: str) -> None:
    answer = browser.get(place.format(slug))
    assert answer.status_code == 404
    assert "<script>" not in answer.text


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize(
    "path", ["/id//ruritania", "//id/ruritania", "/id/ruritania/", "/class//State"]
)
def test_slashes_are_not_mended(browser: FlaskClient, path: str, method: str) -> None:
    answer = getattr(browser, method)("http://localhost" + path, headers={"Host": "evil.example"})
    assert answer.status_code in {404, 405}
    assert "Location" not in answer.headers


def test_a_slash_too_many_offers_the_thing(browser: FlaskClient) -> None:
    assert '<a href="/page/ruritania">' in browser.get("/id/ruritania/").text


@pytest.mark.parametrize(
    "iri",
    ["javascript:alert(1)", "data:text/html,x", "urn:x", "https://w3id.org/aide-memoire//x.y"],
)
def test_only_web_addresses_become_links(browser: FlaskClient, iri: str) -> None:
    query = f"SELECT (IRI('{iri}') AS ?x) {{}}"
    page = browser.get("/sparql", query_string={"query": query}).text
    assert 'href="//' not in page
    assert f'href="{iri}"' not in page or iri.startswith("https://")
    assert iri in page


def test_our_own_families_have_pages_and_nothing_else_does() -> None:
    base = "https://w3id.org/aide-memoire/"
    assert urls.local_path(base + "id/a b") == "/page/a%20b"
    assert urls.local_path(base + "source/x/p1s1") == "/source/x/p1s1"
    assert urls.local_path(base + "graph/links") == "/graph/links"
    assert urls.local_path(base + "query/x") == "/query/x"
    assert urls.local_path(base + "void#dataset") == "/void#dataset"
    assert urls.local_path(base + "dump/aide-memoire.nq") == "/dump/aide-memoire.nq"
    assert urls.local_path(base + "/evil.example/") == ""
    assert urls.local_path(base + "ontology") == "/ontology"


def test_an_unforeseen_failure_is_logged_without_the_visitors_lines(
    caplog: pytest.LogCaptureFixture,
) -> None:
    site = Application("failing")

    @site.get("/fail/<path:name>")
    def fail(name: str) -> str:
        raise ValueError(name + "\nforged")

    assert site.test_client().get("/fail/a%0dforged").status_code == 500
    (record,) = caplog.records
    assert "/fail/a%0Dforged" in record.getMessage()
    assert (
        len([line for line in record.getMessage().splitlines() if line.startswith("forged")]) == 0
    )
