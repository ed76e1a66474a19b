"""What the comparison rests on: the same data each time, in our terms, and answers compared."""

import json
import re
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from pyoxigraph import NamedNode, RdfFormat, parse

from kg.store.store import Store
from kg.tables.statements import TableReader
from kg.terms.literals import text
from tests.bench.client import answer, answered
from tests.bench.contenders import Contender
from tests.bench.generate import DIP, Size, triples
from tests.bench.run import check
from tests.bench.shapes import mix
from tests.bench.tables import GRAPH, METADATA, QUESTION, write_votes

JSON = '{"head":{"vars":["n"]},"results":{"bindings":[%s]}}'
CELL = '{"n":{"type":"literal","value":"%s"}}'


@pytest.mark.parametrize("number", [2000, 5000])
def test_a_size_is_a_number_of_triples_and_always_the_same(number: int) -> None:
    lines = list(triples(Size(number)))
    assert len(lines) == number
    assert lines == list(triples(Size(number)))
    body = "\n".join(lines).encode()
    assert len(list(parse(body, format=RdfFormat.N_TRIPLES))) == number


def test_only_terms_of_our_ontology_are_used(built: Store) -> None:
    used = {iri for line in triples(Size(5000)) for iri in re.findall(rf"<({DIP}\w+)>", line)}
    assert len(used) > 15
    for iri in used:
        assert built.ask("ASK { ?term ?p ?o }", term=NamedNode(iri)), iri


def test_queries_have_twelve_shapes_and_ask_for_what_there_is() -> None:
    store = Store.of(parse("\n".join(triples(Size(5000))), format=RdfFormat.N_TRIPLES))
    queries = mix(Size(5000), 150)
    assert len({query.shape for query in queries}) >= 12
    found = {
        query.shape
        for query in queries
        if len(store.execute(query.text, lambda g: "text/turtle" if g else "text/csv")[1]) > 20
    }
    assert {"label", "properties", "star", "aggregate", "describe"} <= found


def server(body: str) -> HTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    return HTTPServer(("127.0.0.1", 0), Handler)


def compared(*bodies: str) -> None:
    servers = [server(body) for body in bodies]
    for one in servers:
        Thread(target=one.serve_forever, args=(0.01,), daemon=True).start()
    try:
        check(
            [(Contender(str(n)), one.server_port, 0) for n, one in enumerate(servers)],
            [query for query in mix(Size(2000), 1, lookups=True) if query.shape == "label"],
        )
    finally:
        for one in servers:
            one.shutdown()
            one.server_close()


def test_the_order_of_rows_does_not_matter_but_their_number_does() -> None:
    one, two = CELL % "1", CELL % "2"
    compared(JSON % f"{one},{two}", JSON % f"{two},{one}")
    with pytest.raises(SystemExit, match="differ"):
        compared(JSON % f"{one},{two}", JSON % f"{one},{one}")
    with pytest.raises(SystemExit, match="differ"):
        compared(JSON % one, JSON % f"{one},{one}")


def test_an_answer_that_is_none_stops_the_comparison() -> None:
    with pytest.raises((SystemExit, OSError)):
        answer(Contender("x", "/"), 1, mix(Size(2000), 1)[0])


def test_refused_requests_are_no_throughput() -> None:
    told = "  300 requests in 2.00s, 1.00MB read\n  Non-2xx or 3xx responses: 100\n"
    assert answered(told) == (100.0, 100)
    errors = "Socket errors: connect 1, read 2, write 0, timeout 3"
    assert answered(f"  10 requests in 500.00ms, 1KB read\n  {errors}\n") == (20.0, 6)
    with pytest.raises(SystemExit):
        answered("unable to connect")


def test_votes_are_always_the_same_and_four_statements_each(tmp_path: Path) -> None:
    tables = [tmp_path / "a.csv", tmp_path / "b.csv"]
    for table in tables:
        write_votes(table, 400)
    assert tables[0].read_bytes() == tables[1].read_bytes()
    metadata = tmp_path / "votes.json"
    metadata.write_text(json.dumps(METADATA), "utf-8")
    with tables[0].open("rb") as file:
        triples_of_votes = list(TableReader(file, "votes.csv", metadata, GRAPH).triples())
    assert len(triples_of_votes) == 4 * 400


def test_the_question_about_votes_finds_states_of_ours(built: Store) -> None:
    joined = QUESTION.replace("GRAPH ex:votes {", "{ BIND(1 AS ?vote) BIND(2 AS ?choice) } #")
    assert len({text(row["code"]) for row in built.select(joined)}) > 10
