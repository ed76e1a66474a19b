"""A thing's statements grouped by property, as its page lists them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import TERM
from kg.sparql.named_queries import page_query
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.footnotes import Footnotes, describe_edge
from kg.statements.statement import Statement, reading_order
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.date_text import format_dates
from kg.terms.display import display_value, value_order
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary

# Statements listed per property; the rest have pages of their own (`property_statements`).
STATEMENTS_SHOWN = 6


# That somebody has held a position follows from a tenure, a thing of its own: alone it would be
# inferred, without a day or a footnote.
_HELD = TERM + "holdsPosition"


@dataclass(frozen=True)
class StatementGroup:
    """Statements that share a property; `total` counts those that are not listed too."""

    label: str
    property: str
    statements: tuple[Statement, ...]
    total: int


def group_statements(
    vocabulary: Vocabulary,
    node: NamedNode,
    edges: Iterable[StatementEdge],
    footnotes: Footnotes,
    totals: Mapping[str, int],
    *,
    outwards: bool,
    first: frozenset[str] = frozenset(),
) -> tuple[StatementGroup, ...]:
    """Group edges by property in display order, the properties of `first` before others.

    `totals` counts, by property, the statements of properties that were not read completely.
    """
    by_property: dict[str, list[StatementEdge]] = defaultdict(list)
    for edge in edges:
        by_property[edge.predicate].append(edge)
    groups = []
    for iri in sorted(by_property, key=lambda p: (p not in first, vocabulary.property_order(p))):
        ordered = sorted(by_property[iri], key=lambda edge: _edge_order(vocabulary, edge))
        listed = tuple(
            describe_edge(vocabulary, node, edge, footnotes, outwards) for edge in _listed(ordered)
        )
        label = vocabulary.term_label(iri) if outwards else vocabulary.inverse_label(iri)
        # A property that was read completely has no total in the index.
        groups.append(StatementGroup(label, iri, listed, totals.get(iri, len(ordered))))
    return tuple(groups)


def _listed(ordered: list[StatementEdge]) -> list[StatementEdge]:
    # A link to one more statement takes as much room as the statement.
    return ordered if len(ordered) == STATEMENTS_SHOWN + 1 else ordered[:STATEMENTS_SHOWN]


def _edge_order(vocabulary: Vocabulary, edge: StatementEdge) -> tuple[object, ...]:
    """Sort stated edges before inferred ones, then by value."""
    return (not edge.asserted, *value_order(vocabulary, display_value(vocabulary, edge.other)))


def describe_bookkeeping(
    vocabulary: Vocabulary,
    node: NamedNode,
    edges: list[tuple[StatementEdge, bool]],
    footnotes: Footnotes,
) -> tuple[Statement, ...]:
    """Put the edges that rules add for queries into words, in reading order."""
    statements = (describe_edge(vocabulary, node, edge, footnotes, out) for edge, out in edges)
    return tuple(sorted(statements, key=lambda s: reading_order(vocabulary, s)))


def key_properties(store: Store, classes: Iterable[str]) -> frozenset[str]:
    """Return the properties that pages of these classes list as key facts (`dip:keyFact`)."""
    by_class = _key_properties_by_class(store)
    return frozenset().union(*(by_class.get(iri, frozenset()) for iri in classes))


@per_store
def _key_properties_by_class(store: Store) -> dict[str, frozenset[str]]:
    by_class: dict[str, set[str]] = defaultdict(set)
    for row in store.select(page_query("key-facts")):
        by_class[text(row["class"])].add(text(row["property"]))
    return {iri: frozenset(properties) for iri, properties in by_class.items()}


def cite_tenures(
    store: Store, edges: Iterable[StatementEdge], tenures: Mapping[str, Sequence[str]]
) -> list[StatementEdge]:
    """Return the edges of a person, those to offices held with the sentences of their tenures."""
    nodes = [NamedNode(tenure) for of_office in tenures.values() for tenure in of_office]
    quads = dict(zip(nodes, store.quads_around_each(nodes, outwards=True), strict=True))
    graphs = {
        held: frozenset().union(*(graphs_of(quads[NamedNode(t)]) for t in of_office))
        for held, of_office in tenures.items()
    }
    return [
        replace(edge, graphs=edge.graphs | graphs.get(text(edge.other), frozenset()))
        if edge.predicate == _HELD
        else edge
        for edge in edges
    ]


def date_offices(
    store: Store, groups: Iterable[StatementGroup], tenures: Mapping[str, Sequence[str]]
) -> tuple[StatementGroup, ...]:
    """Return groups of statements in which offices held have the days of their tenures."""
    return tuple(
        _dated(store, group, tenures) if group.property == _HELD else group for group in groups
    )


def _dated(
    store: Store, group: StatementGroup, tenures: Mapping[str, Sequence[str]]
) -> StatementGroup:
    statements = (
        replace(one, days="; ".join(_days(store, tenures.get(one.value.iri, ()))))
        for one in group.statements
    )
    return replace(group, statements=tuple(statements))


def read_tenures(
    store: Store, node: NamedNode, edges: Iterable[StatementEdge]
) -> dict[str, list[str]]:
    """Return the tenures of each office that a person held; added data may leave one unnamed."""
    tenures: dict[str, list[str]] = {}
    if all(edge.predicate != _HELD for edge in edges):
        return tenures
    for row in store.select(page_query("tenures"), thing=node):
        if isinstance(row["via"], NamedNode):
            tenures.setdefault(text(row["item"]), []).append(text(row["via"]))
    return {office: sorted(set(of_office)) for office, of_office in tenures.items()}


def _days(store: Store, tenures: Iterable[str]) -> list[str]:
    records = sorted((index(store).resource(iri) for iri in tenures), key=lambda r: r.moment)
    days = (format_dates(record.earliest, record.latest, record.stated) for record in records)
    return [day for day in days if day]
