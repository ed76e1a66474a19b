"""The premises of an inferred statement: a rule's matches, with the rule run backwards."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from contextlib import suppress
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from pyoxigraph import BlankNode, Literal, NamedNode, Triple
from rdflib import Literal as RdflibLiteral
from rdflib import URIRef
from rdflib.term import Identifier, Variable

from kg.model.source_texts import SourceTexts
from kg.sparql.patterns import Pattern, QueryPatterns, Unreadable, pattern_variables
from kg.sparql.rules import Rule, may_conclude, read_rule
from kg.store.store import Store, Term

# Matches read per rule: of a thing with 100,000 statements each may be a premise.
MAX_MATCHES = 200


def find_premises(store: Store, inferred: Triple) -> dict[Triple, list[NamedNode]]:
    """Return the statements from which a rule concludes this one, each with its graphs.

    It is not among them. Of each rule, up to `MAX_MATCHES` matches are read.
    """
    premises: dict[Triple, None] = {}
    for rule in _rules(store.texts, inferred.predicate):
        for head in rule.conclusions:
            bindings = _unify(head, inferred)
            if bindings is not None:
                matches = matching_triples(store, rule.premises, bindings, MAX_MATCHES)
                premises.update(dict.fromkeys(matches))
    premises.pop(inferred, None)
    # A branch of a rule that did not match may have its terms bound by another branch.
    return _with_graphs(store, premises)


class PremiseSets(NamedTuple):
    """The premises of a statement match by match, and the graphs of each premise."""

    sets: list[list[Triple]]
    graphs: dict[Triple, list[NamedNode]]


def premise_sets(store: Store, inferred: Triple) -> PremiseSets:
    """Return the premises of a statement match by match, those of fewest premises first."""
    matches = [
        [_instance(pattern, row) for pattern in rule.premises.patterns]
        for rule in _rules(store.texts, inferred.predicate)
        for head in rule.conclusions
        if (bindings := _unify(head, inferred)) is not None
        for row in _rows(store, rule.premises, bindings)
    ]
    # What an optional part or another branch would add need not be there.
    graphs = _with_graphs(store, dict.fromkeys(filter(None, chain.from_iterable(matches))))
    premises = (
        tuple(dict.fromkeys(triple for triple in match if triple and triple in graphs))
        for match in matches
    )
    sets = [list(each) for each in dict.fromkeys(premises) if each and inferred not in each]
    return PremiseSets(sorted(sets, key=len), graphs)


def _with_graphs(store: Store, triples: Collection[Triple]) -> dict[Triple, list[NamedNode]]:
    """Return the triples that are in some graph, with their graphs."""
    of_each = zip(triples, store.graphs_containing_each(triples), strict=True)
    return {triple: graphs for triple, graphs in of_each if graphs}


def _rows(
    store: Store, query: QueryPatterns, bindings: dict[str, Term]
) -> Iterator[dict[str, Term]]:
    names = {name for pattern in query.patterns for name in pattern_variables(pattern)}
    variables = " ".join(f"?{name}" for name in sorted(names | set(bindings)))
    text = f"{query.prologue} SELECT {variables} WHERE {{ {query.group} }} LIMIT {MAX_MATCHES}"
    for row in store.select(text, **bindings):
        yield row | bindings


def _instance(pattern: Pattern, row: dict[str, Term]) -> Triple | None:
    terms = [
        row.get(str(term)) if isinstance(term, Variable) else _engine_term(term)
        for term in pattern.terms
    ]
    return Triple(*terms) if None not in terms else None  # type: ignore[arg-type]


def matching_triples(
    store: Store, query: QueryPatterns, bindings: dict[str, Term], limit: int = 0
) -> list[Triple]:
    """Return the triples that a query's patterns match with some variables bound.

    With a `limit`, those of so many solutions.
    """
    template = " . ".join(str(pattern) for pattern in query.patterns)
    text = (
        f"{query.prologue} CONSTRUCT {{ {template} }} "
        f"{query.dataset} WHERE {{ {query.group} }}"
        f"{f' LIMIT {limit}' if limit else ''}"
    )
    return store.construct(text, **bindings)


def _rules(texts: SourceTexts, property_: NamedNode) -> Iterator[Rule]:
    """Read the rules that may conclude statements of a property and can be reversed."""
    for text in texts.rules():
        rule = _rule(text) if may_conclude(text, property_.value) else None
        if rule and rule.premises.patterns:
            yield rule


# The rules of two builds, which are open at a time when one replaces the other.
@lru_cache(maxsize=128)
def _rule(text: str) -> Rule | None:
    # The provenance of a rule that cannot be reversed is untraceable.
    with suppress(Unreadable):
        return read_rule(text)
    return None


def _unify(head: Pattern, triple: Triple) -> dict[str, Term] | None:
    """Return the bindings with which a rule's head is this triple; None if there are none."""
    bindings: dict[str, Term] = {}
    for term, value in zip(head.terms, triple, strict=True):
        if isinstance(term, Variable):
            if bindings.setdefault(str(term), value) != value:
                return None
        elif _engine_term(term) != value:
            return None
    return bindings


def _engine_term(term: Identifier) -> Term:
    if isinstance(term, URIRef):
        return NamedNode(str(term))
    if isinstance(term, RdflibLiteral):
        datatype = None if term.language or not term.datatype else NamedNode(str(term.datatype))
        return Literal(str(term), datatype=datatype, language=term.language)
    return BlankNode(str(term))
