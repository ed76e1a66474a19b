"""Typed links in headers, read by a Signposting client."""

from collections.abc import Iterator
from threading import Thread

import pytest
from flask.testing import FlaskClient
from signposting import LinkRel, find_signposting_http_link, find_signposting_linkset
from werkzeug.serving import make_server

from kg.store.store import Store
from web import create_app

BASE = "https://w3id.org/aide-memoire/"
HOST = "http://localhost"
BROWSER = {"Accept": "text/html"}


@pytest.mark.parametrize(
    ("path", "canonical"),
    [
        ("/page/ruritania", f"{BASE}id/ruritania"),
        ("/source/gazette-1894", f"{BASE}source/gazette-1894"),
        ("/data", f"{BASE}void#dataset"),
    ],
)
def test_pages_say_how_they_are_cited_and_described(
    site: FlaskClient, path: str, canonical: str
) -> None:
    answer = site.get(path, headers=BROWSER)
    posts = find_signposting_http_link(answer.headers.getlist("Link"), HOST + path)
    assert posts.citeAs
    assert posts.citeAs.target == canonical
    assert posts.license
    assert posts.license.target == "https://creativecommons.org/licenses/by/4.0/"
    assert posts.authors
    described = [post for post in posts if post.rel == LinkRel.describedby]
    assert len(described) == 4
    for post in described:
        target = site.get(post.target.removeprefix(HOST))
        assert (target.status_code, target.mimetype) == (200, post.type)


def test_the_dumps_are_items_of_the_data(site: FlaskClient) -> None:
    answer = site.get("/data", headers=BROWSER)
    posts = find_signposting_http_link(answer.headers.getlist("Link"), f"{HOST}/data")
    assert len(posts.items) == 12
    for post in posts.items:
        target = site.head(post.target.removeprefix(HOST))
        assert (target.status_code, target.mimetype) == (200, post.type)


def test_an_error_has_no_signposts(site: FlaskClient) -> None:
    assert "cite-as" not in str(site.get("/page/nobody", headers=BROWSER).headers)


@pytest.fixture(scope="module")
def address(published: Store) -> Iterator[str]:
    """Serve the site, as the client asks for linksets by itself."""
    server = make_server("127.0.0.1", 0, create_app({"TESTING": True}, store=published))
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.mark.parametrize(
    "path", ["/page/ruritania", "/ja/page/ruritania", "/source/gazette-1894", "/data"]
)
def test_a_linkset_has_the_signposts_of_its_page(
    site: FlaskClient, address: str, path: str
) -> None:
    answer = site.get(path, headers=BROWSER, base_url=address)
    posts = find_signposting_http_link(answer.headers.getlist("Link"), address + path)
    assert posts.linksets
    (linkset,) = posts.linksets
    assert linkset.type == "application/linkset+json"
    found = find_signposting_linkset(linkset.target).for_context(address + path)
    assert {(post.rel, post.target, post.type) for post in found} == {
        (post.rel, post.target, post.type) for post in posts if post.rel != LinkRel.linkset
    }
    assert found.citeAs
