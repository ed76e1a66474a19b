import json
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import html5lib
import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from kg.index.statement_keys import statement_key
from kg.model.prefixes import THING, node

KEY = statement_key(
    NamedNode(THING + "strelsau-meeting"), node("dip:host"), NamedNode(THING + "ruritania")
)
PAGES = {
    "/timeline": "meeting at Strelsau",
    "/timeline?kind=Meeting&from=1894": "meeting at Strelsau",
    "/map": "Ruritania",
    "/network?focus=ruritania": "Sylvania",
    f"/statement/{KEY}": "Meeting at Strelsau – host – Ruritania",
}


def framed(path: str) -> str:
    return f"/embed{path}"


@pytest.mark.parametrize("path", PAGES)
def test_a_page_may_be_framed_and_says_where_it_comes_from(client: FlaskClient, path: str) -> None:
    answer = client.get(framed(path))
    assert answer.status_code == 200
    assert PAGES[path] in answer.text
    policy = answer.headers["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src" not in policy
    page = html5lib.parse(answer.text, namespaceHTMLElements=False)
    assert page.find(".//base").get("target") == "_blank"
    links = [a.get("href") for a in page.findall(".//footer//a")]
    assert links == [path, "https://creativecommons.org/licenses/by/4.0/"]
    assert [s.get("type") for s in page.iter("script") if s.get("type") != "application/json"] == []


@pytest.mark.parametrize("path", [*PAGES, "/", "/embed?url=/map", "/embedded/map", "/cite/page/x"])
def test_no_other_page_may_be_framed(client: FlaskClient, path: str) -> None:
    assert "frame-ancestors 'none'" in client.get(path).headers["Content-Security-Policy"]


@pytest.mark.parametrize("path", PAGES)
def test_oembed_leads_to_the_frame(client: FlaskClient, path: str) -> None:
    for start in ("http://localhost", "https://w3id.org/aide-memoire", "http://localhost/ja"):
        record = client.get("/oembed", query_string={"url": start + path}).json
        assert record
        assert (record["version"], record["type"], record["width"]) == ("1.0", "rich", 720)
        frame = html5lib.parseFragment(record["html"], namespaceHTMLElements=False)[0]
        assert frame.get("src") == f"http://localhost/embed{path}"
        assert client.get(frame.get("src").removeprefix("http://localhost")).status_code == 200


@pytest.mark.parametrize("path", PAGES)
def test_a_page_names_its_oembed_and_how_to_embed_it(browser: FlaskClient, path: str) -> None:
    page = html5lib.parse(browser.get(path).text, namespaceHTMLElements=False)
    links = {one.get("type"): one.get("href") for one in page.iter("link")}
    record = browser.get(links["application/json+oembed"]).json
    assert record
    assert f"/embed{urlsplit(path).path}" in record["html"]
    top = ET.fromstring(browser.get(links["text/xml+oembed"]).data)  # noqa: S314 - our own
    assert {one.tag: one.text for one in top} == {k: str(v) for k, v in record.items()}
    link = next(a for a in page.iter("a") if "/embed?" in a.get("href", ""))
    assert "&lt;iframe src=" in browser.get(link.get("href")).text


def test_a_frame_is_no_larger_than_the_consumer_allows(client: FlaskClient) -> None:
    asked = "/oembed?url=http://localhost/map&maxwidth=300&maxheight=200"
    record = client.get(asked).json
    assert record
    assert (record["width"], record["height"]) == (300, 200)
    assert 'width="300" height="200"' in record["html"]
    assert client.get("/oembed?url=http://localhost/map&maxwidth=x").status_code == 400


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/timeline",
        "http://localhost.example/timeline",
        "//example.org/timeline",
        "http://localhost/page/ruritania",
        "http://localhost/timeline/x",
        "http://localhost/statement/0000000000000000",
        "http://localhost/",
        "javascript:alert(1)",
        "http://localhost//[x",
        "http://localhost//a.example/timeline",
    ],
)
def test_other_addresses_are_not_embedded(client: FlaskClient, address: str) -> None:
    assert client.get(f"/oembed?url={quote(address, safe='')}").status_code == 404


def test_an_unknown_format_is_not_implemented(client: FlaskClient) -> None:
    answer = client.get("/oembed?url=http://localhost/map&format=yaml")
    assert answer.status_code == 501
    assert client.get("/oembed").status_code == 400


def test_what_does_not_belong_to_a_frame_is_left_out(client: FlaskClient) -> None:
    url = quote("http://localhost/timeline?as=table&format=json&actor=ruritania&build=x", safe="")
    record = client.get(f"/oembed?url={url}").json
    assert record
    assert 'src="http://localhost/embed/timeline?actor=ruritania"' in record["html"]


def test_markup_in_an_address_is_escaped(client: FlaskClient) -> None:
    url = quote('http://localhost/network?focus="><script>', safe="")
    html = json.loads(client.get(f"/oembed?url={url}").data)["html"]
    assert "<script" not in html
