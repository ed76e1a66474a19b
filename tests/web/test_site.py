"""Properties that every page must have, found by walking from the first page through all links."""

import re
from urllib.parse import urldefrag, urljoin, urlsplit

import html5lib
import pytest
from flask.testing import FlaskClient

LINK = re.compile(r'<(a|link|form|script|img)\b[^>]*?\s(?:href|src|action)="([^"]*)"')
STARTS = [
    "/",
    "/page/ruritania",
    "/page/dam-claim",
    "/page/ruritania%23point",
    "/class/Agent",
    "/search?q=ruritania",
    "/search?q=silvannia",
    "/search",
    "/source/gazette-1894",
    "/source/gazette-1894/p1s1",
    "/source/gazette-1894/p9s9",
    "/graph/links",
    "/ontology",
    "/sparql",
    "/sparql?query=SELECT+%2A+%7B%3Fs+%3Fp+%3Fo%7D",
    "/sparql?query=CONSTRUCT+WHERE+%7B%3Fs+%3Fp+%3Fo%7D",
    "/sparql?query=ASK+%7B%7D",
    "/sparql?query=SELECT+%2A%0A%7B%3Fs%7D",
    "/sparql?query=SELECT+%2A+%7B%3Fs+a+%3Chttp%3A%2F%2Fexample.org%2Fx%3E%7D",
    "/page/nobody",
]


# One list narrowed and ordered in another way: without end. Pages in other languages: the same.
# A form that posts leads nowhere by itself.
NOT_FOLLOWED = ('rel="nofollow"', "hreflang=", 'method="post"')


def links(page: str) -> list[tuple[str, str]]:
    return [
        (found[1], found[2].replace("&amp;", "&"))
        for found in LINK.finditer(page)
        if not any(one in page[found.start() : page.find(">", found.end())] for one in NOT_FOLLOWED)
    ]


@pytest.mark.parametrize("path", STARTS)
def test_pages_are_valid_html(browser: FlaskClient, path: str) -> None:
    html5lib.HTMLParser(strict=True).parse(browser.get(path).text)


@pytest.mark.parametrize("path", STARTS)
def test_pages_load_nothing_from_elsewhere_and_have_no_inline_code(
    browser: FlaskClient, path: str
) -> None:
    page = browser.get(path).text
    loaded = [url for tag, url in links(page) if tag in {"script", "img", "form"}]
    loaded += re.findall(r'<link rel="(?:stylesheet|icon)" href="([^"]*)"', page)
    assert [url for url in loaded if urlsplit(url).netloc] == []
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script>", page)


@pytest.mark.parametrize("path", STARTS)
def test_pages_have_landmarks_a_title_and_one_heading(browser: FlaskClient, path: str) -> None:
    page = browser.get(path).text
    assert page.count("<h1") == 1
    assert '<html lang="en"' in page
    assert '<a class="skip" href="#main">' in page
    assert '<main id="main"' in page
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))


def test_every_link_leads_somewhere(browser: FlaskClient) -> None:
    seen: dict[str, str] = {}
    ahead = [start for start in STARTS if not re.search("nobody|p9s9|%0A", start)]
    broken = []
    while ahead:
        path = ahead.pop()
        if path in seen:
            continue
        with browser.get(path, follow_redirects=True) as answer:
            seen[path] = answer.text if answer.mimetype == "text/html" else ""
            if answer.status_code != 200:
                broken.append(path)
        urls = [urljoin(path, url) for _, url in links(seen[path])]
        ahead += [urldefrag(url).url for url in urls if url.startswith("/")]
    assert broken == []
    assert len(seen) > 40


def test_anchors_are_there(browser: FlaskClient) -> None:
    ontology = browser.get("/ontology").text
    for path in (start for start in STARTS if not start.startswith("/sparql")):
        for _, url in links(browser.get(path).text):
            if url.startswith("/ontology#"):
                assert f'id="{urldefrag(url).fragment}"' in ontology, (path, url)
