"""The site over an engine that does not answer; `tests/engines` has it over engines that do."""

import pytest

from kg.store.remote.addresses import EngineSettings
from kg.store.remote.dialects import STANDARD
from kg.store.remote.endpoint import Endpoint
from kg.store.remote.engine import RemoteEngine
from kg.store.store import Store
from web import create_app

pytestmark = pytest.mark.server


def test_an_engine_that_is_gone_is_a_503_in_the_clients_words() -> None:
    settings = EngineSettings().at("http://127.0.0.1:9/sparql")
    gone = RemoteEngine(Endpoint(settings.addresses[0]), STANDARD)
    client = create_app({"TESTING": True, "SAVED": "0"}, Store("test", gone)).test_client()
    page = client.get("/page/japan", headers={"Accept": "text/html"})
    assert page.status_code == 503
    answer = client.get("/sparql?query=ASK{}", headers={"Accept": "application/json"})
    assert (answer.status_code, answer.mimetype) == (503, "application/problem+json")
    assert answer.headers["Retry-After"]
    assert b"Traceback" not in page.data + answer.data
