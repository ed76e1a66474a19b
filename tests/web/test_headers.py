import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    "path", ["/", "/page/ruritania", "/nowhere", "/sparql", "/data/sylvania.nt"]
)
def test_every_answer_forbids_other_hosts(browser: FlaskClient, path: str) -> None:
    headers = browser.get(path).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/", "/page/ruritania", "/ontology", "/data/sylvania.nt"])
def test_what_the_client_has_is_not_sent_again(browser: FlaskClient, path: str) -> None:
    tag = browser.get(path).headers["ETag"]
    again = browser.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")


def test_each_representation_has_its_own_version(client: FlaskClient) -> None:
    tags = {
        client.get("/ontology", headers={"Accept": accept}).headers["ETag"]
        for accept in ("text/html", "text/turtle", "application/n-triples")
    }
    assert len(tags) == 3


def test_assets_are_kept_for_a_year(client: FlaskClient) -> None:
    with client.get("/assets/style.css") as answer:
        assert answer.cache_control.max_age == 365 * 24 * 60 * 60
