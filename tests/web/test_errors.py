from pathlib import Path

from flask.testing import FlaskClient

from web import create_app


def test_a_browser_gets_a_page(browser: FlaskClient) -> None:
    answer = browser.get("/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert 'href="/"' in answer.text


def test_a_program_gets_problem_json_or_plain_text(client: FlaskClient) -> None:
    json = client.get("/page/nobody", headers={"Accept": "application/json"})
    assert (json.status_code, json.mimetype) == (404, "application/problem+json")
    assert json.get_json()["status"] == 404
    assert client.get("/page/nobody").mimetype == "text/plain"


def test_without_a_build_the_site_says_what_to_do(tmp_path: Path) -> None:
    client = create_app({"BUILDS": str(tmp_path / "none")}).test_client()
    answer = client.get("/")
    assert answer.status_code == 503
    assert "kg build" in answer.text
    assert client.get("/healthz").status_code == 503


def test_failures_are_told_in_our_own_words(client: FlaskClient) -> None:
    assert "nothing at this address" in client.get("/nowhere").text
    assert "answers GET, HEAD, OPTIONS" in client.post("/").text
