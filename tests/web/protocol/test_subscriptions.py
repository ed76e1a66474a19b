"""What feeds and calendars have in common: the same for everyone, and sent once."""

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.store.store import Store
from tests.web.protocol.atom import client_of

FOLLOWED = [
    "/feeds/sources.atom",
    "/feeds/page/norland.atom",
    "/feeds/page/belport-attack.atom",
    "/calendar.ics",
    "/calendar/norland.ics",
]


@pytest.fixture(scope="module")
def site(corpus: Store) -> FlaskClient:
    return client_of(corpus)


def test_feeds_of_equal_graphs_are_equal(tiny: list[Quad]) -> None:
    paths = ["/feeds/sources.atom", "/feeds/page/ruritania.atom", "/calendar.ics"]
    one, other = (client_of(Store.of(quads)) for quads in (tiny, tiny[::-1]))
    assert [one.get(path).data for path in paths] == [other.get(path).data for path in paths]


@pytest.mark.parametrize("path", ["/feeds/page/norlnd.atom", "/calendar/norlnd.ics"])
def test_what_is_unknown_offers_near_names(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert "norland" in answer.text


@pytest.mark.parametrize("path", FOLLOWED)
def test_who_has_it_is_not_sent_it_again(site: FlaskClient, path: str) -> None:
    tag = site.get(path).headers["ETag"]
    answer = site.get(path, headers={"If-None-Match": tag})
    assert (answer.status_code, answer.data) == (304, b"")


@pytest.mark.parametrize("path", FOLLOWED)
def test_its_head_is_that_of_the_whole(site: FlaskClient, path: str) -> None:
    head, whole = site.head(path), site.get(path)
    assert (head.status_code, head.data) == (200, b"")
    for name in ("Content-Type", "Content-Length", "ETag"):
        assert head.headers[name] == whole.headers[name]


@pytest.mark.parametrize("path", FOLLOWED)
def test_everyone_is_sent_the_same(site: FlaskClient, path: str) -> None:
    answer = site.get(path, headers={"Accept-Language": "ja", "Cookie": "language=ru"})
    assert answer.data == site.get(path).data
    assert answer.headers["ETag"] == site.get(path).headers["ETag"]
