"""From every panel of every kind of page to the question behind it, what it answers, and back."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree.ElementTree import Element

import html5lib
import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode

from kg.index.statement_keys import statement_key
from kg.model.prefixes import BASE, SOURCE, THING, node
from kg.sparql.named_queries import page_query, unbounded_query
from kg.store.store import Store
from web import create_app
from web.query.page_links import page_query_title, pages_of_query


def statement_page(subject: str, property_: str, value: str) -> str:
    ends = (NamedNode(THING + slug) for slug in (subject, value))
    return f"/statement/{statement_key(next(ends), node(property_), next(ends))}"


PAGES = {
    "state": "/page/norland",
    "person": "/page/erika-linde",
    "organisation": "/page/five-powers",
    "group": "/page/western-bloc",
    "position": "/page/prime-minister-of-norland",
    "place": "/page/vellin",
    "territory": "/page/amber-islands",
    "dispute": "/page/amber-islands-dispute",
    "event": "/page/belport-attack",
    "event that sources differ on": "/page/ferry-talks-2018",
    "prospect": "/page/celebration-2018",
    "measure": "/page/expulsions-2018",
    "abstention": "/page/norland-no-expulsion",
    "instrument": "/page/statement-on-belport",
    "policy": "/page/new-approach",
    "aim": "/page/demand-for-islands",
    "stance": "/page/norland-declines-claim",
    "claim": "/page/isles-hold-vostria-responsible",
    "document": "/page/norhavn-post-op-ed",
    "list of a property": "/page/norland/to/actor",
    "class": "/class/State",
    "source": "/source/norland-vostria-2018",
    "sentence": "/source/norland-vostria-2018/p8s4",
    "sentence with claims": "/source/norland-vostria-2018/p3s2",
    "sources": "/sources",
    "statement": statement_page("statement-on-belport", "dip:signatory", "norland"),
    "inferred statement": statement_page("protest-of-1999", "dip:agent", "norland"),
    "statement of a claim": statement_page("belport-attack", "dip:responsibleParty", "vostria"),
}
# The page that the query of a page leads back to, where it is another one.
HOMES = {
    "list of a property": "/page/norland",
    "statement": "/page/statement-on-belport",
    "inferred statement": "/page/protest-of-1999",
    "statement of a claim": "/page/belport-attack",
}
LINK = "See the query"
# Parts that show no answer: notes, the way to the original, a form, what a list narrows by.
# On the page of a statement: what is said of the graphs that its query finds.
APART = {"sources", "find-it", "open-copy", "narrow", "kinds", "claims-it", "values", "derivation"}
FACTS = {"outgoing", "incoming", "neighbourhood", "derived", "content", "supported"}


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return create_app({"TESTING": True}, corpus).test_client()


def read(site: FlaskClient, path: str) -> Element:
    answer = site.get(path, follow_redirects=True, headers={"Accept": "text/html"})
    assert answer.status_code == 200, path
    parsed: Element = html5lib.parse(answer.text, namespaceHTMLElements=False)
    return parsed


def parts(page: Element) -> Iterator[Element]:
    """Yield the sections of a page that show something of the graph."""
    for part in page.iter():
        named = part.get("aria-labelledby", "")
        derived = part.tag == "details" and part.get("class") == "inferred"
        if derived or (part.tag == "section" and named not in APART):
            yield part


def question(part: Element) -> str:
    """Return where the question behind a part is."""
    found = [a.get("href", "") for a in part.iter("a") if a.text == LINK]
    assert len(found) == 1, (part.get("aria-labelledby"), found)
    return found[0]


def things(part: Element) -> set[str]:
    """Return the things and sentences that a part links to, apart from notes.

    What a panel tells of its things besides, it takes from what introduces them everywhere.
    """
    told = [
        span for row in part.iter("p") if row.get("class") == "what" for span in row.iter("span")
    ]
    aside = {a for note in part.iter() if is_aside(note) for a in note.iter("a")}
    aside |= {a for span in told for a in span.iter("a")}
    paths = [urlsplit(a.get("href", "")) for a in part.iter("a") if a not in aside]
    local = [unquote(p.path) for p in paths if not p.netloc and not p.query]
    pages = {THING + path.removeprefix("/page/") for path in local if path.startswith("/page/")}
    return {iri for iri in pages if "/" not in iri.removeprefix(THING)} | {
        BASE + path[1:] for path in local if path.startswith("/source/")
    }


def is_aside(element: Element) -> bool:
    return bool(
        {"notes", "behind", "warning", "names", "aside", "differing"}
        & set(element.get("class", "").split())
    )


def asked(site: FlaskClient, path: str) -> tuple[str, list[dict[str, Any]]]:
    """Follow the way to a question; return it and its answer."""
    if not path.startswith("/sparql?"):
        moved = site.get(path)
        assert moved.status_code == 303, path
        path = moved.headers["Location"]
    query = parse_qs(urlsplit(path).query)["query"][0]
    answer = site.get("/sparql", query_string={"query": query, "format": "json"})
    assert answer.status_code == 200, query
    return query, answer.get_json()["results"]["bindings"]


def named(rows: list[dict[str, Any]], *columns: str) -> set[str]:
    terms = [row[c] for row in rows for c in columns or row if c in row]
    return {term["value"] for term in terms if term["type"] == "uri"}


@pytest.mark.parametrize("kind", PAGES)
def test_every_panel_shows_what_the_question_behind_it_answers(
    site: FlaskClient, kind: str
) -> None:
    page = read(site, PAGES[kind])
    whole = [part for part in parts(page) if part.get("class") != "paragraph"]
    for part in whole or [page.find(".//main")]:
        assert part is not None
        path = question(part)
        query, rows = asked(site, path)
        shown = things(part)
        known = named(rows)
        assert rows, (kind, path)
        assert {iri for iri in shown if iri.startswith(THING)} <= known, (kind, path)
        if "?item" in query:
            items = {iri for iri in named(rows, "item") if iri.startswith(THING)}
            more = part.findall(".//a[@class='more']")
            assert shown < items if more else shown == items, (kind, path)


@pytest.mark.parametrize("kind", PAGES)
def test_there_is_a_way_back_from_the_question(site: FlaskClient, kind: str) -> None:
    page = read(site, PAGES[kind])
    home = HOMES.get(kind, PAGES[kind])
    for link in page.iter("a"):
        if link.text != LINK:
            continue
        desk = read(site, link.get("href", ""))
        back = [a.get("href") for a in desk.findall(".//p[@class='back']//a")]
        assert home in back
        heading = desk.find(".//h1")
        assert heading is not None
        assert (heading.text or "").strip().endswith("?")


def test_a_question_behind_no_page_leads_back_nowhere(corpus: Store) -> None:
    for query in ("", "ASK {}", "SELECT * { ?s ?p ?o } VALUES ?s { <http://example.org/a> }"):
        assert pages_of_query(corpus, query) == []
        assert page_query_title(query) == ""


def test_a_question_may_be_changed_and_still_leads_back(corpus: Store) -> None:
    query = unbounded_query("events") + f"VALUES ?thing {{ <{THING}norland> }}\n"
    changed = query.replace("dip:Event", "dip:Meeting")
    assert [page.path for page in pages_of_query(corpus, changed)] == ["/page/norland"]
    assert page_query_title(query).startswith("In which events")
    assert page_query_title(changed) == ""


@pytest.mark.parametrize(
    "path",
    [
        "/timeline",
        "/map",
        "/timeline?kind=Meeting&actor=norland",
        "/map?actor=norland&year=2018",
        "/class/Event?actor=norland&until=2018-04-30",
        "/timeline?from=2018-04-01",
    ],
)
def test_a_view_and_its_question_lead_to_each_other(site: FlaskClient, path: str) -> None:
    link = next(a for a in read(site, path).iter("a") if a.text == LINK)
    desk = read(site, link.get("href", ""))
    assert [a.get("href") for a in desk.findall(".//p[@class='back']//a")] == [path]
    heading = desk.find(".//h1")
    assert heading is not None
    assert (heading.text or "").endswith("?")


def test_the_network_and_the_page_ask_the_same(corpus: Store) -> None:
    asked = page_query("neighbourhood") + f"VALUES ?thing {{ <{THING}norland> <{THING}vostria> }}\n"
    paths = [page.path for page in pages_of_query(corpus, asked)]
    assert paths == ["/page/norland", "/page/vostria", "/network?focus=norland&focus=vostria"]


def test_sentences_lead_back_by_their_place(corpus: Store) -> None:
    asked = (
        page_query("supported") + f"VALUES ?sentence {{ <{SOURCE}norland-vostria-2018/p8s4> }}\n"
    )
    assert pages_of_query(corpus, asked)[0].path == "/source/norland-vostria-2018/p8s4"
