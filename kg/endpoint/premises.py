"""The premises of an inferred statement: a rule's matches, with the rule run backwards."""

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

# Matches read per rule: of a thing with 100,000 statements each may be a premise.
MAX_MATCHES = 200

# The date that a rule selects from the matches of its inner group.
_SELECTED_DATE = re.compile(
    r"\{\s*SELECT \?\w+ \((?:MIN|MAX)\((\?\w+)\) AS (\?\w+)\)\s*WHERE (\{.*\})\s*"
    r"GROUP BY \?\w+\s*\}",
    re.DOTALL,
)
_ALTERNATIVES = re.compile(r"(\?\w+) \(?([\w-]+:\w+(?:\|[\w-]+:\w+)+)\)? (?=\?)")
_NOT_EXISTS = re.compile(r"FILTER NOT EXISTS \{[^{}]*\}")
_PREFIXED_NAME = re.compile(r"(?<![\w-])[\w-]++:[\w-]++")


def find_premises(store: Store, inferred: Triple) -> list[Triple]:
    """Return the statements from which a rule concludes this one, without itself.

    Of each rule, up to `MAX_MATCHES` matches are read.
    """
    premises: dict[Triple, None] = {}
    for heads, body in _rules():
        for head in heads:
            bindings = _unify(head, inferred)
            if bindings is not None:
                premises.update(dict.fromkeys(matching_triples(store, body, bindings, MAX_MATCHES)))
    premises.pop(inferred, None)
    # A branch of a rule that did not match may have its terms bound by another branch.
    return [premise for premise in premises if store.graphs_containing(premise)]


def matching_triples(
    store: Store, query: Parts, bindings: dict[str, Term], limit: int = 0
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


@lru_cache(maxsize=1)
def _rules() -> tuple[tuple[tuple[Pattern, ...], Parts], ...]:
    """Read each rule: the patterns that it concludes, and its body."""
    rules = []
    for path in sorted(RULES.rglob("*.rq")):
        text = read(path)
        try:
            start, end = text.index("{"), text.index("}")
            body = parts(_reverse(text, text[start:end]))
            head = parts(f"{body.prologue} SELECT * WHERE {text[start : end + 1]}")
        except Unreadable:
            continue  # the provenance of what it concludes is then named as untraceable
        if body.patterns:
            rules.append((tuple(head.patterns), body))
    return tuple(rules)


def _reverse(rule: str, head: str) -> str:
    """Rewrite a rule as a query for its premises, to run when its conclusion exists.

    The date that it selects becomes one that is bound, alternative properties each a match, and
    the condition that the conclusion does not exist yet is left out.

    >>> _reverse("CONSTRUCT { ?a x:p 1 } WHERE { FILTER NOT EXISTS { ?a x:p ?b } }", "{ ?a x:p 1")
    'CONSTRUCT { ?a x:p 1 } WHERE {  }'
    >>> _reverse("SELECT * { ?a (x:p|x:q) ?b }", "{")
    'SELECT * { VALUES ?kg_by_11 { x:p x:q } ?a ?kg_by_11 ?b }'
    """
    text = _SELECTED_DATE.sub(r"\3 BIND(\1 AS \2)", rule)
    text = _ALTERNATIVES.sub(_bind_alternatives, text)
    concluded = set(_PREFIXED_NAME.findall(head))
    return _NOT_EXISTS.sub(
        lambda match: "" if concluded & set(_PREFIXED_NAME.findall(match[0])) else match[0], text
    )


def _bind_alternatives(match: re.Match[str]) -> str:
    # Bound to a variable, so that the match shows which of the properties it is.
    variable = f"?kg_by_{match.start()}"
    names = match[2].replace("|", " ")
    return f"VALUES {variable} {{ {names} }} {match[1]} {variable} "


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
