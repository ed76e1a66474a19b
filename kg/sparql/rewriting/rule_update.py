"""A rule as SPARQL Update: what it concludes is inserted where it runs, nothing is sent back."""

from __future__ import annotations

from collections.abc import Sequence

from pyoxigraph import NamedNode

from kg.sparql.tokens import Token, fits, tokenize

# A template of several triples would insert those that are stated too; one of new blank nodes
# would never come to an end. `a` and `.` are all that may stand beside three terms.
_TERMS = frozenset(("iri", "name", "variable", "string", "number", "word", "language"))
_MOST_TOKENS = 5


def rule_update(rule: str, target: NamedNode) -> str:
    """Return the update that inserts what a CONSTRUCT concludes and the default graph lacks.

    It goes to the default graph and to the target. "" for a rule that cannot be written so: one
    that concludes several triples, or new blank nodes.

    >>> print(rule_update("CONSTRUCT { ?a x:p ?b } WHERE { ?b x:q ?a }", NamedNode("x:inferred")))
    INSERT { ?a x:p ?b . GRAPH <x:inferred> { ?a x:p ?b } }
    WHERE { { SELECT * WHERE { ?b x:q ?a } } FILTER NOT EXISTS { ?a x:p ?b } }
    """
    tokens = tokenize(rule)
    start = next((n for n, token in enumerate(tokens) if token.keyword == "CONSTRUCT"), -1)
    if start < 0 or not fits(tokens, start, "CONSTRUCT {"):
        return ""
    closed = next(n for n, token in enumerate(tokens) if n > start and token.text == "}")
    template = tokens[start + 2 : closed]
    where = _where(rule, tokens[closed + 1 :])
    if not where or not _is_one_triple(template):
        return ""
    triple = rule[template[0].start : template[-1].end].rstrip(" .")
    conclusion = f"{triple} . GRAPH {target} {{ {triple} }}"
    prologue = rule[tokens[0].start : tokens[start].start]
    return (
        f"{prologue}INSERT {{ {conclusion} }}\n"
        f"WHERE {{ {{ SELECT * WHERE {where} }} FILTER NOT EXISTS {{ {triple} }} }}"
    )


def _where(rule: str, tokens: Sequence[Token]) -> str:
    """Return the pattern and what modifies it; "" if a dataset is named, which an update has not.

    An update has no ORDER BY or LIMIT, but a query within it has.
    """
    if not tokens or tokens[0].keyword == "FROM":
        return ""
    opened = tokens[1 if tokens[0].keyword == "WHERE" else 0]
    return rule[opened.start : tokens[-1].end] if opened.text == "{" else ""


def _is_one_triple(template: Sequence[Token]) -> bool:
    terms = [token for token in template if token.text != "."]
    last = len(template) - 1
    dots = all(token.text != "." or place == last for place, token in enumerate(template))
    return dots and 3 <= len(terms) <= _MOST_TOKENS and all(t.kind in _TERMS for t in terms)
