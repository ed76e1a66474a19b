"""Wikidata, DBpedia, GeoNames and others on a loopback port: what they hold, how they answer."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any
from urllib.parse import parse_qs

from pyoxigraph import QueryTriples, RdfFormat, Store, serialize

from kg.model.prefixes import BASE, expand
from kg.outside.client import OutsideClient, Patience
from kg.outside.hosts import dataset_hosts
from tests.kg.outside.stand_in import Dataset, Handler, Reply

_PREFIXES = """
PREFIX dbo: <http://dbpedia.org/ontology/>
PREFIX dbr: <http://dbpedia.org/resource/>
PREFIX owl: <http://www.w3.org/2002/07/owl#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <http://schema.org/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX wd: <http://www.wikidata.org/entity/>
PREFIX wdt: <http://www.wikidata.org/prop/direct/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""


class OtherDatasets(Dataset):
    """Answers SPARQL at /sparql from one graph, all else by the replies that a test sets."""

    def __init__(self) -> None:
        super().__init__()
        self.RequestHandlerClass = _QueryHandler
        self.graph = Store()

    def hold(self, turtle: str) -> None:
        self.graph.load(f"{_PREFIXES}{turtle} .".encode(), RdfFormat.TURTLE)

    def record(self, path: str, turtle: str, *before: Reply) -> None:
        body = f"{_PREFIXES}{turtle} .".encode()
        self.reply(path, *before, Reply(body, headers={"Content-Type": "text/turtle"}))

    def asked(self, method: str = "") -> list[str]:
        return [path for each, path in self.requests if method in ("", each)]


class _QueryHandler(Handler):
    server: OtherDatasets

    def do_POST(self) -> None:  # noqa: N802 - the name that http.server calls
        if self.path != "/sparql" or "/sparql" in self.server.replies:
            self.do_GET()
            return
        self.server.requests.append((self.command, self.path))
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.bodies.append(body)
        triples = self.server.graph.query(parse_qs(body.decode())["query"][0])
        assert isinstance(triples, QueryTriples)
        answer = serialize(triples, format=RdfFormat.TURTLE) or b""
        self.send_response(200)
        self.send_header("Content-Type", "text/turtle; charset=utf-8")
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)


@contextmanager
def other_datasets() -> Iterator[OtherDatasets]:
    with OtherDatasets() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield server
        finally:
            server.stopped.set()
            server.shutdown()
            thread.join()


def client_of(origin: str, **options: Any) -> OutsideClient:
    """Return a client for which one server stands in for all datasets, and that never waits."""
    mirrors = dict.fromkeys(dataset_hosts(), origin)
    patience = Patience(seconds=20, attempts=options.pop("attempts", 2))
    options = {"patience": patience, "sleep": lambda _: None, **options}
    return OutsideClient(None, mirrors=mirrors, **options)


def write_links(root: Path, dataset: str, *rows: str) -> None:
    """Write a table of links: each row is subject, predicate, object and the names of both."""
    columns = "subject_id predicate_id object_id subject_label object_label"
    further = "mapping_justification confidence mapping_date author_id comment predicate_modifier"
    written = ("semapv:ManualMappingCuration", "0.9", "2020-03-01", "id:norland", "an atlas")
    lines = [
        f"# mapping_set_id: {BASE}graph/links/{dataset}",
        "# license: https://creativecommons.org/licenses/by/4.0/",
        "# curie_map:",
        *(f"#   {prefix}: {expand(prefix + ':')}" for prefix in ("dbr", "dip", "gn", "id", "wd")),
        "\t".join((*columns.split(), *further.split())),
    ]
    for row in rows:
        cells = [*row.split("|"), "", ""][:5]
        modifier = row.split("|")[5:] or [""]
        lines.append("\t".join((*cells, *written, *modifier)))
    path = root / "kg" / "links" / f"{dataset}.sssom.tsv"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join((*lines, "")), "utf-8")
