"""A thing's statements grouped by property, as its page lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.sparql.named_queries import page_query
from kg.statements.edges import StatementEdge
from kg.statements.footnotes import Footnotes
from kg.statements.statement import Statement, reading_order
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.display import display_term as term_value
from kg.terms.display import display_thing, display_value, value_order
from kg.terms.vocabulary import Vocabulary, text

# A page shows so many statements of a property; the rest have pages of their own.
STATEMENTS_SHOWN = 6


@dataclass(frozen=True)
class StatementGroup:
    """Statements that share a property; `total` counts those beyond the ones listed too."""

    label: str
    property: str
    statements: tuple[Statement, ...]
    total: int


@per_store
def _key_facts(store: Store) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.select(page_query("key-facts")):
        found[text(row["class"])].add(text(row["property"]))
    return {iri: frozenset(known) for iri, known in found.items()}


def featured_properties(store: Store, classes: Iterable[str]) -> frozenset[str]:
    """Return the key facts of these classes: properties that a page lists first."""
    facts = _key_facts(store)
    return frozenset().union(*(facts.get(iri, frozenset()) for iri in classes))


def group_statements(
    vocabulary: Vocabulary,
    node: NamedNode,
    found: Iterable[StatementEdge],
    footnotes: Footnotes,
    cut: Mapping[str, int],
    *,
    outwards: bool,
    first: frozenset[str] = frozenset(),
) -> tuple[StatementGroup, ...]:
    """Group statements by property in the order of display, those of `first` before others."""
    by_property: dict[str, list[StatementEdge]] = defaultdict(list)
    for edge in found:
        by_property[edge.predicate].append(edge)
    groups = []
    for name in sorted(by_property, key=lambda n: (n not in first, vocabulary.property_order(n))):
        ordered = sorted(by_property[name], key=lambda e: _edge_order(vocabulary, e))
        listed = ordered[:STATEMENTS_SHOWN]
        listed = ordered if len(ordered) - len(listed) == 1 else listed
        statements = tuple(_statement(vocabulary, node, e, footnotes, outwards) for e in listed)
        label = vocabulary.term_label(name) if outwards else vocabulary.inverse_label(name)
        groups.append(StatementGroup(label, name, statements, cut.get(name, len(ordered))))
    return tuple(groups)


def _edge_order(vocabulary: Vocabulary, edge: StatementEdge) -> tuple[object, ...]:
    """Sort what somebody says before what only the rules add, then as values are sorted."""
    return (not edge.asserted, *value_order(vocabulary, display_value(vocabulary, edge.other)))


def inferred_statements(
    vocabulary: Vocabulary,
    node: NamedNode,
    ends: list[tuple[StatementEdge, bool]],
    notes: Footnotes,
) -> tuple[Statement, ...]:
    """Put the bookkeeping that rules add into words, in reading order."""
    statements = (_statement(vocabulary, node, edge, notes, out) for edge, out in ends)
    return tuple(sorted(statements, key=lambda s: reading_order(vocabulary, s)))


def _statement(
    vocabulary: Vocabulary,
    node: NamedNode,
    edge: StatementEdge,
    footnotes: Footnotes,
    outwards: bool,
) -> Statement:
    here, there = display_thing(vocabulary, node.value), display_value(vocabulary, edge.other)
    subject, target = (here, there) if outwards else (there, here)
    notes, marks = footnotes.of(edge)
    return Statement(subject, term_value(vocabulary, edge.predicate), target, notes, marks)
