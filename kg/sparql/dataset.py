"""The dataset of a query with several default graphs: their RDF merge, each triple once.

The engine returns a triple that stands in two of them twice; SPARQL asks for a merge
(https://www.w3.org/TR/sparql11-query/#specifyingDataset).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin

import pyoxigraph
from pyoxigraph import DefaultGraph, NamedNode, Quad

from kg.model.errors import QueryError
from kg.sparql.tokens import MARK

_MOST_BASES, _LONGEST_BASE = 20, 1000
_FORMS = {"select", "construct", "ask", "describe"}

Graphs = tuple[list[str], list[str]]


def named_in(query: str, base: str = "") -> Graphs:
    """Return the graphs after FROM and FROM NAMED, as absolute IRIs where they can be told.

    `base` is what those without a scheme are relative to if the query names no other.

    >>> named_in("PREFIX g: <x:> SELECT * FROM g:a FROM <x:b> FROM NAMED g:c { ?s ?p 'FROM <no>' }")
    (['x:a', 'x:b'], ['x:c'])
    """
    if "from" not in query.casefold():
        return [], []
    marks = [mark for mark in MARK.finditer(query) if mark.lastgroup != "comment"]
    base, names = _prologue(marks, base)
    found: Graphs = ([], [])
    for named, graph in _clauses(marks):
        short = graph.lastgroup == "name"
        iri = _expanded(graph[0], names) if short else _joined(base, graph[0])
        found[1 if named else 0].append(iri)
    return found


def _prologue(marks: list[re.Match[str]], base: str) -> tuple[str, dict[str, str]]:
    """Read the last BASE, and each PREFIX; an undeclared one is the engine's to tell of.

    QueryError for too many or too long ones: each IRI after them is joined to all before it.
    """
    bases = 0
    names: dict[str, str] = {}
    for mark, after, last in zip(marks, marks[1:], marks[2:], strict=False):
        word = mark[0].casefold()
        if mark.lastgroup == "word" and word in _FORMS:
            break
        if word == "base":
            base, bases = _joined(base, after[0]), bases + 1
            if bases > _MOST_BASES or len(base) > _LONGEST_BASE:
                raise QueryError(
                    f"BASE stands here more than {_MOST_BASES} times, or comes to more than "
                    f"{_LONGEST_BASE:,} characters; write absolute IRIs"
                )
        elif word == "prefix":
            names[after[0]] = _joined(base, last[0])
    return base, names


def _joined(base: str, said: str) -> str:
    try:
        return urljoin(base, said.strip("<>"))
    except ValueError:  # of an address that is none, of which the engine tells
        return said.strip("<>")


def _expanded(name: str, names: dict[str, str]) -> str:
    prefix, _, local = name.partition(":")
    return names.get(f"{prefix}:", "") + local


def _clauses(marks: list[re.Match[str]]) -> Iterator[tuple[bool, re.Match[str]]]:
    """Yield the graph of each FROM clause outside all brackets, and whether it is a named one."""
    depth = 0
    for at, mark in enumerate(marks[:-1]):
        word = mark[0].casefold()
        depth += {"{": 1, "(": 1, "}": -1, ")": -1}.get(word, 0)
        if mark.lastgroup == "word" and word == "from" and not depth:
            named = marks[at + 1][0].casefold() == "named"
            for graph in marks[at + 1 + named : at + 2 + named]:
                if graph.lastgroup in {"iri", "name"}:
                    yield named, graph


def merged(
    engine: pyoxigraph.Store, default_graphs: Iterable[str], named_graphs: Sequence[str]
) -> pyoxigraph.Store:
    """Return an engine that holds the merge as its default graph, and the named graphs."""
    whole = pyoxigraph.Store()
    for iri in dict.fromkeys(default_graphs):
        whole.extend(_moved(engine, iri, DefaultGraph()))
    for iri in dict.fromkeys(named_graphs):
        whole.extend(_moved(engine, iri, NamedNode(iri)))
    return whole


def _moved(engine: pyoxigraph.Store, iri: str, target: NamedNode | DefaultGraph) -> Iterator[Quad]:
    for quad in engine.quads_for_pattern(None, None, None, NamedNode(iri)):
        yield Quad(quad.subject, quad.predicate, quad.object, target)
