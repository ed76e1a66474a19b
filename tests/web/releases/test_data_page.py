"""The data page: files to download, releases, what they changed."""

import hashlib

import html5lib
from flask.testing import FlaskClient

from kg.releases.downloads import downloads
from kg.releases.history import releases
from kg.store.store import Store
from web import create_app

BROWSER = {"Accept": "text/html"}


def test_every_dump_is_linked_with_its_size(site: FlaskClient, published: Store) -> None:
    page = html5lib.parse(site.get("/data", headers=BROWSER).text, namespaceHTMLElements=False)
    links = {a.get("href"): "".join(a.itertext()) for a in page.iter("a")}
    for download in downloads(published):
        assert links[f"/dump/{download.file}"].endswith("B")
        assert site.head(f"/dump/{download.file}").status_code == 200
    for path in ("/dump/SHA256SUMS", "/catalogue?format=ttl", "/data?format=json"):
        assert path in links


def test_releases_are_listed_with_their_changes(site: FlaskClient, published: Store) -> None:
    newest, first = releases(published)
    page = site.get("/data", headers=BROWSER).text
    for release in (newest, first):
        assert release.number in page
        assert release.day in page
        assert release.sha256 in page
    assert page.index(newest.number) < page.rindex(first.number)
    assert ">Atlantis</a>" in page


def test_the_page_as_json(site: FlaskClient, published: Store) -> None:
    record = site.get("/data?format=json").get_json()
    assert record["build"] == published.number
    newest, first = record["releases"]
    assert first["changes"] is None
    assert newest["changes"]["things"]["added_names"] == [
        {"iri": "https://w3id.org/aide-memoire/id/atlantis", "label": "Atlantis"}
    ]
    assert newest["changes"]["sources"]["added"] == 1
    for file in record["files"]:
        body = site.get(file["url"].removeprefix("http://localhost")).data
        assert (hashlib.sha256(body).hexdigest(), len(body)) == (file["sha256"], file["bytes"])


def test_a_graph_that_was_never_published_has_a_page(store: Store) -> None:
    site = create_app({"TESTING": True}, store=store).test_client()
    assert store.number in site.get("/data", headers=BROWSER).text
    assert site.get("/data?format=json").get_json()["releases"][0]["published"] is None


def test_every_page_names_its_build_and_leads_here(site: FlaskClient, published: Store) -> None:
    newest = releases(published)[0]
    for path in ("/", "/timeline", "/page/ruritania", "/sources"):
        page = html5lib.parse(site.get(path, headers=BROWSER).text, namespaceHTMLElements=False)
        (footer,) = (each for each in page.iter("footer") if each.get("class") == "site")
        text = "".join(footer.itertext())
        assert newest.number in text
        assert newest.day in text
        assert "/data" in {a.get("href") for a in footer.iter("a")}
