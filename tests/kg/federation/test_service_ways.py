"""Ways round the rule for SERVICE: a socket listens, and nobody must come."""

import socket
import threading
from collections.abc import Iterator

import pyoxigraph
import pytest

from kg.endpoint.request import QueryRequest
from kg.endpoint.run import run_query
from kg.federation.federation import Federation
from kg.model.errors import QueryError
from kg.store.store import Store
from web.relay_server import serve_relay

# T is the address that listens, H its host and port; OK an endpoint that may be called.
WAYS = {
    "plain": "SELECT * { SERVICE <T> { ?s ?p ?o } }",
    "lower case": "SELECT * { service <T> { ?s ?p ?o } }",
    "mixed case": "SELECT * { SeRvIcE <T> { ?s ?p ?o } }",
    "long s": "SELECT * { \u017fERVICE <T> { ?s ?p ?o } }",
    "silent": "SELECT * { SERVICE SILENT <T> { ?s ?p ?o } }",
    "silent without space": "SELECT * { SERVICE SILENT<T> { ?s ?p ?o } }",
    "no space": "SELECT * {SERVICE<T>{?s ?p ?o}}",
    "comment between": "SELECT * { SERVICE # <OK>\n <T> { ?s ?p ?o } }",
    "comment with the allowed one": "SELECT * { SERVICE #\n<T> { ?s ?p ?o } # SERVICE <OK>\n }",
    "comment ended by CR": "SELECT * { ?s ?p ?o . # c\rSERVICE <T> { ?s ?p ?o } }",
    "escape of four": r"SELECT * { \u0053ERVICE <T> { ?s ?p ?o } }",
    "escape of eight": r"SELECT * { \U00000053ERVICE <T> { ?s ?p ?o } }",
    "escape in the middle": r"SELECT * { SER\u0056ICE <T> { ?s ?p ?o } }",
    "escape of the bracket": r"SELECT * { SERVICE \u003CT> { ?s ?p ?o } }",
    "escape in the IRI": r"SELECT * { SERVICE <\u0068ttp://H/> { ?s ?p ?o } }",
    "escape opens a string": r"SELECT * { ?s ?p \u0022 SERVICE <T> { ?s ?p ?o } # \u0022 }",
    "escape ends a comment": r"SELECT * { # \u000A SERVICE <T> { ?s ?p ?o }" + "\n}",
    "prefixed name": "PREFIX t: <T> SELECT * { SERVICE t: { ?s ?p ?o } }",
    "prefixed name with a tail": "PREFIX t: <http://> SELECT * { SERVICE t:H { ?s ?p ?o } }",
    "prefix called service": "PREFIX service: <T> SELECT * { SERVICE service: { ?s ?p ?o } }",
    "relative to a base": "BASE <T> SELECT * { SERVICE <> { ?s ?p ?o } }",
    "relative path": "BASE <T> SELECT * { SERVICE <x> { ?s ?p ?o } }",
    "relative without scheme": "BASE <http://a.org/> SELECT * { SERVICE <//H/> { ?s ?p ?o } }",
    "allowed one against a base": "BASE <T> SELECT * { SERVICE <OK> {} SERVICE <y> { ?s ?p ?o } }",
    "variable by VALUES": "SELECT * { VALUES ?t { <T> } SERVICE ?t { ?s ?p ?o } }",
    "variable by BIND": "SELECT * { BIND(IRI('T') AS ?t) SERVICE ?t { ?s ?p ?o } }",
    "variable by CONCAT": "SELECT * { BIND(IRI(CONCAT('http://','H/')) AS ?t) SERVICE ?t {}}",
    "variable with dollar": "SELECT * { VALUES $t { <T> } SERVICE $t { ?s ?p ?o } }",
    "nested select": "SELECT * { { SELECT * { SERVICE <T> { ?s ?p ?o } } } }",
    "exists": "SELECT * { ?a ?b ?c FILTER EXISTS { SERVICE <T> { ?s ?p ?o } } }",
    "not exists": "SELECT * { ?a ?b ?c FILTER NOT EXISTS { SERVICE <T> { ?s ?p ?o } } }",
    "exists in an expression": "SELECT (EXISTS { SERVICE <T> { ?s ?p ?o } } AS ?e) {}",
    "exists in IF": "SELECT * { BIND(IF(EXISTS { SERVICE <T> {?s ?p ?o} }, 1, 2) AS ?e) }",
    "exists in ORDER BY": "SELECT * { ?a ?b ?c } ORDER BY (EXISTS { SERVICE <T> { ?s ?p ?o } })",
    "exists in HAVING": "SELECT ?a { ?a ?b ?c } GROUP BY ?a HAVING (EXISTS { SERVICE <T> {} })",
    "minus": "SELECT * { ?a ?b ?c MINUS { SERVICE <T> { ?s ?p ?o } } }",
    "optional": "SELECT * { ?a ?b ?c OPTIONAL { SERVICE <T> { ?s ?p ?o } } }",
    "union": "SELECT * { {} UNION { SERVICE <T> { ?s ?p ?o } } }",
    "graph": "SELECT * { GRAPH ?g { SERVICE <T> { ?s ?p ?o } } }",
    "construct": "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <T> { ?s ?p ?o } }",
    "ask": "ASK { SERVICE <T> { ?s ?p ?o } }",
    "describe": "DESCRIBE ?s { SERVICE <T> { ?s ?p ?o } }",
    "after a number": "SELECT * { ?s ?p 1SERVICE <T> { ?s ?p ?o } }",
    "after a decimal": "SELECT * { ?s ?p 1.SERVICE <T> { ?s ?p ?o } }",
    "after a prefixed name": "PREFIX x: <x:> SELECT * { ?s ?p x:.SERVICE <T> { ?s ?p ?o } }",
    "after a language": "SELECT * { ?s ?p 'a'@en.SERVICE <T> { ?s ?p ?o } }",
    "after a string": "SELECT * { ?s ?p 'a'SERVICE <T> { ?s ?p ?o } }",
    "after an escaped quote": r"SELECT * { ?s ?p 'a\'' . SERVICE <T> { ?s ?p ?o } }",
    "after a backslash": r"SELECT * { ?s ?p 'a\\' . SERVICE <T> { ?s ?p ?o } } # '",
    "after an unclosed quote": "SELECT * { ?s ?p ' SERVICE <T> { ?s ?p ?o } }",
    "after a triple quote": 'SELECT * { ?s ?p """a""" . SERVICE <T> { ?s ?p ?o } }',
    "after a string of one quote": "SELECT * { ?s ?p '''a''b''' . SERVICE <T> { ?s ?p ?o } }",
    "after a hash in an IRI": "SELECT * { ?s <http://a#b> ?c . SERVICE <T> { ?s ?p ?o } }",
    "after a less-than": "SELECT * { FILTER(?a<?b) SERVICE <T> { ?s ?p ?o } }",
    "after a blank node": "SELECT * { _:SERVICE ?p ?o . SERVICE <T> { ?s ?p ?o } }",
    "tab and line feed": "SELECT * {\tSERVICE\n\t<T>\n{ ?s ?p ?o } }",
    "form feed": "SELECT * { SERVICE\f<T> { ?s ?p ?o } }",
    "no-break space": "SELECT * { SERVICE\u00a0<T> { ?s ?p ?o } }",
    "zero-width space": "SELECT * { SERVICE\u200b<T> { ?s ?p ?o } }",
    "byte order mark": "\ufeffSELECT * { SERVICE <T> { ?s ?p ?o } }",
    "null": "SELECT * { SERVICE\x00<T> { ?s ?p ?o } }",
    "user in the IRI": "SELECT * { SERVICE <http://OKHOST@H/> { ?s ?p ?o } }",
    "tail on the allowed one": "SELECT * { SERVICE <OK/../x> {} SERVICE <T> { ?s ?p ?o } }",
    "query on the IRI": "SELECT * { SERVICE <T?x=OK> { ?s ?p ?o } }",
    "fragment on the IRI": "SELECT * { SERVICE <T#OK> { ?s ?p ?o } }",
    "second after an allowed one": "SELECT * { SERVICE SILENT <OK> {} SERVICE <T> { ?s ?p ?o } }",
    "within an allowed one": "SELECT * { SERVICE SILENT <OK> { SERVICE <T> { ?s ?p ?o } } }",
    "allowed one in a string": "SELECT * { ?s ?p 'SERVICE <OK>' . SERVICE <T> { ?s ?p ?o } }",
    "decimal address": "SELECT * { SERVICE <http://2130706433:PORT/> { ?s ?p ?o } }",
    "mapped address": "SELECT * { SERVICE <http://[::ffff:127.0.0.1]:PORT/> { ?s ?p ?o } }",
    "name of this machine": "SELECT * { SERVICE <http://localhost:PORT/> { ?s ?p ?o } }",
    "final stop": "SELECT * { SERVICE <http://localhost.:PORT/> { ?s ?p ?o } }",
    "allowed name of this machine": "SELECT * { SERVICE <http://LOCALHOST:PORT/ok> { ?s ?p ?o } }",
    "graph to read from": "SELECT * FROM <T> { ?s ?p ?o }",
    "named graph to read from": "SELECT * FROM NAMED <T> { GRAPH <T> { ?s ?p ?o } }",
    "load": "LOAD <T>",
    "load into a graph": "LOAD SILENT <T> INTO GRAPH <x:g>",
    "load after a query": "SELECT * { ?s ?p ?o } ; LOAD <T>",
    "insert where": "INSERT { ?s ?p ?o } WHERE { SERVICE <T> { ?s ?p ?o } }",
    "using": "DELETE { ?s ?p ?o } USING <T> WHERE { SERVICE <T> { ?s ?p ?o } }",
}


