"""Feeds as RFC 4287 and RFC 5005 would have them, read by a parser of XML that knows neither."""

import re
from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.build.publish import dataset
from kg.prefixes import BASE, GRAPH, SOURCE, TERM, THING, node
from kg.store import Store
from web import create_app
from web.atom import PAGE

ATOM = "{http://www.w3.org/2005/Atom}"
HOST = "http://localhost"
FEEDS = ["/feeds/sources.atom", "/feeds/page/japan.atom", "/feeds/page/skripal-attack.atom"]
# RFC 4287, 4.1.1 and 4.1.2: how often an element may stand in a feed, and in an entry.
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {"generator", "icon", "logo", "rights", "subtitle", "summary", "published"}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ABSOLUTE = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
LINE = NamedNode(SOURCE + "gazette-1894/p1s1")


@pytest.fixture(scope="module")
def site(built: Store) -> FlaskClient:
    return client_of(built)


def client_of(store: Store) -> FlaskClient:
    return create_app({"TESTING": True}, store).test_client()


def feed(site: FlaskClient, path: str) -> ET.Element:
    answer = site.get(path)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    return ET.fromstring(answer.data)  # noqa: S314 - it is ours


def entries(found: ET.Element) -> list[ET.Element]:
    return found.findall(f"{ATOM}entry")


def ids(found: ET.Element) -> list[str]:
    return [entry.findtext(f"{ATOM}id", "") for entry in entries(found)]


def links(part: ET.Element) -> dict[str, str]:
    return {one.get("rel", ""): one.get("href", "") for one in part.findall(f"{ATOM}link")}


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_has_what_atom_demands_and_no_more(site: FlaskClient, path: str) -> None:
    found = feed(site, path)
    assert found.tag == f"{ATOM}feed"
    assert entries(found)
    for part in [found, *entries(found)]:
        names = [child.tag.removeprefix(ATOM) for child in part]
        assert {name for name in names if names.count(name) == 1} >= ONCE
        assert all(names.count(name) <= 1 for name in AT_MOST_ONCE)
        assert part.findtext(f"{ATOM}title")
        assert RFC_3339.fullmatch(part.findtext(f"{ATOM}updated", ""))
        assert ABSOLUTE.fullmatch(part.findtext(f"{ATOM}id", ""))
        relations = [one.get("rel") for one in part.findall(f"{ATOM}link")]
        assert len(relations) == len(set(relations))
        assert all(ABSOLUTE.fullmatch(address) for address in links(part).values())
        assert "alternate" in relations
    assert found.findtext(f"{ATOM}author/{ATOM}name") == "Aide-Mémoire"
    assert len(ids(found)) == len(set(ids(found)))


@pytest.mark.parametrize("path", FEEDS)
def test_a_feed_says_where_it_is_and_of_which_build_it_was_made(
    site: FlaskClient, path: str
) -> None:
    found = feed(site, path)
    assert found.findtext(f"{ATOM}id") == BASE + path.removeprefix("/")
    assert links(found)["self"] == links(found)["first"] == links(found)["last"] == HOST + path
    assert found.findtext(f"{ATOM}subtitle") == "made from build test"
    assert found.find(f"{ATOM}generator").get("version") == "test"  # type: ignore[union-attr]


@pytest.mark.parametrize("path", FEEDS)
def test_every_page_that_a_feed_leads_to_is_there(site: FlaskClient, path: str) -> None:
    found = feed(site, path)
    addresses = {a for part in [found, *entries(found)] for a in links(part).values()}
    for address in addresses:
        if address.startswith(HOST):
            assert site.get(address.removeprefix(HOST)).status_code == 200


def test_a_source_has_its_names_and_date(site: FlaskClient) -> None:
    [entry] = entries(feed(site, "/feeds/sources.atom"))
    assert entry.findtext(f"{ATOM}id") == SOURCE + "japan-russia-2018"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "James D. J. Brown"
    assert entry.findtext(f"{ATOM}summary") == "The Diplomat, 2018"
    assert entry.findtext(f"{ATOM}updated") == "2018-01-01T00:00:00Z"
    assert links(entry)["alternate"] == f"{HOST}/source/japan-russia-2018"


