"""Rules read backwards: from a conclusion to the patterns that it follows from."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.sparql.patterns import Pattern, QueryPatterns, read_patterns
from kg.sparql.tokens import Token, fits, tokenize

_AGGREGATE = "{ SELECT variable ( MIN/MAX ( variable ) AS variable ) WHERE {"
_GROUPING = "} GROUP BY variable }"
_UNLESS = "FILTER NOT EXISTS {"

# A replacement of the text between two offsets.
_Edit = tuple[int, int, str]


@dataclass(frozen=True)
class Rule:
    """The patterns that a rule concludes, and those of its premises."""

    conclusions: tuple[Pattern, ...]
    premises: QueryPatterns


def read_rule(text: str) -> Rule:
    """Read a CONSTRUCT rule so that the premises of a conclusion can be queried.

    Unreadable if its patterns cannot be separated.
    """
    opened, closed = _head(tokenize(text))
    premises = read_patterns(_premises_of(text))
    template = text[opened.start : closed.end]
    conclusions = read_patterns(f"{premises.prologue} SELECT * WHERE {template}")
    return Rule(tuple(conclusions.patterns), premises)


def may_conclude(text: str, property_: str) -> bool:
    """Tell without reading a rule whether it may conclude statements of a property, by its IRI.

    To read a rule takes a hundred times as long; of most, the template shows that it cannot.

    >>> rule = "CONSTRUCT { ?a x:p ?b ; a x:C } WHERE { ?b x:q ?a }"
    >>> [may_conclude(rule, f"http://example.org/{name}") for name in ("p", "q")]
    [True, False]
    >>> may_conclude("CONSTRUCT { ?a ?p ?b } WHERE { ?a ?q ?b }", "http://example.org/q")
    True
    """
    tokens = tokenize(text)
    opened, closed = _head(tokens)
    template = [token.text for token in tokens if opened.start <= token.start < closed.start]
    if any(mark in text for text in template for mark in "[(\\"):
        return True
    verbs = [
        template[n + (1 if before == ";" else 2)]
        for n, before in enumerate(template)
        if before in {"{", ".", ";"} and n + 2 < len(template)
    ]
    return any(_may_be(verb, property_) for verb in verbs)


def _may_be(verb: str, property_: str) -> bool:
    # A prefix may end anywhere in the IRI, but what follows it ends the IRI.
    local = re.split("[#/:]", verb.strip("<>"))[-1]
    return verb[0] in "?$" or property_.endswith("type" if verb == "a" else local)


def _head(tokens: Sequence[Token]) -> tuple[Token, Token]:
    """Return the braces of the template."""
    # A template has no braces within (SPARQL 1.1, rules 73 to 75).
    opened = next(token for token in tokens if token.text == "{")
    return opened, next(token for token in tokens if token.text == "}")


def _premises_of(rule: str) -> str:
    """Return a rule as a query of its premises, to be run once its conclusion holds.

    A date that it picks may be any date, each of several properties is another match, and that
    the conclusion does not hold yet is no condition any more.

    >>> _premises_of("CONSTRUCT { ?a x:p 1 } WHERE { FILTER NOT EXISTS { ?a x:p ?b } }")
    'CONSTRUCT { ?a x:p 1 } WHERE {  }'
    >>> _premises_of("CONSTRUCT { ?a x:r ?b } { ?a (x:p|x:q) ?b }")
    'CONSTRUCT { ?a x:r ?b } { VALUES ?kg_by_26 { x:p x:q } ?a ?kg_by_26 ?b }'
    """
    tokens = tokenize(rule)
    conditions = list(_conditions(tokens))
    within = [(start, end) for start, end, _ in conditions]
    edits = [*_picks(tokens), *_alternatives(tokens)]
    edits = [e for e in edits if not any(start <= e[0] < end for start, end in within)]
    written, last = [], 0
    for start, end, text in sorted([*conditions, *edits]):
        written += [rule[last:start], text]
        last = end
    return "".join([*written, rule[last:]])


def _picks(tokens: Sequence[Token]) -> Iterator[_Edit]:
    """Write the group of a SELECT of the first or last date, and BIND its variable."""
    size = len(_AGGREGATE.split())
    for at in range(len(tokens)):
        if fits(tokens, at, _AGGREGATE):
            value, name = tokens[at + 6].text, tokens[at + 9].text
            group = at + size - 1
            closed = next(n for n in range(group, len(tokens)) if fits(tokens, n, _GROUPING))
            end = tokens[closed + len(_GROUPING.split()) - 1].end
            yield tokens[at].start, tokens[group].start, ""
            yield tokens[closed].end, end, f" BIND({value} AS {name})"


def _alternatives(tokens: Sequence[Token]) -> Iterator[_Edit]:
    """Write a variable, with its VALUES, for a path that is one of several properties."""
    for at, subject in enumerate(tokens):
        if subject.kind != "variable":
            continue
        first = last = at + 1 + fits(tokens, at + 1, "(")
        while fits(tokens, last, "name | name"):
            last += 2
        end = last + fits(tokens, last + 1, ")")
        if last > first and fits(tokens, end + 1, "variable"):
            names = " ".join(token.text for token in tokens[first : last + 1 : 2])
            name = f"?kg_by_{subject.start}"
            text = f"VALUES {name} {{ {names} }} {subject.text} {name}"
            yield subject.start, tokens[end].end, text


def _conditions(tokens: Sequence[Token]) -> Iterator[_Edit]:
    """Leave out each FILTER NOT EXISTS that names what the rule concludes."""
    opened, closed = _head(tokens)
    concluded = {
        t.text for t in tokens if t.kind == "name" and opened.start < t.start < closed.start
    }
    for at, token in enumerate(tokens):
        if fits(tokens, at, _UNLESS):
            ends = next(n for n in range(at, len(tokens)) if tokens[n].text == "}")
            if concluded & {t.text for t in tokens[at:ends] if t.kind == "name"}:
                yield token.start, tokens[ends].end, ""
