"""What a search engine or a messenger shows of a page that somebody shares."""

import re

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app

KINDS = {
    "/": "website",
    "/class/Event": "website",
    "/page/norland": "article",
    "/page/erika-linde": "profile",
    "/page/belport-attack": "article",
    "/source/norland-vostria-2018": "article",
    "/source/norland-vostria-2018/p8s4": "article",
}


@pytest.fixture(scope="module")
def real(corpus: Store) -> FlaskClient:
    client = create_app({"TESTING": True}, corpus).test_client()
    client.environ_base["HTTP_ACCEPT"] = "text/html"
    return client


@pytest.mark.parametrize("path", KINDS)
def test_a_shared_page_says_what_it_is(real: FlaskClient, path: str) -> None:
    page = real.get(path).text
    said = dict(re.findall(r'<meta (?:property|name)="([^"]+)" content="([^"]+)">', page))
    assert said["og:type"] == KINDS[path]
    assert said["og:title"]
    assert said["og:description"] in said["description"] or path.count("/") == 3
    assert len(said["og:description"]) > 20
    assert "og:image" not in said
    assert page.count('<link rel="canonical"') == (path not in {"/", "/class/Event"})
