"""Feeds as RFC 4287 and RFC 5005 would have them."""

import re

import pytest
from flask.testing import FlaskClient
from pyoxigraph import NamedNode, Quad

from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import BASE, SOURCE, TERM, THING
from kg.store.store import Store
from tests.web.protocol.atom import ATOM, client_of, entries, feed, ids, links
from web.protocol.atom import ENTRIES_PER_PAGE

HOST = "http://localhost"
FEEDS = ["/feeds/sources.atom", "/feeds/page/norland.atom", "/feeds/page/belport-attack.atom"]
# RFC 4287, 4.1.1 and 4.1.2: how often an element may stand in a feed, and in an entry.
ONCE = {"id", "title", "updated"}
AT_MOST_ONCE = {"generator", "icon", "logo", "rights", "subtitle", "summary", "published"}
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
ABSOLUTE = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
LINE = NamedNode(SOURCE + "gazette-1894/p1s1")


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return client_of(corpus)


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
    listed = {e.findtext(f"{ATOM}id"): e for e in entries(feed(site, "/feeds/sources.atom"))}
    assert len(listed) == 3
    entry = listed[SOURCE + "norland-vostria-2018"]
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "Mara Holt"
    assert entry.findtext(f"{ATOM}summary") == "The Envoy, 2018-05-02"
    assert entry.findtext(f"{ATOM}updated") == "2018-05-02T00:00:00Z"
    assert links(entry)["alternate"] == f"{HOST}/source/norland-vostria-2018"


def test_a_statement_is_in_words_with_its_sentence_and_property(site: FlaskClient) -> None:
    found = entries(feed(site, "/feeds/page/belport-attack.atom"))
    titles = {entry.findtext(f"{ATOM}title"): entry for entry in found}
    weapon = titles["attack on the Drasins – weapon – nerve agent"]
    sentence = SOURCE + "norland-vostria-2018/p6s1"
    assert re.fullmatch(re.escape(sentence) + "#[0-9a-f]{16}", weapon.findtext(f"{ATOM}id", ""))
    assert links(weapon) == {
        "alternate": f"{HOST}/source/norland-vostria-2018/p6s1",
        "related": f"{HOST}/page/belport-attack",
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


@pytest.fixture(scope="module")
def long(tiny: list[Quad]) -> FlaskClient:
    """Return the small graph with more guests of one meeting than a page of a feed holds."""
    meeting = NamedNode(THING + "abbey-meeting")
    guests = [
        Quad(meeting, NamedNode(TERM + "participant"), NamedNode(f"{THING}guest-{n}"), LINE)
        for n in range(2 * ENTRIES_PER_PAGE)
    ]
    return client_of(Store.of(with_default_graph([*tiny, *guests])))


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
    assert f"“{number}” is not a valid page" in answer.text


def test_beyond_the_last_page_is_a_way_back(long: FlaskClient) -> None:
    path = "/feeds/page/abbey-meeting.atom"
    found = feed(long, f"{path}?page=70")
    assert ids(found) == []
    assert links(found)["previous"] == f"{HOST}{path}?page=3"
    assert "next" not in links(found)


def test_a_thing_of_which_no_sentence_speaks_has_an_empty_feed(client: FlaskClient) -> None:
    assert ids(feed(client, "/feeds/page/river-flood.atom")) == []
