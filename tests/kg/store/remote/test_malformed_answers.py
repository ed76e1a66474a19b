"""An answer that is cut, or is not what SPARQL's is, is an error of the engine."""

import pytest

from kg.store.remote.dialects import DIALECTS, STANDARD, Dialect
from kg.store.remote.engine import RemoteEngine
from kg.store.remote.errors import EngineFailed
from kg.store.remote.http_client import HttpReply
from kg.store.store import Store


class Answering:
    """Answers every query with the same body."""

    def __init__(self, body: bytes) -> None:
        self._body = body

    def post(self, *_: object) -> HttpReply:
        return HttpReply(200, {}, self._body)

    def statuses(self) -> list:
        return []


@pytest.mark.parametrize("dialect", [STANDARD, *DIALECTS], ids=lambda dialect: dialect.name)
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"<html></html>",
        b'{"error": "busy"}',
        b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": ',
        b'{"head": {"vars": ["s"]}, "results": {"bindings": [{"s": {}}]}}',
        b'{"head": {"vars": ["s"]}, "results": {"bindings": [["/.well-known/genid/"]]}}',
    ],
)
def test_rows_that_are_not_sparqls_are_an_error_of_the_engine(
    dialect: Dialect, body: bytes
) -> None:
    store = Store("", RemoteEngine(Answering(body), dialect))
    with pytest.raises(EngineFailed, match="cut or not well formed"):
        store.select("SELECT ?s { ?s ?p ?o }")
    with pytest.raises(EngineFailed, match="cut or not well formed"):
        store.quads()


def test_a_graph_that_is_cut_is_an_error_of_the_engine() -> None:
    store = Store("", RemoteEngine(Answering(b"<x:a> <x:b> <x:"), STANDARD))
    with pytest.raises(EngineFailed, match="cut or not well formed"):
        store.construct("CONSTRUCT WHERE { ?s ?p ?o }")
