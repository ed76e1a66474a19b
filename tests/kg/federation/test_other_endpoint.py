"""Another endpoint, here a small one on the loopback that answers with a real store."""

from collections.abc import Iterator
from http.server import HTTPServer
from threading import Thread
from urllib.parse import parse_qs

import pytest
from pyoxigraph import Literal, Quad

from kg.cli.query import format_result
from kg.federation.other_endpoint import Remote
from kg.model.errors import QueryError
from kg.model.prefixes import node
from kg.store.store import Store
from tests.loopback import LoopbackHandler

STORE = Store.of([Quad(node("id:norland"), node("rdfs:label"), Literal("Norland"))])


class Endpoint(LoopbackHandler):
    def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
        status = self.path.partition("?")[2]
        if status:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(int(status))
            self.end_headers()
            self.wfile.write(b'{"title": "No", "detail": "not today"}' * (status != "404"))
            return
        form = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        try:
            media_type, body = STORE.execute(form["query"][0], lambda _: self.headers["Accept"])
        except QueryError as error:
            self.send_response(400)
            self.end_headers()
            self.wfile.write(f"{error.message}\nMore of it.\n".encode())
            return
        self.respond(200, media_type, body)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/sparql"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("form", ["table", "json", "csv", "tsv", "xml"])
def test_rows_are_those_of_the_store(endpoint: str, form: str) -> None:
    query = "SELECT ?name WHERE { ?thing ?p ?name }"
    assert format_result(Remote(endpoint), query, form) == format_result(STORE, query, form)


@pytest.mark.parametrize("form", ["ttl", "nt", "rdf", "jsonld"])
def test_graph_is_that_of_the_store(endpoint: str, form: str) -> None:
    query = "CONSTRUCT WHERE { ?s ?p ?o }"
    assert format_result(Remote(endpoint), query, form) == format_result(STORE, query, form)


def test_malformed_query_is_said(endpoint: str) -> None:
    with pytest.raises(QueryError, match=r"answers HTTP 400 .*the prefix no: is not declared"):
        Remote(endpoint).execute("SELECT ?s WHERE { ?s no:thing ?o }", lambda _: "text/csv")


def test_silent_endpoint_is_said() -> None:
    with HTTPServer(("127.0.0.1", 0), Endpoint) as server:
        closed = f"http://127.0.0.1:{server.server_port}/sparql"
    with pytest.raises(QueryError, match="does not answer"):
        Remote(closed).execute("ASK {}", lambda _: "text/csv")


def test_only_web_addresses_are_asked() -> None:
    with pytest.raises(QueryError, match="not the http or https address"):
        Remote("file:///etc/hostname")


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (400, "HTTP 400 Bad Request: not today"),
        (401, "HTTP 401 Unauthorized: not today"),
        (404, "HTTP 404 Not Found"),
        (405, "HTTP 405 Method Not Allowed: not today"),
        (500, "HTTP 500 Internal Server Error: not today"),
        (503, "HTTP 503 Service Unavailable: not today"),
    ],
)
def test_refusal_is_said_in_the_servers_words(endpoint: str, status: int, said: str) -> None:
    address = f"{endpoint}?{status}"
    with pytest.raises(QueryError) as error:
        Remote(address).execute("ASK {}", lambda _: "text/csv")
    assert str(error.value) == f"{address} answers {said}"


def test_query_that_the_client_cannot_read_is_left_to_the_server(endpoint: str) -> None:
    with pytest.raises(QueryError, match=r"answers HTTP 400 .*this is not SPARQL here: “SELEC”"):
        Remote(endpoint).execute("SELEC *", lambda _: "text/csv")
