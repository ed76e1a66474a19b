"""A query read into its parts: the triple patterns, as written, and what is not a triple pattern.

rdflib's parser reads it (https://www.w3.org/TR/sparql11-query/#sparqlGrammar); the text itself is
kept as well, so that it can be run again with something else in front of it.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from pyparsing import ParseBaseException
from rdflib import BNode
from rdflib.paths import Path as PropertyPath
from rdflib.plugins.sparql.algebra import (
    translatePath,
    translatePName,
    translatePrologue,
    traverse,
)
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import Identifier, Variable

from kg.sparql.blank_nodes import name_blank_nodes
from kg.sparql.dataset import dataset_clauses
from kg.sparql.tokens import Token, tokenize

_AGGREGATES = frozenset(("GROUP", "COUNT", "SUM", "AVG", "MIN", "MAX", "SAMPLE", "GROUP_CONCAT"))


class Unreadable(Exception):  # noqa: N818 - the name says what happened
    """The parts of a query cannot be separated; the message says why."""


@dataclass(frozen=True)
class Pattern:
    """One triple pattern; `graph` is the term after GRAPH that it stands under, if any."""

    terms: tuple[Identifier, Identifier, Identifier]
    graph: Identifier | None = None

    def __str__(self) -> str:
        """Return the pattern as SPARQL, without prefixes."""
        return " ".join(term.n3() for term in self.terms)


@dataclass(frozen=True)
class OtherPart:
    """A part of a query that is no triple pattern, and why its triples cannot be determined."""

    text: str
    reason: str


@dataclass
class QueryPatterns:
    """A query's parts: `head` ends before the answer's form, `group` is what WHERE holds.

    `required` patterns must match for there to be a row, in the order written; `patterns` are
    these and those of OPTIONAL and UNION.
    """

    prologue: str
    dataset: str
    group: str
    patterns: list[Pattern] = field(default_factory=list)
    required: list[Pattern] = field(default_factory=list)
    others: list[OtherPart] = field(default_factory=list)


def read_patterns(query: str) -> QueryPatterns:
    """Read a query into its parts; Unreadable if rdflib cannot read it or it has no group."""
    prologue, form, group = _split(query)
    group = name_blank_nodes(group)
    parts = QueryPatterns(prologue, dataset_clauses(form), group)
    try:
        tree = parseQuery(f"{prologue} {form} {{ {group} }}")
        names = translatePrologue(tree[0], None)
        body = traverse(tree[1], visitPost=functools.partial(translatePName, prologue=names))
        body = traverse(body, visitPost=translatePath)
    except (ParseBaseException, RecursionError) as error:
        raise Unreadable("it uses what the reader of its parts does not know") from error
    except Exception as error:  # rdflib raises the class itself for an unknown prefix
        raise Unreadable(str(error)) from error
    _walk(body.where, parts, required=True)
    if _aggregates(query):
        parts.others.append(OtherPart("GROUP BY or an aggregate", "a row stands for many matches"))
    return parts


def _split(query: str) -> tuple[str, str, str]:
    """Return what stands before the form of the query, the form up to WHERE, and the group."""
    tokens = tokenize(query)
    forms = (n for n, token in enumerate(tokens) if token.keyword in {"SELECT", "CONSTRUCT"})
    first = next(forms, len(tokens))
    opened = _opening(tokens, first)
    form = "SELECT *"
    if tokens[first].keyword == "CONSTRUCT":
        # The first braces of a CONSTRUCT hold its template.
        opened = _opening(tokens, _closing(tokens, opened))
    else:
        last = tokens[opened - 1]
        ends = last.start if last.keyword == "WHERE" else tokens[opened].start
        form = query[tokens[first].start : ends]
    group = query[tokens[opened].end : tokens[_closing(tokens, opened)].start]
    return query[: tokens[first].start], form, group


def _opening(tokens: Sequence[Token], start: int) -> int:
    """Return the place of the first opening brace from a place on that is in no parentheses."""
    depth = 0
    for at in range(start, len(tokens)):
        depth += {"(": 1, ")": -1}.get(tokens[at].text, 0)
        if tokens[at].text == "{" and not depth:
            return at
    raise Unreadable("it has no group of patterns")


def _closing(tokens: Sequence[Token], opened: int) -> int:
    """Return the place of the brace that closes the one at a place."""
    depth = 0
    for at in range(opened, len(tokens)):
        depth += {"{": 1, "}": -1}.get(tokens[at].text, 0)
        if not depth:
            return at
    raise Unreadable("its braces do not match")


def _walk(
    part: Any, parts: QueryPatterns, *, required: bool, graph: Identifier | None = None
) -> None:
    """Sort what a part of the parse tree holds."""
    if not isinstance(part, CompValue):
        return
    inner = part.part if "part" in part else []
    if part.name in {"GroupGraphPatternSub", "ToMultiSet"}:
        for member in inner or []:
            _walk(member, parts, required=required, graph=graph)
    elif part.name == "TriplesBlock":
        for flat in part.triples:
            _triples(list(flat), parts, required, graph)
    elif part.name == "OptionalGraphPattern":
        _walk(part.graph, parts, required=False, graph=graph)
    elif part.name == "GroupOrUnionGraphPattern":
        # A single branch is a group in braces, and no UNION.
        for branch in part.graph:
            _walk(branch, parts, required=required and len(part.graph) == 1, graph=graph)
    elif part.name == "GraphGraphPattern":
        _walk(part.graph, parts, required=required, graph=part.term)
    else:
        _name_other(part, parts)


def _name_other(part: CompValue, parts: QueryPatterns) -> None:
    if part.name == "SubSelect":
        parts.others.append(OtherPart("a SELECT within the query", "its rows are made apart"))
    elif part.name == "ServiceGraphPattern":
        parts.others.append(OtherPart(f"SERVICE {part.term.n3()}", "it is matched elsewhere"))
    elif part.name == "Filter" and _holds(part, "Builtin_EXISTS"):
        parts.others.append(OtherPart("FILTER EXISTS", "what it finds is not part of the row"))


def _holds(part: Any, name: str) -> bool:
    if isinstance(part, CompValue):
        return part.name == name or any(_holds(one, name) for one in part.values())
    return isinstance(part, list) and any(_holds(one, name) for one in part)


def _triples(
    flat: list[Any], parts: QueryPatterns, required: bool, graph: Identifier | None
) -> None:
    for at in range(0, len(flat), 3):
        terms = flat[at : at + 3]
        if isinstance(terms[1], PropertyPath):
            text = f"{terms[0].n3()} {terms[1].n3()} {terms[2].n3()}"
            parts.others.append(OtherPart(text, "a property path is walked, not matched"))
        elif any(isinstance(term, BNode) for term in terms):
            text = " ".join(term.n3() for term in terms)
            parts.others.append(OtherPart(text, "the cells of a list have no names"))
        else:
            pattern = Pattern((terms[0], terms[1], terms[2]), graph)
            parts.patterns.append(pattern)
            if required:
                parts.required.append(pattern)


def _aggregates(query: str) -> bool:
    return any(token.keyword in _AGGREGATES for token in tokenize(query))


def pattern_variables(pattern: Pattern) -> set[str]:
    """Return the names of a pattern's variables."""
    terms = (*pattern.terms, pattern.graph)
    return {str(term) for term in terms if isinstance(term, Variable)}
