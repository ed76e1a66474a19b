from pathlib import Path

import pytest
from flask.testing import FlaskClient
from pyoxigraph import Quad

from kg.endpoint.request import QueryRequest, QueryResult
from kg.model.errors import BudgetSpent, KGError, Overloaded, WorkerFailed, WorkerLost
from kg.store.store import Store
from web import create_app
from web.errors import ERROR_KINDS, ErrorKind


def test_a_browser_gets_a_page(browser: FlaskClient) -> None:
    answer = browser.get("/nowhere")
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert 'href="/"' in answer.text


def test_a_program_gets_problem_json(client: FlaskClient) -> None:
    json = client.get("/page/nobody", headers={"Accept": "application/json"})
    assert (json.status_code, json.mimetype) == (404, "application/problem+json")
    assert json.get_json()["status"] == 404
    assert client.get("/page/nobody").mimetype == "application/problem+json"


def test_without_a_build_the_site_says_what_to_do(tmp_path: Path) -> None:
    client = create_app({"BUILDS": str(tmp_path / "none")}).test_client()
    answer = client.get("/")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "10"
    assert "kg build" in answer.text
    assert str(tmp_path) not in answer.text
    assert client.get("/healthz").status_code == 503


def test_errors_say_what_to_do(client: FlaskClient) -> None:
    assert "nothing at this address" in client.get("/nowhere").text
    assert "use GET, HEAD, OPTIONS" in client.post("/").text


def test_text_is_for_who_asks(client: FlaskClient) -> None:
    for accept in ("text/plain", "text/csv"):
        answer = client.get("/page/nobody", headers={"Accept": accept})
        assert answer.mimetype == "text/plain"
        assert answer.text.startswith("Not Found: there is no thing called nobody")


def test_a_problem_says_what_where_and_which_type(client: FlaskClient) -> None:
    query = "SELECT *\nWHERE { ?s ?p }"
    found = client.get("/sparql", query_string={"query": query})
    assert found.mimetype == "application/problem+json"
    problem = found.get_json()
    assert problem["type"] == "https://w3id.org/aide-memoire/problem/query"
    assert (problem["title"], problem["status"]) == ("Bad Request", 400)
    assert (problem["line"], problem["column"]) == (2, 16)
    assert problem["excerpt"] == "WHERE { ?s ?p }"
    assert client.get("/problem/query").text.startswith("query (400): ")


def test_a_problem_names_what_comes_near(client: FlaskClient) -> None:
    problem = client.get("/page/ruritanie").get_json()
    assert problem["suggestions"] == ["ruritania"]


@pytest.mark.parametrize(
    ("asked", "address", "text"),
    [
        ("/page/NORLAND", "/page/norland", "Norland"),
        ("/id/norlnd", "/page/norland", "Norland"),
        ("/page/norland/", "/page/norland", "Norland"),
        ("/data/norlnd.ttl", "/data/norland.ttl", "Norland"),
        ("/feeds/page/norlnd.atom", "/feeds/page/norland.atom", "Norland"),
        ("/calendar/norlnd.ics", "/calendar/norland.ics", "Norland"),
        (
            "/network?focus=norlnd&relation=actor",
            "/network?focus=norland&amp;relation=actor",
            "Norland",
        ),
        ("/page/norlnd/of/memberOf", "/page/norland/of/memberOf", "Norland"),
        ("/page/norland/to/acter", "/page/norland/to/actor", "actor"),
        ("/class/state", "/class/State", "state"),
        ("/source/norland-vostria-2017", "/source/norland-vostria-2018", "norland-vostria-2018"),
        ("/source/norland-vostria-2018/p99s1", "/source/norland-vostria-2018/p10s5", "p10s5"),
        ("/graph/entites", "/graph/entities", "entities"),
        ("/norland", "/page/norland", "Norland"),
    ],
)
def test_a_near_name_is_a_link_to_what_was_meant(
    corpus: Store, asked: str, address: str, text: str
) -> None:
    client = create_app({"TESTING": True}, corpus).test_client()
    answer = client.get(asked, headers={"Accept": "text/html"})
    assert answer.status_code == 404
    assert f'<a href="{address}">{text}</a>' in answer.text
    assert "did you mean" not in answer.text


def test_a_near_name_is_offered_in_the_language_of_the_address(corpus: Store) -> None:
    client = create_app({"TESTING": True}, corpus).test_client()
    page = client.get("/ja/page/norlnd", headers={"Accept": "text/html"}).text
    assert '<html lang="ja"' in page
    assert '<a href="/ja/page/norland">ノルランド</a>' in page


@pytest.mark.parametrize("kind", ERROR_KINDS, ids=lambda kind: kind.name)
def test_every_type_of_problem_is_explained(client: FlaskClient, kind: ErrorKind) -> None:
    assert str(kind.status) in client.get(f"/problem/{kind.name}").text


def test_a_limit_is_told_in_numbers(tiny: list[Quad]) -> None:
    app = create_app({"TESTING": True, "RESULT_BYTES": 100}, store=Store.of(tiny))
    answer = app.test_client().get("/sparql", query_string={"query": "SELECT * { ?s ?p ?o }"})
    assert answer.status_code == 422
    problem = answer.get_json()
    assert (problem["limit"], problem["unit"]) == (100, "bytes")
    assert problem["type"].endswith("/problem/size-limit")


class Busy:
    """Answers nobody."""

    def __init__(self, error: KGError) -> None:
        self.error = error

    def run(self, question: QueryRequest) -> QueryResult:  # noqa: ARG002
        raise self.error


@pytest.mark.parametrize(
    ("error", "status"),
    [(Overloaded(2.2), 503), (BudgetSpent(2.2), 429)],
)
def test_overload_says_when_to_come_again(tiny: list[Quad], error: KGError, status: int) -> None:
    app = create_app({"TESTING": True}, Store.of(tiny), Busy(error))
    answer = app.test_client().get("/sparql?query=ASK%7B%7D")
    assert (answer.status_code, answer.headers["Retry-After"]) == (status, "3")
    assert "try again in 3 s" in answer.get_json()["detail"]


def test_a_killed_worker_is_no_fault_of_the_query_which_may_be_sent_again(
    tiny: list[Quad],
) -> None:
    app = create_app({"TESTING": True}, Store.of(tiny), Busy(WorkerLost("signal 11")))
    answer = app.test_client().get("/sparql?query=ASK%7B%7D")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    problem = answer.get_json()
    assert problem["type"].endswith("/problem/lost")
    assert "signal 11" in problem["detail"]
    assert "try again in 5 s" in problem["detail"]


def test_a_fault_of_the_code_is_one_of_the_server(tiny: list[Quad]) -> None:
    app = create_app({"TESTING": True}, Store.of(tiny), Busy(WorkerFailed("TypeError: no")))
    answer = app.test_client().get("/sparql?query=ASK%7B%7D")
    assert (answer.status_code, answer.headers.get("Retry-After")) == (500, None)
    assert "TypeError: no" in answer.get_json()["detail"]
