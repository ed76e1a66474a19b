import pytest
from flask.testing import FlaskClient


@pytest.mark.parametrize(
    ("header", "name"),
    [("ja", "ルリタニア"), ("ru, en;q=0.5", "Руритания"), ("de", "Ruritania"), ("", "Ruritania")],
)
def test_names_are_in_the_language_that_the_browser_asks_for(
    browser: FlaskClient, header: str, name: str
) -> None:
    page = browser.get("/class/State", headers={"Accept-Language": header})
    assert f">{name}</a>" in page.text
    assert "Accept-Language" in page.headers["Vary"]


def test_the_switch_beats_the_browser(app: object) -> None:
    client = app.test_client()  # type: ignore[attr-defined]
    answer = client.get("/language/ja?back=/class/State?order=day")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/class/State?order=day")
    assert ">ルリタニア</a>" in client.get("/class/State", headers={"Accept-Language": "ru"}).text


@pytest.mark.parametrize("back", ["https://example.org/", "//example.org", "/\\example.org", ""])
def test_the_switch_leads_nowhere_else(browser: FlaskClient, back: str) -> None:
    answer = browser.get("/language/en", query_string={"back": back})
    assert answer.headers["Location"] == "/"


def test_each_language_has_its_own_version(browser: FlaskClient) -> None:
    tags = {
        browser.get("/page/ruritania", headers={"Accept-Language": tag}).headers["ETag"]
        for tag in ("en", "ja", "ru")
    }
    assert len(tags) == 3
