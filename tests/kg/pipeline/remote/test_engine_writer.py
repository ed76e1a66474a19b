"""Quads go to an engine in parts, as updates that any engine reads or as N-Quads."""

import pyoxigraph
from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from kg.pipeline.remote.engine_writer import PART_LENGTH, UPDATE_PART, EngineWriter
from kg.store.remote.blank_nodes import skolemised_quads
from kg.store.remote.dialects import STANDARD, dialect_named

A, B = NamedNode("urn:a"), NamedNode("urn:b")


class Recorder:
    """Runs the updates of a writer, and remembers them."""

    def __init__(self) -> None:
        self.graph = pyoxigraph.Store()
        self.updates: list[str] = []

    def update(self, text: str) -> None:
        self.updates.append(text)
        self.graph.update(text)


def written(quads: list[Quad]) -> Recorder:
    recorder = Recorder()
    EngineWriter(recorder, STANDARD).load(quads)
    return recorder


def test_updates_write_what_they_are_given() -> None:
    texts = ('a "quotation"', "two\nlines", "\\ back \u0000 \U0001f600", "}", "'")
    quads = [Quad(A, B, Literal(text), NamedNode("urn:g")) for text in texts]
    quads += [Quad(A, B, Literal("x", language="en")), Quad(A, B, BlankNode("b"), A), Quad(A, B, A)]
    recorder = written(quads)
    assert set(recorder.graph) == set(skolemised_quads(quads))
    assert len(recorder.updates) == 1
    EngineWriter(recorder, STANDARD).remove(quads[1:])
    assert set(recorder.graph) == {quads[0]}


def test_no_part_is_too_long() -> None:
    quads = [Quad(A, B, Literal(number)) for number in range(UPDATE_PART + 1)]
    assert len(written(quads).updates) == 2
    long = [Quad(A, B, Literal(f"{number} {'x' * PART_LENGTH}")) for number in range(3)]
    assert len(written(long).updates) == 3


def test_an_engine_without_a_default_graph_has_one_of_a_name() -> None:
    dialect = dialect_named("virtuoso")
    assert dialect
    recorder = Recorder()
    EngineWriter(recorder, dialect).load([Quad(A, B, A), Quad(A, B, A, B)])
    assert {quad.graph_name for quad in recorder.graph} == {NamedNode(dialect.default_graph), B}
    EngineWriter(recorder, dialect).clear([B])
    assert list(recorder.graph) == []


def test_loading_reports_how_much_was_sent() -> None:
    reported: list[int] = []
    quads = (Quad(A, B, Literal(number), DefaultGraph()) for number in range(2 * UPDATE_PART + 5))
    EngineWriter(Recorder(), STANDARD).load(quads, reported.append)
    assert reported == [UPDATE_PART, 2 * UPDATE_PART, 2 * UPDATE_PART + 5]
