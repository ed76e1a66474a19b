"""Values that exclude each other within one source, and decisions that decide nothing."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from kg.model.errors import Finding
from kg.model.named_graphs import ENTITIES, in_graph
from kg.model.prefixes import node, shorten
from kg.pipeline.compare import Comparison
from kg.pipeline.comparison.readings import Reading
from kg.pipeline.comparison.resolution import Conflict
from kg.pipeline.inputs.triple_places import triple_place
from kg.pipeline.load import SourceTree


def conflicts_within_sources(tree: SourceTree, comparison: Comparison) -> Iterator[Finding]:
    """Yield a finding at the second of two statements of one source that exclude each other."""
    for conflict in comparison.conflicts:
        hint = "settle on one; what somebody else says is the content of a claim"
        yield Finding(*_place(tree, conflict.second), _message(conflict), hint)


def unused_decisions(tree: SourceTree, comparison: Comparison) -> Iterator[Finding]:
    """Yield a finding for each decision on which no sources differ, or whose value none gives."""
    for decision in comparison.unused_decisions:
        typed = (
            (quad, path)
            for quad, path in tree.origin.items()
            if quad.subject == decision and quad.predicate == node("rdf:type")
        )
        for quad, path in typed:
            message = f"{shorten(decision.value)} decides nothing: no sources differ there"
            hint = "its value is one that a source gives, or the decision can go"
            yield Finding(tree.name(path), *triple_place(path, quad), message, hint)


def _place(tree: SourceTree, reading: Reading) -> tuple[str, int, int]:
    quad = in_graph(reading.graph, reading.triple) if reading.triple else None
    path = tree.origin.get(quad) if quad else None
    return (tree.name(path), *triple_place(path, quad)) if quad and path else ("", 0, 0)


def _message(conflict: Conflict) -> str:
    matter = conflict.matter
    values = " and ".join(_stated(reading) for reading in (conflict.first, conflict.second))
    things = " in ".join(shorten(t.value) for t in (matter.whose, matter.about) if t)
    return f"{things} has two values of {shorten(matter.on.value)} in one source: {values}"


def _stated(reading: Reading) -> str:
    value = reading.value
    words = value.value if isinstance(value, Literal) else shorten(value.value)
    where = "the background" if reading.graph == ENTITIES else reading.graph.value.split("/")[-1]
    return f"{words} ({where})"
