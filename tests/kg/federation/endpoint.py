"""An endpoint of others on a loopback port, which keeps what it was asked."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pyoxigraph

from kg.federation.federation import Federation
from web.relay_server import serve_relay

RESULTS = "application/sparql-results+json"
THERE = """
PREFIX id: <https://w3id.org/aide-memoire/id/>
INSERT DATA { id:ruritania <x:capital> "Strelsau" . id:borduria <x:capital> "Szohôd" }
"""
Reply = tuple[int, dict[str, str], bytes]


class Endpoint(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.graph = pyoxigraph.Store()
        self.graph.update(THERE)
        self.iri = f"http://127.0.0.1:{self.server_port}/sparql?x=1"
        self.asked: list[tuple[str, str]] = []
        self.headers: list[dict[str, str]] = []
        self.reply: Reply | None = None


class Handler(BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
        query = body
        # As other clients than ours send a query: https://www.w3.org/TR/sparql11-protocol/#query-operation
        if not body or "form" in self.headers["Content-Type"]:
            query = parse_qs(body or urlsplit(self.path).query).get("query", ["ASK {}"])[0]
        self.server.asked.append((self.path, query))
        self.server.headers.append(dict(self.headers))
        found = pyoxigraph.QueryResultsFormat.JSON
        rows = None if self.server.reply else self.server.graph.query(query).serialize(format=found)
        status, headers, sent = self.server.reply or (200, {"Content-Type": RESULTS}, rows or b"")
        self.send_response(status)
        for name, value in {"Content-Length": str(len(sent)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(sent)

    do_GET = do_POST  # noqa: N815 - the name that http.server calls

    def log_message(self, *_: object) -> None:
        pass


def federation(endpoint: Endpoint) -> Federation:
    """Return the settings of a site that calls this endpoint, on the loopback as it is."""
    named = frozenset({endpoint.iri})
    return Federation(named, named, serve_relay)


@contextmanager
def running() -> Iterator[Endpoint]:
    with Endpoint() as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()
