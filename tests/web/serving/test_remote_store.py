"""A page, a file and an answer of each kind are the same over Oxigraph's server as in memory."""

import json
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from kg.index.writer import index_name, write_index
from kg.model.source_texts import tree_texts
from kg.sparql.named_queries import named_query
from kg.store.remote.addresses import EngineSettings
from kg.store.remote.dialects import STANDARD
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import RemoteEngine
from kg.store.store import Store
from tests.browser.pages import PAGES
from tests.oxigraph_server import engine_with, oxigraph_server
from web import create_app

pytestmark = pytest.mark.server

KINDS = (
    *("measure", "stance", "claim", "all of a property", "all of a panel", "narrowed class"),
    *("search with a slip", "timeline of some days", "network", "two things together"),
    *("form with claims", "source", "sentence", "statement", "links", "home"),
)
PATHS = (
    *(PAGES[kind] for kind in KINDS),
    "/page/expulsions-2018?lang=ja",
    "/search?q=skripal&format=csv",
)
QUESTIONS = ("states-in-events", "disagreements", "stances-on-the-british-claim")


def client_of(store: Store) -> FlaskClient:
    return create_app({"TESTING": True, "SAVED": "0"}, store).test_client()


@pytest.fixture(scope="module")
def clients(
    built: Store, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[FlaskClient, FlaskClient]]:
    folder = tmp_path_factory.mktemp("build")
    with oxigraph_server() as url:
        stores = (
            Store.of(built.quads(), texts=built.texts),
            Store(built.number, engine_with(url, built.quads()), built.texts),
        )
        # As a build has it: made once, and read by both.
        write_index(built, folder / index_name())
        for store in stores:
            store.folder = folder
        here, there = map(client_of, stores)
        yield here, there


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_the_same(clients: tuple[FlaskClient, FlaskClient], path: str) -> None:
    here, there = (client.get(path) for client in clients)
    assert there.status_code == here.status_code
    assert there.data == here.data


def rows_with_evidence(answer: dict) -> list[str]:
    """Return rows with their evidence in an order of their own: a question need not order all."""
    rows = zip(answer["results"]["bindings"], answer["evidence"]["rows"], strict=True)
    return sorted(json.dumps(row, sort_keys=True) for row in rows)


@pytest.mark.parametrize("name", QUESTIONS)
def test_an_answer_has_the_same_rows_and_evidence(
    clients: tuple[FlaskClient, FlaskClient], name: str
) -> None:
    form = {"query": named_query(tree_texts(), name), "evidence": "true", "format": "json"}
    here, there = (rows_with_evidence(client.post("/sparql", data=form).json) for client in clients)
    assert there == here
    assert here


def test_an_empty_answer_is_explained_alike(clients: tuple[FlaskClient, FlaskClient]) -> None:
    query = "SELECT ?x { ?x <https://w3id.org/aide-memoire/ontology#actor> <x:nobody> }"
    form = {"query": query, "explain-empty": "true", "format": "json"}
    here, there = (client.post("/sparql", data=form) for client in clients)
    assert there.json == here.json
    assert b"nobody" in here.data


def test_an_engine_that_is_gone_is_a_503_in_the_clients_words(built: Store) -> None:
    settings = EngineSettings().at("http://127.0.0.1:9/sparql")
    gone = RemoteEngine(Endpoint(settings.addresses[0]), STANDARD)
    client = client_of(Store(built.number, gone, built.texts))
    page = client.get("/page/japan", headers={"Accept": "text/html"})
    assert page.status_code == 503
    answer = client.get("/sparql?query=ASK{}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]
    assert b"Traceback" not in page.data + answer.data
