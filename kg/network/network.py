"""The network around things: what is tied to what, by which relation, and what more there is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.index.narrowing import Narrowing
from kg.index.reader import index
from kg.model.prefixes import TERM, THING
from kg.network.ties import (
    Tie,
    TieBundle,
    bundle_ties,
    describe_tie,
    filter_by_relation,
    relation_name,
    take_in_turns,
)
from kg.statements.edges_around import EdgeSide, edges_around
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_term, display_thing
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# Around one thing at most so many others are shown, and by one relation no more than a share.
MOST_NEIGHBOURS = 150
NEIGHBOURS_PER_RELATION = 40
# Beside a thing's own page.
NEIGHBOURS_BESIDE_PAGE = 24

_STARTS = 24

_T = TypeVar("_T")


@dataclass(frozen=True)
class NetworkNode:
    """A thing, its narrowest classes, and the principal class that it is drawn as."""

    thing: DisplayValue
    classes: tuple[DisplayValue, ...]
    principal_class: str

    @property
    def slug(self) -> str:
        """Return the thing's short name in IRIs."""
        return self.thing.iri.removeprefix(THING)


@dataclass(frozen=True)
class Relation:
    """A property by which ties may be chosen, and the ends (from, to) of those read that it covers.

    `more` says that there are more; `wider` that narrower properties are what ties have.
    """

    term: DisplayValue
    ends: frozenset[tuple[str, str]]
    more: bool
    wider: bool

    @property
    def count(self) -> int:
        """Return how many ties were read that it covers."""
        return len(self.ends)

    @property
    def name(self) -> str:
        """Return the property's name in addresses."""
        return relation_name(self.term.iri)


@dataclass(frozen=True)
class OmittedTies:
    """How many ties of a thing by one relation are left out; if `more`, more than so many."""

    slug: str
    label: str
    count: int
    more: bool


@dataclass(frozen=True)
class Network:
    """Things and their ties; `focus` are the slugs of those that it is about, the first nodes."""

    focus: tuple[str, ...]
    nodes: tuple[NetworkNode, ...]
    ties: tuple[Tie, ...]
    relations: tuple[Relation, ...]
    rest: tuple[OmittedTies, ...]

    @property
    def names(self) -> dict[str, DisplayValue]:
        """Return the things by their slugs."""
        return {node.slug: node.thing for node in self.nodes}


def network_of(store: Store, slugs: Iterable[str], relations: Collection[str] = ()) -> Network:
    """Return the ties around each of these things; NotFound offers the slugs that come near."""
    found = [neighbourhood(store, slug, relations) for slug in dict.fromkeys(slugs)]
    ties = {(t.source, t.property.iri, t.target): t for one in found for t in one.ties}
    return Network(
        tuple(one.focus[0] for one in found),
        tuple(dict.fromkeys([*(one.nodes[0] for one in found), *_all(n.nodes for n in found)])),
        tuple(ties.values()),
        _merged(_all(one.relations for one in found)),
        tuple(_all(one.rest for one in found)),
    )


def neighbourhood(
    store: Store, slug: str, relations: Collection[str] = (), limit: int = MOST_NEIGHBOURS
) -> Network:
    """Return the ties of one thing: by these relations and narrower ones, or by all.

    However connected it is, only so many are read; `rest` says what is left out. NotFound offers
    the slugs that come near.
    """
    node = thing_node(store, slug)
    return network_around(
        store, node, *edges_around(store, node, each=NEIGHBOURS_PER_RELATION), relations, limit
    )


def network_around(
    store: Store,
    node: NamedNode,
    out: EdgeSide,
    back: EdgeSide,
    relations: Collection[str] = (),
    limit: int = MOST_NEIGHBOURS,
) -> Network:
    """Return the ties of one thing, as `neighbourhood` does, from what has been read of it."""
    vocabulary, slug = read_vocabulary(store), node.value.removeprefix(THING)
    found = bundle_ties(vocabulary, node, out, back)
    asked = filter_by_relation(vocabulary, found, relations)
    chosen = dict.fromkeys(take_in_turns([b.others for b in asked], limit, NEIGHBOURS_PER_RELATION))
    ties = [
        describe_tie(vocabulary, pair, edge)
        for b in asked
        for edge, other, pair in zip(b.edges, b.others, b.ends(slug), strict=True)
        if other in chosen
    ]
    ends = dict.fromkeys([slug, *_all((t.source, t.target) for t in ties)])
    return Network(
        (slug,),
        tuple(_node(store, end) for end in ends),
        tuple(ties),
        _relations(vocabulary, slug, found),
        (*_rest(vocabulary, slug, asked, chosen), *_unread(slug, out, back)),
    )


