"""One step back from a statement that was inferred: the rule, run backwards."""

from __future__ import annotations

import re
from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef
from rdflib.term import Identifier, Variable

from kg.model.text_files import read
from kg.pipeline.derive import RULES
from kg.sparql.patterns import Parts, Pattern, Unreadable, parts
from kg.store.store import Store, Term

# So many matches of a rule are read: of a thing with 100,000 statements each may be a premise.
MOST_WAYS = 200

# The date that a rule picks, made of the matches of its inner group.
_PICKED = re.compile(
    r"\{\s*SELECT \?\w+ \((?:MIN|MAX)\((\?\w+)\) AS (\?\w+)\)\s*WHERE (\{.*\})\s*"
    r"GROUP BY \?\w+\s*\}",
    re.DOTALL,
)
_EITHER = re.compile(r"(\?\w+) \(?([\w-]+:\w+(?:\|[\w-]+:\w+)+)\)? (?=\?)")
_UNLESS = re.compile(r"FILTER NOT EXISTS \{[^{}]*\}")
_NAME = re.compile(r"(?<![\w-])[\w-]++:[\w-]++")


def find_premises(store: Store, inferred: Triple) -> list[Triple]:
    """Return the statements from which one rule each concludes this one, without itself.

    Of each rule `MOST_WAYS` matches are read.
    """
    found: dict[Triple, None] = {}
    for heads, rule in _rules():
        for head in heads:
            bound = _unified(head, inferred)
            if bound is not None:
                found.update(dict.fromkeys(matching_triples(store, rule, bound, MOST_WAYS)))
    found.pop(inferred, None)
    # A branch of a rule that did not match may still have its terms bound by another.
    return [premise for premise in found if store.graphs_containing(premise)]


def matching_triples(
    store: Store, read_query: Parts, bound: dict[str, Term], most: int = 0
) -> list[Triple]:
    """Return the triples that the patterns of a query match with some variables bound.

    With `most`, those of so many matches.
    """
    template = " . ".join(str(pattern) for pattern in read_query.patterns)
    text = (
        f"{read_query.prologue} CONSTRUCT {{ {template} }} "
        f"{read_query.dataset} WHERE {{ {read_query.group} }}"
        f"{f' LIMIT {most}' if most else ''}"
    )
    return store.construct(text, **bound)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[tuple[Pattern, ...], Parts], ...]:
    """Read each rule: what it concludes, and what from."""
    found = []
    for path in sorted(RULES.rglob("*.rq")):
        text = read(path)
        try:
            start, end = text.index("{"), text.index("}")
            body = parts(_backwards(text, text[start:end]))
            head = parts(f"{body.prologue} SELECT * WHERE {text[start : end + 1]}")
        except Unreadable:
            continue  # what it concludes is then named as beyond one step
        if body.patterns:
            found.append((tuple(head.patterns), body))
    return tuple(found)


def _backwards(rule: str, head: str) -> str:
    """Return a rule as a query of what it concludes from, once its conclusion is there.

    A date that it picks is one that is given; of alternative properties each is a match; and that
    the conclusion is not there already is no condition any more.

    >>> _backwards("CONSTRUCT { ?a x:p 1 } WHERE { FILTER NOT EXISTS { ?a x:p ?b } }", "{ ?a x:p 1")
    'CONSTRUCT { ?a x:p 1 } WHERE {  }'
    >>> _backwards("SELECT * { ?a (x:p|x:q) ?b }", "{")
    'SELECT * { VALUES ?kg_by_11 { x:p x:q } ?a ?kg_by_11 ?b }'
    """
    text = _PICKED.sub(r"\3 BIND(\1 AS \2)", rule)
    text = _EITHER.sub(_one_of, text)
    concluded = set(_NAME.findall(head))
    return _UNLESS.sub(lambda m: "" if concluded & set(_NAME.findall(m[0])) else m[0], text)


def _one_of(found: re.Match[str]) -> str:
    variable = f"?kg_by_{found.start()}"
    names = found[2].replace("|", " ")
    return f"VALUES {variable} {{ {names} }} {found[1]} {variable} "


def _unified(head: Pattern, triple: Triple) -> dict[str, Term] | None:
    """Return what a rule's variables must be for it to conclude a triple; None if it cannot."""
    bound: dict[str, Term] = {}
    for term, value in zip(head.terms, triple, strict=True):
        if isinstance(term, Variable):
            if bound.setdefault(str(term), value) != value:
                return None
        elif _engine_term(term) != value:
            return None
    return bound


def _engine_term(term: Identifier) -> Term:
    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, RdflibLiteral):
        kind = None if term.language or not term.datatype else NamedNode(str(term.datatype))
        return Literal(str(term), datatype=kind, language=term.language)
    return BlankNode(str(term))
