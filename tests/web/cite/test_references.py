import json
import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad

from kg.index.reader import index
from kg.index.statement_keys import statement_key
from kg.model.named_graphs import SOURCES, with_default_graph
from kg.model.prefixes import SOURCE, THING, node
from kg.references.formats import REFERENCE_FORMATS
from kg.store.store import Store
from tests.kg.references.reading import read_bibtex, read_ris
from web import create_app

KEY = statement_key(
    NamedNode(THING + "strelsau-meeting"), node("dip:host"), NamedNode(THING + "ruritania")
)
CITED = {
    "page/ruritania": "Ruritania",
    f"statement/{KEY}": "meeting at Strelsau – host – Ruritania",
    "source/gazette-1894": "Of rivers and kings",
    "source/gazette-1894/p1s1": "Of rivers and kings",
    "query/dated-in-2018": "What is dated in 2018",
}
MEDIA = {name: form.media_type for name, form in REFERENCE_FORMATS.items()}


@pytest.mark.parametrize("path", CITED)
def test_formats_agree_on_title_address_and_build(client: FlaskClient, path: str) -> None:
    bib, ris, csl = (client.get(f"/cite/{path}.{name}") for name in ("bib", "ris", "csl"))
    entry, fields = read_bibtex(bib.text), dict(read_ris(ris.data))
    (item,) = json.loads(csl.data)
    title = item["title"]
    assert title.startswith(CITED[path][:12])
    assert (entry["title"], fields["TI"]) == (title, title)
    assert entry["url"] == fields["UR"] == item["URL"]
    assert re.search(r"[?&]build=\w+$", item["URL"])
    assert entry["version"] == fields["ET"] == item["version"]


@pytest.mark.parametrize("name", MEDIA)
def test_a_format_is_chosen_by_ending_header_or_parameter(client: FlaskClient, name: str) -> None:
    by_ending = client.get(f"/cite/page/ruritania.{name}")
    by_header = client.get("/cite/page/ruritania", headers={"Accept": MEDIA[name]})
    by_parameter = client.get(f"/cite/page/ruritania?format={name}")
    assert by_ending.data == by_header.data == by_parameter.data
    assert {one.mimetype for one in (by_ending, by_header, by_parameter)} == {MEDIA[name]}


def test_a_page_shows_every_format_and_the_served_permalink(browser: FlaskClient) -> None:
    page = browser.get("/cite/page/ruritania")
    assert page.mimetype == "text/html"
    for text in ("@misc{aide-memoire-ruritania", "TY  - ELEC", "&#34;type&#34;: &#34;webpage&#34;"):
        assert text in page.text
    assert re.search(r"http://localhost/page/ruritania\?build=\w+</code>", page.text)
    assert page.text.count("data-copies=") == 5


def test_a_query_is_cited_with_its_text(browser: FlaskClient) -> None:
    page = browser.get("/cite/sparql", query_string={"query": "# Any?\nASK {}"})
    assert "@dataset{aide-memoire-query" in page.text
    assert "/sparql?query=%23%20Any%3F%0AASK%20%7B%7D&amp;build=" in page.text
    assert browser.get("/cite/sparql").status_code == 404


@pytest.mark.parametrize(
    "path", ["page/nobody", "nothing", "page/", "map", "source/x/y/z", "statement/x", "query/none"]
)
def test_what_is_not_there_is_not_cited(client: FlaskClient, path: str) -> None:
    assert client.get(f"/cite/{path}").status_code == 404
    assert client.get(f"/cite/{path}.bib").status_code == 404


def test_references_are_in_the_readers_language(client: FlaskClient) -> None:
    answer = client.get("/cite/page/ruritania.csl", headers={"Accept-Language": "ja"})
    assert answer.json
    assert answer.json[0]["title"] == "ルリタニア"
    assert "Accept-Language" in answer.headers["Vary"]


@pytest.mark.parametrize(
    "path",
    [
        "/page/ruritania",
        f"/statement/{KEY}",
        "/source/gazette-1894",
        "/source/gazette-1894/p1s1",
        "/sparql?query=ASK%20%7B%7D",
    ],
)
def test_each_page_that_is_cited_says_how(browser: FlaskClient, path: str) -> None:
    page = browser.get(path).text
    assert 'id="citation"' in page
    assert 'data-copies="citation"' in page
    assert f'href="/cite{path}"' in page


def test_each_statement_of_a_page_leads_to_its_own(browser: FlaskClient) -> None:
    for path in ("/page/strelsau-meeting", "/source/gazette-1894/p1s1", "/page/ruritania/to/host"):
        assert f'href="/statement/{KEY}"' in browser.get(path).text
    claim = browser.get("/page/dam-claim").text.partition('id="claimed"')[2]
    content = re.search('href="(/statement/[0-9a-f]{16})"', claim)
    assert content
    assert "Not a fact of this graph" in browser.get(content[1]).text


def test_the_statements_of_all_pages_have_pages(corpus: Store) -> None:
    site = create_app({"TESTING": True}, corpus).test_client()
    site.environ_base["HTTP_ACCEPT"] = "text/html"
    things = index(corpus).iris_starting_with(THING)
    paths = [f"/page/{iri.removeprefix(THING)}" for iri in things if "#" not in iri]
    keys = {
        key
        for path in paths
        for key in re.findall('href="/statement/([0-9a-f]{16})"', site.get(path).text)
    }
    assert len(keys) > 300
    assert [key for key in keys if index(corpus).keyed_statement(key) is None] == []


def test_an_inferred_statement_of_a_page_leads_to_its_derivation(corpus: Store) -> None:
    site = create_app({"TESTING": True}, corpus).test_client()
    site.environ_base["HTTP_ACCEPT"] = "text/html"
    inferred = site.get("/page/norland").text.partition('class="inferred"')[2]
    links = re.findall('href="(/statement/[0-9a-f]{16})"', inferred)
    assert links
    pages = [site.get(link).text for link in links]
    assert all('id="derivation"' in page for page in pages)


def test_footnotes_open_the_sentence_in_its_original(tiny: list[Quad]) -> None:
    original = NamedNode("https://gazette.example/1894")
    at = Quad(NamedNode(SOURCE + "gazette-1894"), node("dcterms:source"), original, SOURCES)
    site = create_app({"TESTING": True}, Store.of(with_default_graph([*tiny, at]))).test_client()
    site.environ_base["HTTP_ACCEPT"] = "text/html"
    for path in ("/page/strelsau-meeting", f"/statement/{KEY}", "/page/ruritania/to/host"):
        page = site.get(path).text
        links = re.findall(r'<li id="note-\d+">.*?<a class="by" href="([^"]+)"', page)
        assert "https://gazette.example/1894#:~:text=The%20two,at%20Strelsau." in links
