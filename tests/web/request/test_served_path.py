"""Where the site lives: a prefix, with KG_PUBLIC_URL or of a proxy, and what leads there."""

import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.model.errors import KGError
from kg.model.prefixes import ROOT
from kg.store.store import Store
from tests.web.serving.test_headers import ANSWERS
from tests.web.serving.test_response_cache import counted
from web import create_app

PUBLIC = "https://graph.example/kg"
# What is a path in a page, its data or a header.
ROOTED = re.compile(r'(?:href|src|action|data-root|data-record|"page"|template)(?:=|: ?)"(/[^"]*)"')
# In a template: an attribute, or a text of an expression that has nothing before it.
FIXED_PATH = re.compile(r'(?:href|src|action)="/[^"]*"|(?<!~ )(?<!startswith\(\()(?<!, )"/\w[^"]*"')
FIXED_PATH_OF_SCRIPT = re.compile(r'["`]/[a-z][^"`]*["`]')
ABSOLUTE = re.compile(r"https?://(?:graph\.example|localhost)[^\s<>\"']*")


def site(tiny: list[Quad], **config: object) -> FlaskClient:
    client = create_app({"TESTING": True, **config}, Store.of(tiny)).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html, */*;q=0.8"
    return client


def addresses(client: FlaskClient, path: str) -> Iterator[str]:
    with client.get(path) as answer:
        if answer.headers.get("Location", "").startswith(("/", "http")):
            yield answer.headers["Location"]
        if answer.mimetype.startswith("text/") or "xml" in answer.mimetype:
            yield from ROOTED.findall(answer.text)
            yield from ABSOLUTE.findall(answer.text)


@pytest.mark.parametrize("path", [path for method, path, _ in ANSWERS if method == "GET"])
def test_under_a_prefix_nothing_leads_out_of_it(tiny: list[Quad], path: str) -> None:
    client = site(tiny, PUBLIC_URL=f"{PUBLIC}/")
    for served in (path, f"/kg{path}", f"/kg/ja{path}"):
        for address in addresses(client, served):
            if not address.startswith("/"):
                assert address == PUBLIC or address.startswith(f"{PUBLIC}/"), (served, address)
            else:
                assert address.startswith("/kg/") or address in {"/kg", "/kg/ja"}, (served, address)


def test_requests_come_with_the_prefix_or_without_it(tiny: list[Quad]) -> None:
    client = site(tiny, PUBLIC_URL=PUBLIC)
    pages = [client.get(path).text for path in ("/page/ruritania", "/kg/page/ruritania")]
    assert pages[0] == pages[1]
    assert client.get("/kg").status_code == client.get("/kg/").status_code == 200
    assert client.get("/kgx/page/ruritania").status_code == 404


def test_a_proxy_says_the_prefix(tiny: list[Quad]) -> None:
    forwarded = {"X-Forwarded-Prefix": "/of/it/", "X-Forwarded-Host": "graph.example"}
    trusting = site(tiny, PROXIES=1)
    for path in ("/page/ruritania", "/of/it/page/ruritania"):
        page = trusting.get(path, headers=forwarded)
        assert 'href="/of/it/class/State"' in page.text
    moved = trusting.get("/id/ruritania", headers=forwarded)
    assert moved.headers["Location"] == "/of/it/page/ruritania"
    assert "http://graph.example/of/it/" in trusting.get("/sitemap.xml", headers=forwarded).text
    assert 'href="/class/State"' in site(tiny).get("/page/ruritania", headers=forwarded).text


@pytest.mark.parametrize("prefix", ["//evil.example", "/a//b", "/..", "/a b", '/"x', "x", "/%2e"])
def test_what_is_no_prefix_is_none(tiny: list[Quad], prefix: str) -> None:
    page = site(tiny, PROXIES=1).get("/page/ruritania", headers={"X-Forwarded-Prefix": prefix})
    assert 'href="/class/State"' in page.text


def test_an_answer_for_one_root_serves_no_other(tiny: list[Quad]) -> None:
    answers, client = counted(tiny, PROXIES=1, HOSTS="localhost")
    query = "/sparql?format=html&query=SELECT%20*%20%7B%3Fs%20%3Fp%20%3Fo%7D"
    for _ in range(2):
        for prefix in ("", "/one", "/two"):
            for tag in ("", "/en", "/ja"):
                page = client.get(tag + query, headers={"X-Forwarded-Prefix": prefix}).text
                assert f'data-root="{prefix}{tag}"' in page
                assert set(re.findall(r'href="([^"]*)/timeline"', page)) == {prefix + tag}
    assert answers.asked == 9


def test_a_page_rendered_for_one_root_serves_no_other(tiny: list[Quad]) -> None:
    client = site(tiny, PROXIES=1, CACHE_BYTES=4_000_000)
    tags = set()
    for prefix in ("", "/one"):
        for tag in ("", "/en", "/ja"):
            page = client.get(f"{tag}/page/ruritania", headers={"X-Forwarded-Prefix": prefix})
            assert f'href="{prefix}{tag}/class/State"' in page.text
            tags.add(page.headers["ETag"])
    assert len(tags) == 6


def test_pages_say_where_they_are(tiny: list[Quad]) -> None:
    page = site(tiny, PUBLIC_URL=PUBLIC).get("/kg/ja/page/ruritania?utm_source=x").text
    assert f'<link rel="canonical" href="{PUBLIC}/ja/page/ruritania">' in page
    assert f'<meta property="og:url" content="{PUBLIC}/ja/page/ruritania">' in page
    heads = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', page))
    assert heads["ru"] == f"{PUBLIC}/ru/page/ruritania"
    assert heads["x-default"] == f"{PUBLIC}/page/ruritania"
    # Without a public address: in no page, as it is cached for all hosts.
    page = site(tiny).get("/page/ruritania").text
    assert '<link rel="canonical" href="/page/ruritania">' in page
    assert "og:url" not in page


@pytest.mark.parametrize("taken", ["/map", "/page/of/mine", "/ja", "/healthz"])
def test_a_prefix_that_is_an_address_of_the_site_is_refused(tiny: list[Quad], taken: str) -> None:
    with pytest.raises(KGError, match="choose another prefix"):
        site(tiny, PUBLIC_URL=f"https://graph.example{taken}")


def test_templates_and_scripts_have_no_path_of_their_own() -> None:
    """Write `{{ root }}/timeline`, `{{ files }}/assets/…`, and `${root}/search` in scripts."""
    templates = [*(ROOT / "web" / "templates").rglob("*.*ml")]
    scripts = [*(ROOT / "web" / "assets" / "script").rglob("*.js")]
    fixed = {
        f"{path.relative_to(ROOT)}: {found[0]}"
        for paths, form in ((templates, FIXED_PATH), (scripts, FIXED_PATH_OF_SCRIPT))
        for path in paths
        for found in form.finditer(path.read_text(encoding="utf-8"))
    }
    assert len(templates) > 20
    assert len(scripts) > 20
    assert fixed == set()
