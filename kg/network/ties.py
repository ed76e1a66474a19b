"""What ties one thing to others, by relation, at a cost that has a bound."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.model.graphs import ENTITIES, INFERRED
from kg.model.prefixes import SOURCE, TERM, THING, expand, shorten
from kg.statements.edges import StatementEdge
from kg.statements.edges_around import EdgeSide
from kg.statements.redundancy import split_redundant
from kg.terms.display import DisplayValue, display_term
from kg.terms.vocabulary import Vocabulary, text

_APART = {expand("rdf:type"), expand("owl:sameAs")}

_T = TypeVar("_T")


@dataclass(frozen=True)
class Tie:
    """A statement between two things, by their slugs.

    `inverse` reads it from the target. `basis` is stated, background, added (the data of others)
    or inferred; `relations` names the property and those wider than it.
    """

    source: str
    target: str
    property: DisplayValue
    inverse: str
    basis: str
    relations: frozenset[str]


@dataclass(frozen=True)
class TieBundle:
    """The ties of a thing by one property in one direction; if `incomplete`, there are more."""

    relation: str
    outwards: bool
    edges: tuple[StatementEdge, ...]
    incomplete: bool

    @property
    def others(self) -> list[str]:
        """Return the things at the other ends."""
        return [text(edge.other) for edge in self.edges]

    def ends(self, slug: str) -> list[tuple[str, str]]:
        """Return from what to what each tie goes, by slugs; `slug` is that of the thing."""
        others = [other.removeprefix(THING) for other in self.others]
        return [(slug, other) if self.outwards else (other, slug) for other in others]


def bundle_ties(
    vocabulary: Vocabulary, node: NamedNode, out: EdgeSide, back: EdgeSide
) -> list[TieBundle]:
    """Tell from the statements on both sides of a thing what ties it to others.

    They are in the order of display, without what repeats a narrower tie.
    """
    after, before = _things(node, out.edges), _things(node, back.edges)
    ends = split_redundant(vocabulary, after, before)[:2]
    return _bundled(vocabulary, *ends, out.totals, back.totals)


def filter_by_relation(
    vocabulary: Vocabulary, found: Iterable[TieBundle], relations: Collection[str]
) -> list[TieBundle]:
    """Keep the ties by these relations and by narrower ones; all of them if none is named."""
    return [
        b
        for b in found
        if not relations or not relation_names(vocabulary, b.relation).isdisjoint(relations)
    ]


def relation_names(vocabulary: Vocabulary, iri: str) -> frozenset[str]:
    """Return the short names of a property and of those wider than it."""
    return frozenset(
        relation_name(wider) for wider, flipped in vocabulary.implied(iri) if not flipped
    )


def relation_name(iri: str) -> str:
    """Return the name of a property in addresses.

    >>> relation_name("https://w3id.org/aide-memoire/ontology#host"), relation_name("http://purl.org/dc/terms/creator")
    ('host', 'dcterms:creator')
    """
    return iri.removeprefix(TERM) if iri.startswith(TERM) else shorten(iri)


def take_in_turns(groups: Iterable[Sequence[_T]], limit: int, each: int) -> list[_T]:
    """Take the first of every group, then the second, up to a limit in all and of each.

    >>> take_in_turns(["abc", "d", "aef"], limit=5, each=2)
    ['a', 'd', 'b', 'e']
    """
    known = list(groups)
    taken: dict[_T, None] = {}
    for rank in range(each):
        for group in known:
            if rank < len(group) and len(taken) < limit:
                taken.setdefault(group[rank])
    return list(taken)


def describe_tie(vocabulary: Vocabulary, ends: tuple[str, str], edge: StatementEdge) -> Tie:
    """Put an edge of a thing in words; `ends` are the slugs of what it goes from and to."""
    return Tie(
        *ends,
        display_term(vocabulary, edge.predicate),
        vocabulary.inverse_label(edge.predicate),
        _support(edge.graphs),
        relation_names(vocabulary, edge.predicate),
    )


def _support(graphs: Collection[str]) -> str:
    if any(graph.startswith(SOURCE) for graph in graphs):
        return "stated"
    if ENTITIES.value in graphs:
        return "background"
    return "added" if set(graphs) - {INFERRED.value} else "inferred"


def _things(node: NamedNode, found: Iterable[StatementEdge]) -> list[StatementEdge]:
    """Keep the edges to other things that have a page of their own."""
    return [e for e in found if e.predicate not in _APART and _apart(node.value, text(e.other))]


def _apart(iri: str, other: str) -> bool:
    return other.startswith(THING) and "#" not in other and other != iri


def _bundled(
    vocabulary: Vocabulary,
    out: Iterable[StatementEdge],
    back: Iterable[StatementEdge],
    out_cut: Collection[str],
    back_cut: Collection[str],
) -> list[TieBundle]:
    found: list[TieBundle] = []
    for ends, cut, outwards in ((out, out_cut, True), (back, back_cut, False)):
        by_property: dict[str, list[StatementEdge]] = defaultdict(list)
        for edge in ends:
            by_property[edge.predicate].append(edge)
        for iri, known in by_property.items():
            known.sort(key=lambda edge: vocabulary.order(text(edge.other)))
            found.append(TieBundle(iri, outwards, tuple(known), iri in cut))
    return sorted(found, key=lambda b: (vocabulary.property_order(b.relation), not b.outwards))
