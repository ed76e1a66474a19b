"""A query read into its parts: the triple patterns, as written, and what is not a triple pattern.

rdflib's parser reads it (https://www.w3.org/TR/sparql11-query/#sparqlGrammar); the text itself is
kept beside, so that it can be asked again with something else in front of it.
"""

from __future__ import annotations

import functools
import re
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

from kg.sparql.tokens import MARK

_ENDS = {"optional", "filter", "bind", "graph", "minus", "values", "service", "union"}
# A name that no visitor's variable has.
_OWN = "kg_node_"


class Unreadable(Exception):  # noqa: N818 - the name says what happened
    """The query is not one whose parts can be told; the message says why."""


@dataclass(frozen=True)
class Pattern:
    """One triple pattern; `graph` is the term after GRAPH that it stands under, if any."""

    terms: tuple[Identifier, Identifier, Identifier]
    graph: Identifier | None = None

    def __str__(self) -> str:
        """Return the pattern as SPARQL, without prefixes."""
        return " ".join(term.n3() for term in self.terms)


@dataclass(frozen=True)
class Other:
    """A part of a query that is no triple pattern, and why its triples cannot be told."""

    text: str
    reason: str


@dataclass
class Parts:
    """A query's parts: `head` ends before the answer's form, `group` is what WHERE holds.

    `required` patterns must match for there to be a row, in the order written; `patterns` are
    these and those of OPTIONAL and UNION.
    """

    prologue: str
    dataset: str
    group: str
    patterns: list[Pattern] = field(default_factory=list)
    required: list[Pattern] = field(default_factory=list)
    others: list[Other] = field(default_factory=list)


def parts(query: str) -> Parts:
    """Read a query into its parts; Unreadable if rdflib cannot read it or it has no group."""
    prologue, form, group = _split(query)
    group = _named_nodes(group)
    dataset = " ".join(
        re.findall(r"(?i)\bFROM\s++(?:NAMED\s++)?+(?:<[^<>\s]*+>|[\w.-]*+:[\w.-]*+)", form)
    )
    found = Parts(prologue, dataset, group)
    try:
        tree = parseQuery(f"{prologue} {form} {{ {group} }}")
        names = translatePrologue(tree[0], None)
        body = traverse(tree[1], visitPost=functools.partial(translatePName, prologue=names))
        body = traverse(body, visitPost=translatePath)
    except (ParseBaseException, RecursionError) as error:
        raise Unreadable("it uses what the reader of its parts does not know") from error
    except Exception as error:  # rdflib raises the class itself for an unknown prefix
        raise Unreadable(str(error)) from error
    _walk(body.where, found, required=True)
    if _aggregates(query):
        found.others.append(Other("GROUP BY or an aggregate", "a row stands for many matches"))
    return found


def _split(query: str) -> tuple[str, str, str]:
    """Return what stands before the form of the query, the form up to WHERE, and the group."""
    start, depth, opened = -1, 0, -1
    for mark in MARK.finditer(query):
        word = mark[0].casefold()
        if start < 0 and mark.lastgroup == "word" and word in {"select", "construct"}:
            start = mark.start()
        if word in {"(", ")"}:
            depth += 1 if word == "(" else -1
        if start >= 0 and word == "{" and not depth:
            opened = mark.start()
            if query[start : start + 9].casefold() == "construct":
                opened = query.index("{", _closing(query, opened))
            break
    if opened < 0:
        raise Unreadable("it has no group of patterns")
    form = re.sub(r"(?i)\bWHERE\Z", "", query[start:opened].rstrip())
    if form[:9].casefold() == "construct":
        form = "SELECT *"
    return query[:start], form, query[opened + 1 : _closing(query, opened)]


def _closing(query: str, opened: int) -> int:
    depth = 0
    for mark in MARK.finditer(query, opened):
        if mark[0] in {"{", "}"}:
            depth += 1 if mark[0] == "{" else -1
            if not depth:
                return mark.start()
    raise Unreadable("its braces do not match")


