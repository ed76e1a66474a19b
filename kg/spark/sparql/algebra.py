"""rdflib's algebra as it is: what is known of it, and which variables and tests are in it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rdflib import term as rdf
from rdflib.plugins.sparql.parserutils import CompValue

from kg.spark.sparql.expressions import OPERATORS
from kg.spark.sparql.leaves import is_variable, name_of
from kg.spark.sparql.untranslated import UntranslatedError

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
            own = {str(node.term)} if is_variable(node.term) else set()
            return variables_in(node.p) | own
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