@pytest.fixture(scope="module")
def listener() -> Iterator[socket.socket]:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        yield listener


def knocked(listener: socket.socket, seconds: float = 0.0) -> bool:
    """Tell whether anybody has come to the socket."""
    listener.settimeout(seconds)
    try:
        listener.accept()[0].close()
    except (BlockingIOError, TimeoutError):
        return False
    return True


def spelt(way: str, port: int) -> str:
    allowed = f"http://LOCALHOST:{port}/ok"
    target = f"http://127.0.0.1:{port}/"
    parts = {"OKHOST": "a.org", "OK": allowed, "PORT": str(port), "H": f"127.0.0.1:{port}"}
    text = WAYS[way].replace("LOCALHOST", "\x01").replace("<T", f"<{target}")
    text = text.replace("\\u003CT>", f"\\u003C{target}>").replace("'T'", f"'{target}'")
    for name in ("OKHOST", "OK", "PORT"):
        text = text.replace(name, parts[name])
    for before in ("http://", "://", "//", "t:", "@", "'"):
        text = text.replace(f"{before}H", before + parts["H"])
    return text.replace("\x01", "LOCALHOST")


@pytest.mark.parametrize("way", WAYS)
def test_there_is_no_way_round(way: str, store: Store, listener: socket.socket) -> None:
    port = listener.getsockname()[1]
    federation = Federation(frozenset({f"http://LOCALHOST:{port}/ok"}), serve=serve_relay)
    query = spelt(way, port)
    for allowed in (Federation(), federation):
        try:
            run_query(store, QueryRequest(query, graph_type="text/turtle", timeout=0.5), allowed)
        except QueryError:
            continue
        assert "SERVICE" not in query.partition("FROM")[0] or "SILENT" in query
    assert not knocked(listener)


def test_there_are_fifty_ways_and_each_is_another() -> None:
    assert len({spelt(way, 1) for way in WAYS}) == len(WAYS) >= 50


def test_the_engine_alone_would_call_the_address(listener: socket.socket) -> None:
    query = spelt("silent", listener.getsockname()[1])
    engine = threading.Thread(target=lambda: list(pyoxigraph.Store().query(query)), daemon=True)
    engine.start()
    assert knocked(listener, 5)
    engine.join()
