import contextlib
import time
from collections.abc import Callable

import pytest

from kg.endpoint.guard import LARGEST, guard
from kg.model.errors import QueryRefused
from kg.sparql.service import service_clauses
from kg.sparql.tokens import tokenize

REACHING_OUT = [
    "SELECT * { SERVICE <http://example.org/> { ?s ?p ?o } }",
    "select*{service silent?x{}}",
    "SELECT * { ?s ?p 1SERVICE<http://example.org/>{} }",
    "SELECT * { ?s ?p trueSERVICE<http://example.org/>{} }",
    r"SELECT * { \u0053ERVICE <http://example.org/> {} }",
    r"SELECT * { \U00000053ervice <http://example.org/> {} }",
    "PREFIX : <http://example.org/> SELECT * { SERVICE:x{} }",
    "PREFIX x: <http://example.org/> SELECT * { ?s a x:.SERVICE<http://example.org/>{} }",
    "SELECT * { SERVICESILENT<http://example.org/>{} }",
    r"SELECT * { <http://x/\u0020#> ?p ?o . SERVICE <http://example.org/> {} }",
    r'SELECT * { ?s ?p "\u0022 SERVICE <http://example.org/> {} #" }',
    "SELECT * { ?s ?p '''a''' SERVICE <http://example.org/> {} }",
    "SELECT * { ?s ?p 'it\\'s'@en.SERVICE<http://example.org/>{} }",
    "SELECT * { FILTER(?a<?b)SERVICE<http://example.org/>{} }",
    "SELECT * { ?s a <http://x#y> . # a comment\rSERVICE <http://example.org/> {} }",
    'SELECT * { VALUES ?x { """a" } SERVICE <http://example.org/> {} }',
    "SELECT * { ?s ?p 'a\n' SERVICE <http://example.org/> {} }",
    "SELECT * { ?s ?p 1.-SERVICE <http://example.org/> {} }",
]
UPDATES = [
    "INSERT DATA { <a> <b> <c> }",
    "PREFIX x: <http://example.org/> DELETE WHERE { ?s ?p ?o }",
    "# a comment\nDROP ALL",
    "LOAD <http://example.org/>",
]
HARMLESS = [
    "SELECT * { ?service ?p <http://example.org/service> } # SERVICE",
    "PREFIX x: <http://example.org/> SELECT * { ?s a x:ServiceAgreement }",
    """SELECT * { ?s ?p "SERVICE", 'service', '''a "SERVICE" b''', "x"@service }""",
    "SELECT ?insert { ?insert ?p ?o } # DELETE",
    "PREFIX load: <http://example.org/> ASK { load:a ?p ?o }",
]


@pytest.mark.parametrize("query", REACHING_OUT)
def test_refuses_to_ask_other_servers(query: str) -> None:
    with pytest.raises(QueryRefused, match="SERVICE"):
        guard(query)


@pytest.mark.parametrize("query", UPDATES)
def test_refuses_updates(query: str) -> None:
    with pytest.raises(QueryRefused, match="built from files"):
        guard(query)


@pytest.mark.parametrize("query", HARMLESS)
def test_lets_the_word_pass_where_it_is_not_a_keyword(query: str) -> None:
    guard(query)


# Eight times the text takes eight times the time, or 64 times if it grows with the square.
MAX_GROWTH = 32
# Shorter times vary by what else the processor does.
MIN_SECONDS = 0.0005


def growth(read: Callable[[str], object], before: str, piece: str) -> float:
    """Return how many times longer the largest query takes to read than an eighth of it."""

    def seconds(size: int) -> float:
        query = before + piece * ((size - len(before)) // len(piece.encode()))
        times = []
        for _ in range(3):
            tokenize.cache_clear()
            start = time.thread_time()
            with contextlib.suppress(QueryRefused):
                read(query)
            times.append(time.thread_time() - start)
        return min(times)

    return seconds(LARGEST) / max(seconds(LARGEST // 8), MIN_SECONDS)


PIECES = """- a. a a: : "\\ '\\ \"""\\ '''a''' " ' "" < <a @a- %4 :%4 ? \\u0022 # é- :\\ service-"""


@pytest.mark.parametrize("piece", [*PIECES.split(), "''\n", "<a>"])
def test_time_grows_as_the_query_does(piece: str) -> None:
    # A scan that begins anew at each character took from 10 s to 30 s for the largest query.
    assert growth(guard, "", piece) < MAX_GROWTH
    with pytest.raises(QueryRefused) if piece == "service-" else contextlib.nullcontext():
        guard(piece * (LARGEST // len(piece.encode())))


CALLS = ["SERVICE<a:b>{", "SERVICE<a:b>{}", "SERVICE SILENT <a:b>}", "SERVICE ", "SERVICE<a:b>{<a"]
BEFORE_PIECES = {"nothing": "", "a call": "SERVICE <a:b> { ", "an open call": "SERVICE "}


@pytest.mark.parametrize("before", BEFORE_PIECES)
@pytest.mark.parametrize(
    "piece", [*PIECES.split(), *CALLS, " ", "{", "}", "{}", "<a{", "silent ", "# {\n"]
)
def test_time_grows_as_the_query_does_where_service_is_answered(piece: str, before: str) -> None:
    def read(query: str) -> None:
        service_clauses(query)
        guard(query, frozenset({"a:b"}))

    assert growth(read, BEFORE_PIECES[before], piece) < MAX_GROWTH
