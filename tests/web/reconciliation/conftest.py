"""The site over the live graph, described as a build is, for the reconciliation service."""

import pytest
from flask.testing import FlaskClient

from kg.store.store import Store
from web import create_app


@pytest.fixture(scope="session")
def service(built: Store) -> FlaskClient:
    return create_app({"TESTING": True}, store=built).test_client()
