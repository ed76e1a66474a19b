"""Behind the proxies of `.deploy/`: whatever a page or a file leads to is there, on the site."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest

from tests.deploy.crawler import Crawler
from tests.deploy.proxies import Proxy, found_nginx, nginx

QUERY = quote("SELECT ?state { ?state a <https://w3id.org/aide-memoire/ontology#State> }")
# Of each kind of page one.
PAGES = (
    *("", "/page/norland", "/page/erika-linde", "/source/norland-vostria-2018"),
    *("/source/norland-vostria-2018/p10s5", "/class/Event?actor=norland", "/search?q=linde"),
    *("/timeline", "/map", "/network?focus=norland", "/sources", "/ontology", "/links"),
    *("/sparql", f"/sparql?query={QUERY}", "/reconcile", "/ask?who=norland", "/about", "/report"),
    *("/cite/page/norland", "/embed?url=/timeline", "/embed/map", "/embed/network?focus=norland"),
)
FILES = (
    *("/robots.txt", "/sitemap.xml", "/opensearch.xml", "/feeds/sources.atom", "/calendar.ics"),
    *("/feeds/page/norland.atom", "/suggest?q=nor", "/timeline?format=json", "/map?format=json"),
    *("/network.json?focus=norland", "/thing/norland.json", "/search?q=linde&format=json"),
    *(
        "/reconcile/1.0",
        "/oembed?url=/timeline",
        "/data/norland.ttl",
        "/assets/style.css",
        "/assets/site.js",
    ),
)
# What is followed from there on: parts of sitemaps, pages of feeds, imports of scripts.
FURTHER = re.compile(r"/sitemap/|\.atom|\.ics|/assets/.*\.(?:css|js)")
# What is the same in all languages.
SAME = re.compile(
    r"/(?:assets|notebook|feeds|calendar|dump|data|links/\w+\.sssom|opensearch|ontology\.)"
)
LINK = re.compile(r'<(?:a|form)\b[^>]*?\s(?:href|action)="(/[^"]*)"([^>]*)')


@pytest.fixture(scope="module")
def crawled(behind_caddy: Proxy) -> Iterator[Crawler]:
    base = behind_caddy.under_prefix
    with Crawler(base, behind_caddy.trust, sampled=("ja", "ru")) as crawler:
        pages = [f"{base}/{tag}{path or '/'}" for path in PAGES for tag in ("en", "ja", "ru")]
        crawler.walk([*pages, *(f"{base}{path}" for path in FILES)], FURTHER)
        yield crawler


def test_behind_caddy_every_address_is_of_the_site_and_answers(crawled: Crawler) -> None:
    assert "\n".join(crawled.faults) == ""
    assert len(crawled.seen) > 500


def test_a_page_leads_to_pages_in_its_language(crawled: Crawler) -> None:
    for tag in ("en", "ja", "ru"):
        for path in PAGES:
            page = crawled.seen[f"{crawled.base}/{tag}{path or '/'}"].body
            links = [link for link, rest in LINK.findall(page) if "hreflang" not in rest]
            others = [one for one in links if not one.startswith(f"/kg/{tag}/")]
            assert [one for one in others if not SAME.match(one.removeprefix("/kg"))] == []
            assert len(links) > 10


@pytest.mark.parametrize("proxy", ["caddy", "nginx"])
@pytest.mark.parametrize("site", ["at_root", "under_prefix"])
def test_the_examples_serve_both_sites(
    proxy: str, site: str, request: pytest.FixtureRequest
) -> None:
    running: Proxy = request.getfixturevalue(f"behind_{proxy}")
    base = getattr(running, site)
    starts = [f"{base}{path}" for path in ("/ja/page/norland", "/sitemap.xml", "/id/norland")]
    with Crawler(base, running.trust, sampled=("ja", "page", "class", "source")) as crawler:
        crawler.walk(starts, FURTHER)
    assert crawler.faults == []
    assert len(crawler.seen) > 10


@pytest.fixture(scope="module")
def behind_nginx(tmp_path_factory: pytest.TempPathFactory, port: int) -> Iterator[Proxy]:
    if not found_nginx():
        pytest.skip("nginx is not tried: it is not on this machine")
    with nginx(tmp_path_factory.mktemp("nginx"), port) as proxy:
        yield proxy


def test_no_path_is_read_otherwise_on_its_way(behind_caddy: Proxy, tmp_path: Path) -> None:
    """What is percent-encoded in a name stays so: no proxy decodes it."""
    base = behind_caddy.under_prefix
    with Crawler(base, behind_caddy.trust) as crawler:
        answer = crawler.get(f"{base}/page/a%2Fb%20c", accept="application/problem+json")
    assert answer.status == 404
    assert "a/b c" in answer.body