def test_a_statement_is_in_words_with_its_sentence_and_property(site: FlaskClient) -> None:
    found = entries(feed(site, "/feeds/page/skripal-attack.atom"))
    titles = {entry.findtext(f"{ATOM}title"): entry for entry in found}
    weapon = titles["attack on the Skripals – weapon – nerve agent"]
    sentence = SOURCE + "japan-russia-2018/p8s2"
    assert re.fullmatch(re.escape(sentence) + "#[0-9a-f]{16}", weapon.findtext(f"{ATOM}id", ""))
    assert links(weapon) == {
        "alternate": f"{HOST}/source/japan-russia-2018/p8s2",
        "related": f"{HOST}/page/skripal-attack",
    }
    category = weapon.find(f"{ATOM}category")
    assert category is not None
    assert category.attrib == {"term": TERM + "weapon", "label": "weapon"}


def test_what_is_planned_says_so(browser: FlaskClient) -> None:
    found = entries(feed(browser, "/feeds/page/zenda-meeting.atom"))
    titles = [entry.findtext(f"{ATOM}title", "") for entry in found]
    assert titles
    assert all(title.startswith("meeting at Zenda (planned) – ") for title in titles)


def test_a_statement_is_the_same_entry_in_the_feeds_of_both_its_ends(client: FlaskClient) -> None:
    one, other = (feed(client, f"/feeds/page/{s}.atom") for s in ("ruritania", "sylvania"))
    assert set(ids(one)) & set(ids(other))


def test_feeds_of_equal_graphs_are_equal(tiny: list[Quad]) -> None:
    paths = ["/feeds/sources.atom", "/feeds/page/ruritania.atom", "/calendar.ics"]
    one, other = (client_of(Store.of(quads)) for quads in (tiny, tiny[::-1]))
    assert [one.get(path).data for path in paths] == [other.get(path).data for path in paths]


@pytest.fixture(scope="module")
def long(tiny: list[Quad]) -> FlaskClient:
    """Return the small graph with more guests of one meeting than a page of a feed holds."""
    meeting = NamedNode(THING + "abbey-meeting")
    guests = [
        Quad(meeting, NamedNode(TERM + "participant"), NamedNode(f"{THING}guest-{n}"), LINE)
        for n in range(2 * PAGE)
    ]
    return client_of(Store.of(dataset([*tiny, *guests])))


def test_a_long_feed_is_read_page_by_page(long: FlaskClient) -> None:
    start = path = "/feeds/page/abbey-meeting.atom"
    met, pages = [], []
    while path:
        found = feed(long, path)
        pages.append(links(found))
        met.append(ids(found))
        assert found.findtext(f"{ATOM}id") == BASE + start.removeprefix("/")
        path = pages[-1].get("next", "").removeprefix(HOST)
    assert [len(page) for page in met] == [200, 200, 1]
    assert len({iri for page in met for iri in page}) == 401
    assert [page.get("previous", "").removeprefix(HOST) for page in pages] == [
        "",
        start,
        f"{start}?page=2",
    ]
    assert {page["last"] for page in pages} == {f"{HOST}{start}?page=3"}


@pytest.mark.parametrize("number", ["0", "-1", "x", "9999999"])
def test_what_is_no_page_is_told_so(long: FlaskClient, number: str) -> None:
    answer = long.get(f"/feeds/page/abbey-meeting.atom?page={number}")
    assert answer.status_code == 400
    assert f"“{number}” is no page" in answer.text


def test_beyond_the_last_page_is_a_way_back(long: FlaskClient) -> None:
    path = "/feeds/page/abbey-meeting.atom"
    found = feed(long, f"{path}?page=70")
    assert ids(found) == []
    assert links(found)["previous"] == f"{HOST}{path}?page=3"
    assert "next" not in links(found)


