"""Feeds and the sitemap are dated by the releases that changed something."""

import feedparser
import pytest
from flask.testing import FlaskClient

from kg.releases.history import releases
from kg.store.store import Store

FEEDS = ("/feeds/sources.atom", "/feeds/page/ruritania.atom", "/feeds/releases.atom")


@pytest.mark.parametrize("path", FEEDS)
def test_feed_readers_read_the_feed(site: FlaskClient, path: str) -> None:
    feed = feedparser.parse(site.get(path).data)
    assert not feed.bozo
    assert feed.entries
    times = [entry.updated_parsed for entry in feed.entries]
    assert times == sorted(times, reverse=True)
    assert feed.feed.updated_parsed == times[0]
    assert all(entry.published_parsed <= entry.updated_parsed for entry in feed.entries)


def test_a_source_is_dated_by_the_release_that_it_came_with(
    site: FlaskClient, published: Store
) -> None:
    newest, first = releases(published)
    feed = feedparser.parse(site.get("/feeds/sources.atom").data)
    days = {entry.id.rpartition("/")[2]: entry.published for entry in feed.entries}
    assert days["later-1999"] == newest.published
    assert days["gazette-1894"] == first.published


def test_a_statement_is_dated_by_the_release_that_it_came_with(
    site: FlaskClient, published: Store
) -> None:
    feed = feedparser.parse(site.get("/feeds/page/ruritania.atom").data)
    assert {entry.published for entry in feed.entries} == {releases(published)[1].published}


def test_releases_say_what_changed(site: FlaskClient, published: Store) -> None:
    newest, first = feedparser.parse(site.get("/feeds/releases.atom").data).entries
    assert releases(published)[0].number in newest.title
    assert "Atlantis" in newest.summary
    assert "statements about" in first.summary


def test_the_sitemap_has_the_day_of_the_release(site: FlaskClient, published: Store) -> None:
    sitemap = site.get("/sitemap/1.xml").text
    assert sitemap.count(f"<lastmod>{releases(published)[0].published}</lastmod>") > 10
