"""Every test of the protocol asks the application directly, then a server over a socket."""

from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from http.client import HTTPConnection
from typing import Any
from urllib.parse import quote

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pyoxigraph import Quad
from werkzeug.test import Client

from tests.publishing import publish
from tests.web.conftest import BROWSER
from tests.web.test_server import free_port, serve, wait_until_up


@pytest.fixture(scope="session")
def port(tmp_path_factory: pytest.TempPathFactory, tiny: list[Quad]) -> Iterator[int]:
    builds = tmp_path_factory.mktemp("builds")
    publish(builds, tiny)
    number = free_port()
    with serve(builds, number) as server:
        wait_until_up(number)
        yield number
        server.terminate()


@pytest.fixture(params=["inside", "served"])
def client(request: pytest.FixtureRequest, app: Flask) -> Client:
    """Ask the application directly, and then the real server over a socket."""
    if request.param == "inside":
        return app.test_client()
    return Client(forward(request.getfixturevalue("port")))


@pytest.fixture
def browser(client: Client) -> Client:
    if isinstance(client, FlaskClient):
        client.environ_base["HTTP_ACCEPT"] = BROWSER
        return client
    application = client.application

    def as_browser(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        return application({"HTTP_ACCEPT": BROWSER} | environ, start)

    return Client(as_browser)


def forward(port: int) -> Callable[..., list[bytes]]:
    """Return a WSGI application that is the server at a port."""

    def application(environ: dict[str, Any], start: Callable[..., Any]) -> list[bytes]:
        names = {k: k[5:].replace("_", "-") for k in environ if k.startswith("HTTP_")}
        headers = {name: environ[key] for key, name in names.items() if name != "HOST"}
        if environ.get("CONTENT_TYPE"):
            headers["Content-Type"] = environ["CONTENT_TYPE"]
        size = int(environ.get("CONTENT_LENGTH") or 0)
        # Sent on as it comes if no length is said: in chunks.
        body = environ["wsgi.input"].read(size) if "CONTENT_LENGTH" in environ else None
        if headers.get("TRANSFER-ENCODING") == "chunked":
            body = iter([environ["wsgi.input"].read()])
        target = quote(environ["PATH_INFO"]) + "?" + environ.get("QUERY_STRING", "")
        line = HTTPConnection("127.0.0.1", port, timeout=30)
        with closing(line):
            # A server that refuses a long body may answer before it has come.
            with suppress(BrokenPipeError):
                line.request(environ["REQUEST_METHOD"], target, body, headers)
            got = line.getresponse()
            parts = [got.read()]
        start(f"{got.status} {got.reason}", got.getheaders())
        return parts

    return application
