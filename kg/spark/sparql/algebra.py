"""rdflib's algebra: what is translated of it, and its variables, tests and patterns."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import paths
from rdflib import term as rdf
from rdflib.plugins.sparql.parserutils import CompValue

from kg.spark.sparql.dataset import TYPE
from kg.spark.sparql.expressions import OPERATORS, rdflib_term_text
from kg.spark.sparql.leaves import TripleLeaf, is_variable, name_of
from kg.spark.sparql.untranslated import UntranslatedError

# What a pattern with a variable for its predicate reads.
ANY = "anything"
EXISTS = {"Builtin_EXISTS": True, "Builtin_NOTEXISTS": False}

# Names of rdflib's algebra that are translated, but for expressions.
KNOWN = frozenset(
    {
        *("BGP", "Join", "Graph", "Filter", "LeftJoin", "TrueFilter", "Union", "Extend", "values"),
        *("ToMultiSet", "OrderBy", "OrderCondition", "Project", "Distinct", "Reduced"),
        *("AggregateJoin", "Group", "SelectQuery", "ConstructQuery", *EXISTS),
        *(f"Aggregate_{name}" for name in ("Count", "Min", "Max", "Sample")),
    }
)
_SPARQL_NAMES = {"Minus": "MINUS", "ServiceGraphPattern": "SERVICE", "Slice": "LIMIT or OFFSET"}


def check_known(node: Any) -> None:
    """Raise UntranslatedError for the first operator in an algebra that is not translated."""
    if isinstance(node, list | tuple):
        for part in node:
            check_known(part)
    elif isinstance(node, CompValue):
        if node.name not in KNOWN and node.name not in OPERATORS:
            raise UntranslatedError(written_as(node.name))
        # rdflib sets the translated group of an EXISTS beside the one that was parsed.
        parts = (
            [node.graph] if node.name in EXISTS else [v for k, v in node.items() if k != "_vars"]
        )
        for part in parts:
            check_known(part)


def written_as(name: str) -> str:
    """Return what a node of the algebra is called in SPARQL."""
    if name in _SPARQL_NAMES:
        return _SPARQL_NAMES[name]
    return name.removeprefix("Builtin_").removeprefix("Aggregate_").upper()


def conjuncts(expression: Any) -> list[Any]:
    """Return the tests that an expression is true if all of them are."""
    if getattr(expression, "name", "") == "ConditionalAndExpression":
        return [part for one in (expression.expr, *expression.other) for part in conjuncts(one)]
    return [expression]


def exists_in(expression: Any) -> Iterator[Any]:
    """Yield each EXISTS and NOT EXISTS of an expression, but for those within one."""
    if getattr(expression, "name", "") in EXISTS:
        yield expression
    elif isinstance(expression, Mapping):
        for value in expression.values():
            yield from exists_in(value)
    elif isinstance(expression, list):
        for value in expression:
            yield from exists_in(value)


def expression_variables(expression: Any) -> Iterator[str]:
    """Yield the variables of an expression, with those of an EXISTS in it."""
    if isinstance(expression, rdf.Variable):
        yield str(expression)
    elif getattr(expression, "name", "") in EXISTS:
        group, tests = peeled(expression.graph)
        yield from variables_in(group)
        for test in tests:
            yield from expression_variables(test)
    elif isinstance(expression, Mapping):
        for key, value in expression.items():
            if key != "_vars":
                yield from expression_variables(value)
    elif isinstance(expression, list):
        for value in expression:
            yield from expression_variables(value)


def variables_in(node: Any) -> frozenset[str]:
    """Return the variables that a group may bind."""
    match node.name:
        case "BGP":
            return frozenset(
                name_of(t) for triple in node.triples for t in triple if is_variable(t)
            )
        case "Project":
            return frozenset(str(name) for name in node.PV)
        case "Graph":
            name = {str(node.term)} if is_variable(node.term) else set()
            return variables_in(node.p) | name
        case "Extend":
            return variables_in(node.p) | {str(node.var)}
        case "AggregateJoin":
            return frozenset(str(aggregate.res) for aggregate in node.A)
        case "values":
            return frozenset(str(name) for row in node.res for name in row)
    # Of rdflib's nodes, an attribute that is not there is None.
    groups = [group for group in (node.p, node.p1, node.p2) if group is not None]
    return frozenset().union(*(variables_in(group) for group in groups))


def peeled(group: Any) -> tuple[Any, list[Any]]:
    """Return a group without the filters around it, and their tests."""
    tests = []
    while group.name == "Filter":
        tests += conjuncts(group.expr)
        group = group.p
    return group, tests


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
