"""Typed links in headers, read by a Signposting client."""

import pytest
from flask.testing import FlaskClient
from signposting import LinkRel, find_signposting_http_link

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
