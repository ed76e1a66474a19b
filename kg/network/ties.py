"""The ties of one thing to others, bundled by relation, from edges read at a bounded cost."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.model.named_graphs import ENTITIES, INFERRED
from kg.model.prefixes import SOURCE, TERM, THING, expand, shorten
from kg.model.translations import gettext_noop
from kg.statements.edges import StatementEdge
from kg.statements.edges_around import EdgeSide
from kg.statements.redundancy import split_redundant
from kg.terms.display import DisplayValue, display_term
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary

# A class is no thing, and the same thing elsewhere no neighbour.
_NO_TIES = {expand("rdf:type"), expand("owl:sameAs")}

_T = TypeVar("_T")


@dataclass(frozen=True)
class Tie:
    """A statement between two things, by their slugs.

    `inverse` is its label read from the target. `basis` is stated, background, added (third-party
    data) or inferred; `relations` are the short names of the property and of wider ones.
    """

    source: str
    target: str
    property: DisplayValue
    inverse: str
    basis: str
    relations: frozenset[str]


@dataclass(frozen=True)
class TieBundle:
    """The ties of a thing by one property in one direction; `incomplete` if there are more."""

    relation: str
    outwards: bool
    edges: tuple[StatementEdge, ...]
    incomplete: bool

    @property
    def others(self) -> list[str]:
        """Return the IRIs of the things at the other ends."""
        return [text(edge.other) for edge in self.edges]

    def ends(self, slug: str) -> list[tuple[str, str]]:
        """Return the (source, target) slugs of each tie; `slug` is that of the thing."""
        others = [other.removeprefix(THING) for other in self.others]
        return [(slug, other) if self.outwards else (other, slug) for other in others]


def bundle_ties(
    vocabulary: Vocabulary, node: NamedNode, out: EdgeSide, back: EdgeSide
) -> list[TieBundle]:
    """Bundle the edges of a thing to other things by property, in display order.

    Inferred edges that only repeat a narrower one are left out.
    """
    after, before = _edges_to_things(node, out.edges), _edges_to_things(node, back.edges)
    outgoing, incoming, _ = split_redundant(vocabulary, after, before)
    bundles = [
        *_bundle_side(vocabulary, outgoing, out.totals, outwards=True),
        *_bundle_side(vocabulary, incoming, back.totals, outwards=False),
    ]
    return sorted(bundles, key=lambda b: (vocabulary.property_order(b.relation), not b.outwards))


def _edges_to_things(node: NamedNode, edges: Iterable[StatementEdge]) -> list[StatementEdge]:
    """Keep the edges to other things that have a page; parts of a thing (`#…`) have none."""
    return [
        edge
        for edge in edges
        if edge.predicate not in _NO_TIES
        and (other := text(edge.other)) != node.value
        and other.startswith(THING)
        and "#" not in other
    ]


def _bundle_side(
    vocabulary: Vocabulary,
    edges: Iterable[StatementEdge],
    totals: Collection[str],
    *,
    outwards: bool,
) -> list[TieBundle]:
    by_property: dict[str, list[StatementEdge]] = defaultdict(list)
    for edge in edges:
        by_property[edge.predicate].append(edge)
    for same in by_property.values():
        same.sort(key=lambda edge: (vocabulary.order(text(edge.other)), text(edge.other)))
    return [
        TieBundle(iri, outwards, tuple(same), iri in totals) for iri, same in by_property.items()
    ]


def filter_by_relation(
    vocabulary: Vocabulary, bundles: Iterable[TieBundle], relations: Collection[str]
) -> list[TieBundle]:
    """Keep the ties by some relations, named as in addresses, and narrower ones; all if none."""
    return [
        bundle
        for bundle in bundles
        if not relations or not relation_names(vocabulary, bundle.relation).isdisjoint(relations)
    ]


def relation_names(vocabulary: Vocabulary, iri: str) -> frozenset[str]:
    """Return the short names of a property and of wider ones."""
    implied = vocabulary.implied(iri)
    return frozenset(relation_name(wider) for wider, flipped in implied if not flipped)


def relation_name(iri: str) -> str:
    """Return the short name of a property, as addresses have it.

    >>> relation_name("https://w3id.org/aide-memoire/ontology#host")
    'host'
    >>> relation_name("http://purl.org/dc/terms/creator")
    'dcterms:creator'
    """
    return iri.removeprefix(TERM) if iri.startswith(TERM) else shorten(iri)


def take_in_turns(groups: Iterable[Sequence[_T]], limit: int, each: int) -> list[_T]:
    """Take the first of every group, then the second, at most `each` and `limit` in all.

    >>> take_in_turns(["abc", "d", "aef"], limit=5, each=2)
    ['a', 'd', 'b', 'e']
    """
    sequences = list(groups)
    taken: dict[_T, None] = {}
    # Ranks outside, groups inside: a group with very many must not use up the limit.
    for rank in range(each):
        for sequence in sequences:
            if rank < len(sequence) and len(taken) < limit:
                taken.setdefault(sequence[rank])
    return list(taken)


def describe_tie(vocabulary: Vocabulary, ends: tuple[str, str], edge: StatementEdge) -> Tie:
    """Put an edge of a thing into words; `ends` are the slugs of its source and target."""
    return Tie(
        *ends,
        display_term(vocabulary, edge.predicate),
        vocabulary.inverse_label(edge.predicate),
        _basis(edge.graphs),
        relation_names(vocabulary, edge.predicate),
    )


def _basis(graphs: Collection[str]) -> str:
    # The strongest evidence decides how the edge is drawn.
    if any(graph.startswith(SOURCE) for graph in graphs):
        return gettext_noop("stated")
    if ENTITIES.value in graphs:
        return gettext_noop("background")
    other = set(graphs) - {INFERRED.value}
    return gettext_noop("added") if other else gettext_noop("inferred")
