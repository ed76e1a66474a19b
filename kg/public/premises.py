"""One step back from a statement that was inferred: the rule, run backwards."""

from __future__ import annotations

from functools import lru_cache

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef
from rdflib.term import Identifier, Variable

from kg.build.derive import RULES
from kg.public.patterns import Parts, Pattern, Unreadable, parts
from kg.store import Store, Term
from kg.text import read


def premises(store: Store, inferred: Triple) -> list[Triple]:
    """Return the statements from which one rule each concludes this one, without itself."""
    found: dict[Triple, None] = {}
    for heads, rule in _rules():
        for head in heads:
            bound = _unified(head, inferred)
            if bound is not None:
                found.update(dict.fromkeys(matched(store, rule, bound)))
    found.pop(inferred, None)
    return list(found)


def matched(store: Store, read_query: Parts, bound: dict[str, Term]) -> list[Triple]:
    """Return the triples that the patterns of a query match with some variables bound."""
    template = " . ".join(str(pattern) for pattern in read_query.patterns)
    text = (
        f"{read_query.prologue} CONSTRUCT {{ {template} }} "
        f"{read_query.dataset} WHERE {{ {read_query.group} }}"
    )
    return store.construct(text, **bound)


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[tuple[Pattern, ...], Parts], ...]:
    """Read each rule: what it concludes, and what from."""
    found = []
    for path in sorted(RULES.rglob("*.rq")):
        text = read(path)
        try:
            body = parts(text)
            start, end = text.index("{"), text.index("}")
            head = parts(f"{body.prologue} SELECT * WHERE {text[start : end + 1]}")
        except Unreadable:
            continue  # what it concludes is then named as beyond one step
        if body.patterns:
            found.append((tuple(head.patterns), body))
    return tuple(found)


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
