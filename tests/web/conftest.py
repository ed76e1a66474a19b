"""The site over the small graph of `tests/conftest.py`, in memory; nothing is patched or mocked.

`client` and `browser` ask the application directly. Tests that need a socket start the real server
on a loopback port and stop it themselves.
"""

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app

BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.fixture(scope="session")
def app(store: Store) -> Flask:
    return create_app({"TESTING": True}, store=store)


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture
def browser(app: Flask) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_ACCEPT"] = BROWSER
    return client
