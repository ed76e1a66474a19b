"""What search engines read: the site's map, descriptions, what may be used and how."""

import json
import re
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.prefixes import THING, node
from kg.store.store import Store
from web import create_app
from web.pages.crawlers import ADDRESSES_PER_PART

SPACE = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
VIEWS = ("/timeline", "/map", "/network", "/sources", "/links", "/sparql", "/ontology")


def addresses(client: FlaskClient, path: str) -> list[str]:
    answer = client.get(path)
    assert answer.mimetype == "application/xml"
    return [str(found.text) for found in ET.fromstring(answer.data).iter(f"{SPACE}loc")]  # noqa: S314


def test_robots_find_the_map_of_the_site(client: FlaskClient) -> None:
    assert "Sitemap: http://localhost/sitemap.xml\n" in client.get("/robots.txt").text
    assert addresses(client, "/sitemap.xml") == ["http://localhost/sitemap/1.xml"]


def test_every_page_on_the_map_is_there(browser: FlaskClient) -> None:
    found = addresses(browser, "/sitemap/1.xml")
    paths = [urlsplit(address).path for address in found]
    assert len(set(paths)) == len(paths)
    assert {"/", "/page/ruritania", "/class/State", "/source/gazette-1894/p1s1"} <= set(paths)
    assert not [path for path in paths if "%23" in path]
    for path in paths:
        assert browser.get(path).status_code == 200, path


def test_a_long_map_has_parts(tiny: list[Quad]) -> None:
    label = node("rdfs:label")
    isles = [
        Quad(NamedNode(f"{THING}isle-{n}"), label, Literal(f"Isle {n}"))
        for n in range(ADDRESSES_PER_PART)
    ]
    client = create_app({"TESTING": True}, Store.of([*tiny, *isles])).test_client()
    parts = [urlsplit(address).path for address in addresses(client, "/sitemap.xml")]
    found = [addresses(client, part) for part in parts]
    assert len(found[0]) == ADDRESSES_PER_PART
    assert (
        sum(address.rpartition("/")[2].startswith("isle-") for part in found for address in part)
        == ADDRESSES_PER_PART
    )


PAGES = ("/class/State", "/source/gazette-1894", "/source/gazette-1894/p1s1", "/page/ruritania")


@pytest.mark.parametrize("path", ["/", *VIEWS, *PAGES, "/graph/links"])
def test_every_kind_of_page_is_described_once(browser: FlaskClient, path: str) -> None:
    page = browser.get(path).text
    described = re.findall(r'<meta name="description" content="([^"]+)">', page)
    assert len(described) == 1
    assert page.count('property="og:description"') == 1
    assert page.count('name="theme-color"') == 2
    assert 'rel="license" href="https://creativecommons.org/licenses/by/4.0/"' in page


def test_the_first_page_describes_the_site_and_the_data(browser: FlaskClient) -> None:
    page = browser.get("/").text
    script = re.search(r'<script type="application/ld\+json">(.*?)</script>', page)
    assert script
    site, data = json.loads(script[1])["@graph"]
    target = site["potentialAction"]["target"]["urlTemplate"]
    assert browser.get(urlsplit(target).path, query_string={"q": "ruritania"}).status_code == 200
    assert data["license"] == "https://creativecommons.org/licenses/by/4.0/"
    for file in data["distribution"]:
        answer = browser.get(urlsplit(file["contentUrl"]).path)
        assert answer.mimetype == file["encodingFormat"]


def test_feeds_and_calendars_are_announced(browser: FlaskClient) -> None:
    assert 'type="text/calendar" href="/calendar.ics"' in browser.get("/timeline").text
    narrowed = browser.get("/timeline?actor=ruritania").text
    assert narrowed.count('href="/calendar.ics?actor=ruritania"') == 2
    for path in ("/", "/sources"):
        assert 'type="application/atom+xml" href="/feeds/sources.atom"' in browser.get(path).text
