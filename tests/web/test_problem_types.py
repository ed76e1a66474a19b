"""Each problem has a type with a page that says what it means, and none is about:blank."""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.model.prefixes import BASE
from tests.web.serving.test_headers import ANSWERS

FAILING = [answer for answer in ANSWERS if answer[2] >= 400]
# Beyond a bound, before any view; and a header that the application itself refuses.
LONG = ("GET", "/sparql?handle=" + "a" * 3000, 414)


@pytest.mark.parametrize(("method", "path", "status"), [*FAILING, LONG])
def test_a_problem_has_a_type_that_leads_to_its_meaning(
    client: FlaskClient, method: str, path: str, status: int
) -> None:
    headers = {"Accept": "application/json, */*;q=0.1"}
    with client.open(path, method=method, headers=headers) as answer:
        assert answer.status_code == status
        if answer.mimetype != "application/problem+json":
            # Reconciliation clients and feeds have forms of their own for what is wrong.
            return
        problem = answer.json or {}
    assert problem["status"] == status
    assert problem["type"].startswith(f"{BASE}problem/")
    meaning = client.get("/" + problem["type"].removeprefix(BASE))
    assert meaning.status_code == 200
    assert f"({status})" in meaning.get_data(as_text=True)


def test_no_page_is_sent_as_html_in_place_of_json(app: Flask) -> None:
    client = app.test_client()
    pages = {
        path.partition("?")[0]
        for method, path, status in ANSWERS
        if (method, status) == ("GET", 200) and not path.startswith("/assets")
    }
    for path in sorted(pages):
        with client.get(path, query_string={"format": "json"}) as answer:
            assert answer.status_code >= 400 or answer.mimetype != "text/html", path
