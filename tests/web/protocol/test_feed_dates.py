"""The dates of feeds: as new as the last date on record."""

from datetime import date, datetime
from xml.etree import ElementTree as ET

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Literal, NamedNode, Quad

from kg.model.named_graphs import with_default_graph
from kg.model.prefixes import GRAPH, SOURCE, TERM, node
from kg.store.store import Store
from tests.web.protocol.atom import ATOM, client_of, entries, feed, ids


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return client_of(corpus)


def dated_source(tiny: list[Quad], **days: str) -> ET.Element:
    """Return the feed of what two documents say, of which the second has dates on record."""
    document, records = NamedNode(SOURCE + "courier"), NamedNode(GRAPH + "sources")
    quads = [
        Quad(document, node("rdf:type"), NamedNode(TERM + "Source"), records),
        Quad(document, node("dcterms:title"), Literal("Courier\x01 & <Post>"), records),
        *(Quad(document, node(f"dcterms:{n}"), Literal(d), records) for n, d in days.items()),
    ]
    return feed(client_of(Store.of(with_default_graph([*tiny, *quads]))), "/feeds/sources.atom")


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


def test_moments_are_days_that_there_are(site: FlaskClient) -> None:
    for entry in entries(feed(site, "/feeds/page/norland.atom")):
        moment = datetime.fromisoformat(entry.findtext(f"{ATOM}updated", ""))
        assert moment.date() in {date(2018, 4, 23), date(2018, 4, 25), date(2018, 5, 2)}