def best_connected(store: Store) -> list[tuple[NetworkNode, int]]:
    """Return the things that most statements point to, with how many do."""
    known = index(store)
    iris = known.members(Narrowing(), "degree", _STARTS)
    return [(_node(store, iri.removeprefix(THING)), known.resource(iri).degree) for iri in iris]


def principal_classes(store: Store) -> list[DisplayValue]:
    """Return the classes that things are drawn as, in the order of display."""
    vocabulary = read_vocabulary(store)
    leading = [iri for iri in vocabulary.classes if _leads(vocabulary, iri)]
    return [
        display_term(vocabulary, iri)
        for iri in sorted(leading, key=lambda k: vocabulary.classes[k].order)
    ]


def principal_class(store: Store, iri: str) -> str:
    """Return the name of the principal class that a thing is drawn as; empty if it has none."""
    vocabulary, classes = read_vocabulary(store), index(store).values(iri, "class")
    notes = [(vocabulary.classes[kind].order, kind) for kind in classes if _leads(vocabulary, kind)]
    return min(notes)[1].removeprefix(TERM) if notes else ""


def _all(groups: Iterable[Iterable[_T]]) -> Iterable[_T]:
    return chain.from_iterable(groups)


def _relations(
    vocabulary: Vocabulary, slug: str, found: Sequence[TieBundle]
) -> tuple[Relation, ...]:
    """Offer every property that a tie has, and the wider ones that cover several of these."""
    own = dict.fromkeys(b.relation for b in found)
    covered = {iri: {wider for wider, flip in vocabulary.implied(iri) if not flip} for iri in own}
    wide = [iri for known in covered.values() for iri in known if iri.startswith(TERM)]
    offered = [*own, *(iri for iri in wide if sum(iri in known for known in covered.values()) > 1)]
    relations = []
    for iri in sorted(dict.fromkeys(offered), key=vocabulary.property_order):
        under = [b for b in found if iri in covered[b.relation]]
        ends = frozenset(_all(b.ends(slug) for b in under))
        more = any(b.incomplete for b in under)
        relations.append(Relation(display_term(vocabulary, iri), ends, more, iri not in own))
    return tuple(relations)


def _merged(relations: Iterable[Relation]) -> tuple[Relation, ...]:
    """Put the relations of several things together; a tie between two of these is one."""
    found: dict[str, Relation] = {}
    for one in relations:
        known = found.get(one.name, one)
        more, wider = known.more or one.more, known.wider and one.wider
        found[one.name] = replace(one, ends=known.ends | one.ends, more=more, wider=wider)
    return tuple(found.values())


def _rest(
    vocabulary: Vocabulary, slug: str, asked: Iterable[TieBundle], chosen: Collection[str]
) -> tuple[OmittedTies, ...]:
    rest = []
    for bundle in asked:
        left = len(set(bundle.others) - set(chosen))
        iri = bundle.relation
        label = vocabulary.term_label(iri) if bundle.outwards else vocabulary.inverse_label(iri)
        if left or bundle.incomplete:
            rest.append(OmittedTies(slug, label, left, bundle.incomplete))
    return tuple(rest)


def _unread(slug: str, *sides: EdgeSide) -> tuple[OmittedTies, ...]:
    """Count what is stated with properties that are too many to be read."""
    count = sum(side.unread for side in sides)
    return (OmittedTies(slug, "other relations", count, more=False),) if count else ()


def _node(store: Store, slug: str) -> NetworkNode:
    vocabulary, known = read_vocabulary(store), index(store)
    iri = THING + slug
    kinds = sorted(
        (display_term(vocabulary, kind) for kind in known.values(iri, "type")), key=lambda k: k.text
    )
    return NetworkNode(display_thing(vocabulary, iri), tuple(kinds), principal_class(store, iri))


def _leads(vocabulary: Vocabulary, kind: str) -> bool:
    return kind in vocabulary.classes and vocabulary.classes[kind].principal