def _named_nodes(group: str) -> str:
    """Write variables for blank nodes, so that what they match can be told.

    >>> _named_nodes("?s ?p [ a ?c ] . ?s ?q _:x")
    '?s ?p ?kg_node_2   . ?kg_node_2  a ?c  . ?s ?q ?kg_node_x'
    """
    opened = [_Bracket("")]
    last = 0
    for count, mark in enumerate(MARK.finditer(group)):
        sign, within = mark[0].casefold(), opened[-1]
        ends = sign in {".", "{", "}"} or sign in _ENDS
        if sign not in {"[", "]"} and mark.lastgroup != "blank" and not (ends and within.pending):
            continue
        within.written.append(group[last : mark.start()])
        last = mark.end()
        if sign == "[":
            opened.append(_Bracket(f"?{_OWN}{count}"))
            within.written += [opened[-1].name, " "]
        elif sign == "]":
            _close(opened)
        elif mark.lastgroup == "blank":
            within.written.append(f"?{_OWN}{re.sub(r'[.-]', '_', mark[0][2:])}")
        else:
            last = mark.start()
            _end_triples(within, sign)
    if len(opened) > 1:
        raise Unreadable("its brackets do not match")
    return "".join([*opened[0].written, group[last:], *opened[0].pending])


@dataclass
class _Bracket:
    """What is written within a blank node's brackets, and what is to follow the triples there."""

    name: str
    written: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)


def _close(opened: list[_Bracket]) -> None:
    """Have what stands in the last bracket follow the triples of the one around it."""
    inner = opened.pop()
    if not opened:
        raise Unreadable("its brackets do not match")
    text = "".join(inner.written + inner.pending)
    if text.strip():
        opened[-1].pending.append(f" . {inner.name} {text}")


def _end_triples(within: _Bracket, sign: str) -> None:
    """Write what was to follow the triples that end here."""
    within.written += [*within.pending, " "]
    if sign in _ENDS or sign == "{":
        within.written.append(". ")
    within.pending = []


def _walk(part: Any, found: Parts, *, required: bool, graph: Identifier | None = None) -> None:
    """Sort what a part of the parse tree holds."""
    if not isinstance(part, CompValue):
        return
    inner = part.part if "part" in part else []
    if part.name in {"GroupGraphPatternSub", "ToMultiSet"}:
        for one in inner or []:
            _walk(one, found, required=required, graph=graph)
    elif part.name == "TriplesBlock":
        for flat in part.triples:
            _triples(list(flat), found, required, graph)
    elif part.name == "OptionalGraphPattern":
        _walk(part.graph, found, required=False, graph=graph)
    elif part.name == "GroupOrUnionGraphPattern":
        for one in part.graph:
            _walk(one, found, required=required and len(part.graph) == 1, graph=graph)
    elif part.name == "GraphGraphPattern":
        _walk(part.graph, found, required=required, graph=part.term)
    else:
        _name_other(part, found)


def _name_other(part: CompValue, found: Parts) -> None:
    if part.name == "SubSelect":
        found.others.append(Other("a SELECT within the query", "its rows are made apart"))
    elif part.name == "ServiceGraphPattern":
        found.others.append(Other(f"SERVICE {part.term.n3()}", "it is matched elsewhere"))
    elif part.name == "Filter" and _holds(part, "Builtin_EXISTS"):
        found.others.append(Other("FILTER EXISTS", "what it finds is not part of the row"))


def _holds(part: Any, name: str) -> bool:
    if isinstance(part, CompValue):
        return part.name == name or any(_holds(one, name) for one in part.values())
    return isinstance(part, list) and any(_holds(one, name) for one in part)


def _triples(flat: list[Any], found: Parts, required: bool, graph: Identifier | None) -> None:
    for at in range(0, len(flat), 3):
        terms = flat[at : at + 3]
        if isinstance(terms[1], PropertyPath):
            text = f"{terms[0].n3()} {terms[1].n3()} {terms[2].n3()}"
            found.others.append(Other(text, "a property path is walked, not matched"))
        elif any(isinstance(term, BNode) for term in terms):
            text = " ".join(term.n3() for term in terms)
            found.others.append(Other(text, "the cells of a list have no names"))
        else:
            pattern = Pattern((terms[0], terms[1], terms[2]), graph)
            found.patterns.append(pattern)
            if required:
                found.required.append(pattern)


def _aggregates(query: str) -> bool:
    words = {mark[0].casefold() for mark in MARK.finditer(query) if mark.lastgroup == "word"}
    return bool(words & {"group", "count", "sum", "avg", "min", "max", "sample", "group_concat"})


def variables(pattern: Pattern) -> set[str]:
    """Return the names of a pattern's variables."""
    terms = (*pattern.terms, pattern.graph)
    return {str(term) for term in terms if isinstance(term, Variable)}
