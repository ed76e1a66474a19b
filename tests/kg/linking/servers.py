"""Other datasets on loopback: a SPARQL endpoint and a reconciliation service over made triples."""

import json
import threading
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
from pyoxigraph import Literal, NamedNode, Quad, QueryResultsFormat, Triple

from kg.model.prefixes import node
from tests.loopback import LoopbackHandler

WIKIDATA = "http://www.wikidata.org/entity/"
DIRECT = "http://www.wikidata.org/prop/direct/"
_NAMES = (node("rdfs:label"), node("skos:altLabel"))
_DESCRIPTION = NamedNode("http://schema.org/description")


class MadeDataset(ThreadingHTTPServer):
    """Answers queries and reconciliation; the requests are kept in the order that they came.

    The request number `hold_at` is never answered: `held` is set when it has come.
    """

    daemon_threads = True

    def __init__(self, triples: Iterable[Triple]) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.origin = f"http://127.0.0.1:{self.server_port}"
        self.endpoint, self.service = f"{self.origin}/sparql", f"{self.origin}/reconcile"
        self.graph = pyoxigraph.Store()
        self.graph.bulk_extend(Quad(*triple) for triple in triples)
        self.records: dict[str, set[str]] = defaultdict(set)
        for quad in self.graph:
            if quad.predicate in _NAMES:
                self.records[quad.object.value].add(quad.subject.value)
        self.requests: list[str] = []
        self.agents: set[str] = set()
        self.failures: list[int] = []
        self.hold_at, self.held, self.released = 0, threading.Event(), threading.Event()

    def answer(self, query: str) -> bytes:
        solutions = self.graph.query(query)
        return solutions.serialize(format=QueryResultsFormat.JSON) or b""  # type: ignore[union-attr]

    def reconcile(self, form: dict[str, str]) -> Any:
        if "queries" in form:
            asked = json.loads(form["queries"])
            return {key: {"result": list(self._results(one))} for key, one in asked.items()}
        asked = json.loads(form["extend"])
        properties = [one["id"] for one in asked["properties"]]
        rows = {
            name: {one: list(self._cells(name, one)) for one in properties} for name in asked["ids"]
        }
        return {"meta": asked["properties"], "rows": rows}

    def _results(self, query: dict[str, Any]) -> Iterator[dict[str, Any]]:
        for record in sorted(self._called(query["query"])):
            kinds = [quad.object for quad in self._of(record, NamedNode(f"{DIRECT}P31"))]
            yield {
                "id": record.removeprefix(WIKIDATA),
                "name": query["query"],
                "description": "".join(q.object.value for q in self._of(record, _DESCRIPTION)),
                "type": [{"id": kind.value.removeprefix(WIKIDATA)} for kind in kinds],
                "score": 100,
                "match": False,
            }

    def _called(self, name: str) -> set[str]:
        return self.records.get(name, set())

    def _cells(self, name: str, property_: str) -> Iterator[dict[str, str]]:
        for quad in self._of(WIKIDATA + name, NamedNode(DIRECT + property_)):
            if isinstance(quad.object, NamedNode):
                yield {
                    "id": quad.object.value.removeprefix(WIKIDATA),
                    "name": self._label(quad.object.value),
                }
            elif isinstance(quad.object, Literal):
                is_date = quad.object.datatype == node("xsd:dateTime")
                yield {"date" if is_date else "str": quad.object.value}

    def _label(self, record: str) -> str:
        """Return the English label, else any."""
        labels = [quad.object for quad in self._of(record, _NAMES[0])]
        english = [label for label in labels if label.language == "en"]
        return next((label.value for label in [*english, *labels]), "")

    def _of(self, record: str, property_: NamedNode) -> list[Quad]:
        return list(self.graph.quads_for_pattern(NamedNode(record), property_, None))


class _Handler(LoopbackHandler):
    server: MadeDataset

    def do_GET(self) -> None:  # noqa: N802 - the name that http.server calls
        body = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        parts = urlsplit(self.path)
        self.server.requests.append(f"{self.command} {self.path} {body}")
        self.server.agents.add(self.headers.get("User-Agent", ""))
        if len(self.server.requests) == self.server.hold_at:
            self.server.held.set()
            self.server.released.wait(60)
            return
        status = self.server.failures.pop(0) if self.server.failures else 200
        form = {name: values[0] for name, values in parse_qs(body or parts.query).items()}
        if parts.path == "/sparql" and status == 200:
            self.respond(200, "application/sparql-results+json", self.server.answer(form["query"]))
        elif parts.path == "/reconcile" and status == 200:
            manifest = {"name": "made", "versions": ["0.2"], "extend": {}}
            answer = self.server.reconcile(form) if form else manifest
            self.respond(200, "application/json", json.dumps(answer).encode())
        else:
            self.respond(status, "text/html", b"<html>this is a page</html>")

    do_POST = do_GET  # noqa: N815 - the name that http.server calls


@contextmanager
def made_dataset(triples: Iterable[Triple]) -> Iterator[MadeDataset]:
    with MadeDataset(triples) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.released.set()
            server.shutdown()
            thread.join()
