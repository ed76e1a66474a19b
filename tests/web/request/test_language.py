import re
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from kg.model.languages import LANGUAGES, in_language
from kg.store.store import Store
from web import create_app
from web.request.language import tongue


@pytest.mark.parametrize(
    ("header", "name"),
    [("ja", "ルリタニア"), ("ru, en;q=0.5", "Руритания"), ("de", "Ruritania"), ("", "Ruritania")],
)
def test_names_are_in_the_language_that_the_browser_asks_for(
    browser: FlaskClient, header: str, name: str
) -> None:
    page = browser.get("/class/State", headers={"Accept-Language": header})
    assert f">{name}</a>" in page.text
    assert "Accept-Language" in page.headers["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "/class/State?format=csv",
        "/timeline?format=xlsx",
        "/timeline?format=svg",
        "/map?format=geojson",
        "/map?format=png",
        "/network?focus=ruritania&format=graphml",
    ],
)
def test_a_file_with_names_is_stored_for_one_language(client: FlaskClient, path: str) -> None:
    answers = [client.get(path, headers={"Accept-Language": tag}) for tag in ("en", "ru")]
    assert answers[0].data != answers[1].data
    assert all("Accept-Language" in answer.headers["Vary"] for answer in answers)
    assert "Accept-Language" not in client.get(f"/ja{path}").headers["Vary"]


def test_a_file_without_names_is_stored_for_all_languages(client: FlaskClient) -> None:
    query = "SELECT (1 AS ?one) {}"
    for path in ("/assets/flags/jp.svg", f"/sparql?format=csv&query={quote(query)}"):
        answer = client.get(path)
        assert answer.status_code == 200
        assert "Accept-Language" not in answer.headers.get("Vary", "")


def test_a_language_in_the_address_beats_the_browser(browser: FlaskClient) -> None:
    page = browser.get("/ja/class/State", headers={"Accept-Language": "ru"})
    assert ">ルリタニア</a>" in page.text
    # One for all readers: nothing that a browser asks for decides.
    assert "Accept-Language" not in page.headers["Vary"]
    assert 'href="/ja/page/ruritania"' in page.text
    files = "assets/|feeds/|dump/|opensearch"
    assert re.findall(rf'href="(/(?!{files}|(?:en|ja|ru)/)[^"]*)"', page.text) == ["/class/State"]


def test_a_redirect_keeps_the_language_of_the_address(browser: FlaskClient) -> None:
    assert browser.get("/ru/id/ruritania").headers["Location"] == "/ru/page/ruritania"
    assert browser.get("/id/ruritania").headers["Location"] == "/page/ruritania"


def test_there_are_no_cookies_and_no_other_languages(browser: FlaskClient) -> None:
    for path in ("/ja/timeline", "/language/ja?back=/map", "/de/timeline"):
        answer = browser.get(path)
        assert "Set-Cookie" not in answer.headers
        assert answer.status_code == (200 if path == "/ja/timeline" else 404)


def test_the_switch_leads_to_the_same_page_with_its_parameters(browser: FlaskClient) -> None:
    page = browser.get("/ja/class/State?order=day&from=2018").text
    switch = re.findall(r'<a href="([^"]*)" lang="..?" hreflang', page)
    assert switch == [f"/{tag}/class/State?order=day&amp;from=2018" for tag in LANGUAGES]
    heads = dict(re.findall(r'<link rel="alternate" hreflang="([^"]*)" href="([^"]*)"', page))
    assert heads["ru"] == "/ru/class/State?order=day&amp;from=2018"
    assert heads["x-default"] == "/class/State?order=day&amp;from=2018"


def test_a_page_that_is_cached_for_all_parameters_links_without_them(browser: FlaskClient) -> None:
    page = browser.get("/page/ruritania?utm_source=x").text
    assert '<link rel="alternate" hreflang="ja" href="/ja/page/ruritania">' in page


def test_names_that_are_not_translated_are_marked_as_english(corpus: Store) -> None:
    browser = create_app({"TESTING": True}, corpus).test_client()
    browser.environ_base["HTTP_ACCEPT"] = "text/html"
    for tag in ("ja", "ru"):
        page = browser.get("/class/Place", headers={"Accept-Language": tag}).text
        assert f'<html lang="{tag}"' in page
        assert 'lang="en">Palm Bay</a>' in page
    page = browser.get("/class/Place").text
    assert '<html lang="en"' in page
    assert ">Palm Bay</a>" in page
    assert 'lang="en">Palm' not in page


@pytest.mark.parametrize(
    ("tag", "text", "marked"),
    [
        (
            "ja",
            "Norland と Sylvania 2 へ",
            '<span lang="en">Norland</span> と <span lang="en">Sylvania 2</span> へ',
        ),
        ("ja", "主要7か国 & G7", '主要7か国 &amp; <span lang="en">G7</span>'),
        (
            "ru",
            "визит (King of Norland) <b>",
            'визит (<span lang="en">King of Norland</span>) &lt;<span lang="en">b</span>&gt;',
        ),
        ("ru", "Путин, 2018", "Путин, 2018"),
        ("en", "Norland & Норландия", "Norland &amp; Норландия"),
    ],
)
def test_only_latin_letters_are_marked(tag: str, text: str, marked: str) -> None:
    with in_language(tag):
        assert tongue(text) == marked


def test_each_language_has_its_own_version(browser: FlaskClient) -> None:
    tags = {
        browser.get("/page/ruritania", headers={"Accept-Language": tag}).headers["ETag"]
        for tag in ("en", "ja", "ru")
    }
    assert len(tags) == 3


def test_the_switch_on_a_query_keeps_it_unless_it_is_long(browser: FlaskClient) -> None:
    page = browser.get("/sparql", query_string={"query": "ASK {}"}).text
    assert 'href="/ja/sparql?query=ASK+%7B%7D" lang="ja"' in page
    page = browser.get("/sparql", query_string={"query": "ASK {} # " + "%" * 5000}).text
    assert 'href="/ja/sparql" lang="ja"' in page
    assert 'rel="alternate" hreflang' not in page


@pytest.mark.parametrize("odd", ["%22%3E%3Cscript%3E", "%0d%0a", "%E6%97", "%00"])
def test_the_switch_holds_nothing_that_ends_its_attribute(browser: FlaskClient, odd: str) -> None:
    page = browser.get(f"/search?q={odd}").text
    assert f'href="/ja/search?q={odd}" lang="ja"' in page


def test_languages_that_are_not_spoken_here_are_passed_over(client: FlaskClient) -> None:
    liked = ",".join(f"x{n};q=0.9" for n in range(90)) + ",ja;q=0.5,en;q=0.1"
    assert client.get("/search?q=ruritania&format=json", headers={"Accept-Language": liked}).json
    page = client.get("/class/State?format=html", headers={"Accept-Language": liked})
    assert "ルリタニア" in page.text