def dated_source(tiny: list[Quad], **days: str) -> ET.Element:
    """Return the feed of what two documents say, of which the second has dates on record."""
    document, records = NamedNode(SOURCE + "courier"), NamedNode(GRAPH + "sources")
    quads = [
        Quad(document, node("rdf:type"), NamedNode(TERM + "Source"), records),
        Quad(document, node("dcterms:title"), Literal("Courier\x01 & <Post>"), records),
        *(Quad(document, node(f"dcterms:{n}"), Literal(d), records) for n, d in days.items()),
    ]
    return feed(client_of(Store.of(dataset([*tiny, *quads]))), "/feeds/sources.atom")


@pytest.mark.parametrize(
    ("days", "updated"),
    [
        ({"issued": "1895"}, "1895-01-01T00:00:00Z"),
        ({"issued": "1895-03"}, "1895-03-01T00:00:00Z"),
        ({"issued": "1895-03-07+01:00"}, "1895-03-07T00:00:00Z"),
        ({"issued": "1895-03-07", "modified": "1896-02-01"}, "1896-02-01T00:00:00Z"),
        ({"modified": "1896"}, "1896-01-01T00:00:00Z"),
    ],
)
def test_what_is_said_is_as_new_as_the_last_date_on_record(
    tiny: list[Quad], days: dict[str, str], updated: str
) -> None:
    found = dated_source(tiny, **days)
    assert ids(found) == [SOURCE + "courier", SOURCE + "gazette-1894"]
    moments = [entry.findtext(f"{ATOM}updated") for entry in entries(found)]
    assert moments == [updated, "1894-01-01T00:00:00Z"]
    assert found.findtext(f"{ATOM}updated") == updated


@pytest.mark.parametrize("days", [{}, {"issued": "of late"}, {"issued": "-0044"}])
def test_what_has_no_date_comes_from_where_clocks_begin(
    tiny: list[Quad], days: dict[str, str]
) -> None:
    moments = {
        entry.findtext(f"{ATOM}id"): entry.findtext(f"{ATOM}updated")
        for entry in entries(dated_source(tiny, **days))
    }
    assert moments[SOURCE + "courier"] == "1970-01-01T00:00:00Z"


def test_what_xml_cannot_write_is_marked(tiny: list[Quad]) -> None:
    titles = [e.findtext(f"{ATOM}title") for e in entries(dated_source(tiny, issued="1895"))]
    assert titles[0] == "Courier\ufffd & <Post>"


def test_a_thing_of_which_no_sentence_speaks_has_an_empty_feed(client: FlaskClient) -> None:
    assert ids(feed(client, "/feeds/page/river-flood.atom")) == []


@pytest.mark.parametrize("path", ["/feeds/page/japn.atom", "/calendar/japn.ics"])
def test_what_is_unknown_offers_near_names(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "japan" in answer.text


@pytest.mark.parametrize("path", [*FEEDS, "/calendar.ics", "/calendar/japan.ics"])
def test_who_has_it_is_not_sent_it_again(site: FlaskClient, path: str) -> None:
    tag = site.get(path).headers["ETag"]
    answer = site.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("path", [*FEEDS, "/calendar.ics", "/calendar/japan.ics"])
def test_its_head_is_that_of_the_whole(site: FlaskClient, path: str) -> None:
    head, whole = site.head(path), site.get(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", [*FEEDS, "/calendar.ics", "/calendar/japan.ics"])
def test_everyone_is_sent_the_same(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept-Language": "ja", "Cookie": "language=ru"})
    assert answer.data == site.get(path).data
    assert answer.headers["ETag"] == site.get(path).headers["ETag"]


def test_moments_are_days_that_there_are(site: FlaskClient) -> None:
    for entry in entries(feed(site, "/feeds/page/japan.atom")):
        moment = datetime.fromisoformat(entry.findtext(f"{ATOM}updated", ""))
        assert moment.date() == date(2018, 1, 1)
