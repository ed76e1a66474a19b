"""Which patterns a query reads: what it needs, and which terms they name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from rdflib import paths
from rdflib import term as rdf
from rdflib.plugins.sparql.parserutils import CompValue

from kg.spark.sparql.dataset import TYPE
from kg.spark.sparql.expressions import rdflib_term_text
from kg.spark.sparql.leaves import TripleLeaf, is_variable

# What a pattern with a variable for its predicate reads.
ANY = "anything"


def needed_leaves(node: Any, graph: rdf.Node | None = None) -> Iterator[TripleLeaf]:
    """Yield patterns without which there is no solution."""
    if node.name == "BGP":
        yield from (TripleLeaf.of(t, graph) for t in node.triples if not is_sequence(t[1]))
    elif node.name == "Graph":
        yield from needed_leaves(node.p, node.term)
    elif node.name not in {"Union", "values"}:
        groups = [node.p1, node.p2] if node.name == "Join" else [node.p or node.p1]
        for group in groups:
            yield from needed_leaves(group, graph)


def read_by(leaf: TripleLeaf) -> Iterator[str]:
    """Yield the predicates that a pattern reads; of members of a class, the class instead."""
    names = [rdflib_term_text(name) for name in _path_names(leaf.predicate)]
    if not names:
        yield ANY
    elif names == [TYPE] and not is_variable(leaf.object):
        yield rdflib_term_text(leaf.object)
    else:
        yield from names


def is_sequence(path: object) -> bool:
    """Tell whether a predicate is a path of several steps."""
    return isinstance(path, paths.SequencePath)


def all_leaves(node: Any, graph: rdf.Node | None = None) -> Iterator[TripleLeaf]:
    """Yield every triple of an algebra, with those within EXISTS."""
    if isinstance(node, list | tuple):
        for part in node:
            yield from all_leaves(part, graph)
    if not isinstance(node, CompValue):
        return
    name = node.name
    if name == "BGP":
        yield from (TripleLeaf.of(triple, graph) for triple in node.triples)
    elif name in {"Builtin_EXISTS", "Builtin_NOTEXISTS"}:
        yield from all_leaves(node.graph, graph)
    elif name == "Graph":
        yield from all_leaves(node.p, node.term)
    else:
        for key, value in node.items():
            if key not in {"_vars", "template"}:
                yield from all_leaves(value, graph)


def terms_of(leaf: TripleLeaf) -> Iterator[tuple[str, str]]:
    """Yield ("predicate" or "class" or "graph", term) for the terms that a pattern names."""
    names = list(_path_names(leaf.predicate))
    yield from (("predicate", rdflib_term_text(name)) for name in names)
    if [rdflib_term_text(name) for name in names] == [TYPE] and not is_variable(leaf.object):
        yield "class", rdflib_term_text(leaf.object)
    if leaf.graph is not None and not is_variable(leaf.graph):
        yield "graph", rdflib_term_text(leaf.graph)


def _path_names(path: object) -> Iterator[rdf.URIRef]:
    if isinstance(path, rdf.URIRef):
        yield path
    elif isinstance(path, paths.AlternativePath | paths.SequencePath):
        for step in path.args:
            yield from _path_names(step)
    elif isinstance(path, paths.InvPath):
        yield from _path_names(path.arg)
    elif isinstance(path, paths.MulPath):
        yield from _path_names(path.path)
