"""The network around things: nodes, ties, the relations to filter by, and what is left out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.index.thing_filter import ThingFilter
from kg.model.prefixes import THING
from kg.network.nodes import NetworkNode, describe_node
from kg.network.relations import Relation, list_relations, merge_relations
from kg.network.ties import (
    Tie,
    TieBundle,
    bundle_ties,
    describe_tie,
    filter_by_relation,
    take_in_turns,
)
from kg.statements.edges_around import EdgeSide, edges_around
from kg.store.store import Store
from kg.terms.display import DisplayValue
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# Nodes shown around one thing, and ties read by each of its relations: no drawing of more is clear.
MOST_NEIGHBOURS = 150
NEIGHBOURS_PER_RELATION = 40
# The small drawing on a thing's page, where labels still have room.
NEIGHBOURS_BESIDE_PAGE = 24

# Things to start from, where the address names none.
_STARTS = 24


@dataclass(frozen=True)
class OmittedTies:
    """How many ties of a thing by one relation are left out; `more` if there are even more."""

    slug: str
    label: str
    count: int
    more: bool


@dataclass(frozen=True)
class Network:
    """Things and their ties; `focus` are the slugs of the things in the middle, the first nodes."""

    focus: tuple[str, ...]
    nodes: tuple[NetworkNode, ...]
    ties: tuple[Tie, ...]
    relations: tuple[Relation, ...]
    rest: tuple[OmittedTies, ...]

    @property
    def names(self) -> dict[str, DisplayValue]:
        """Return the things by their slugs."""
        return {node.slug: node.thing for node in self.nodes}

    @property
    def centre(self) -> list[str]:
        """Return the names of the things in the middle."""
        return [self.names[slug].text for slug in self.focus]


def network_of(store: Store, slugs: Iterable[str], relations: Collection[str] = ()) -> Network:
    """Return the ties around each of several things; NotFound offers similar slugs."""
    parts = [neighbourhood(store, slug, relations) for slug in dict.fromkeys(slugs)]
    centres = [part.nodes[0] for part in parts]
    # The focus comes first: layouts place it in the middle.
    nodes = dict.fromkeys([*centres, *(node for part in parts for node in part.nodes)])
    # A tie between two things of the focus is read from both.
    ties = {(t.source, t.property.iri, t.target): t for part in parts for t in part.ties}
    return Network(
        tuple(centre.slug for centre in centres),
        tuple(nodes),
        tuple(ties.values()),
        merge_relations(relation for part in parts for relation in part.relations),
        tuple(omitted for part in parts for omitted in part.rest),
    )


def neighbourhood(
    store: Store, slug: str, relations: Collection[str] = (), limit: int = MOST_NEIGHBOURS
) -> Network:
    """Return the ties of one thing by some relations and narrower ones, or by all.

    At most `limit` other things are read; `rest` counts the others. NotFound offers similar slugs.
    """
    node = thing_node(store, slug)
    out, back = edges_around(store, node, each=NEIGHBOURS_PER_RELATION)
    return network_around(store, node, out, back, relations, limit)


def network_around(
    store: Store,
    node: NamedNode,
    out: EdgeSide,
    back: EdgeSide,
    relations: Collection[str] = (),
    limit: int = MOST_NEIGHBOURS,
) -> Network:
    """Return the ties of one thing, as `neighbourhood` does, from edges that are already read."""
    vocabulary, slug = read_vocabulary(store), node.value.removeprefix(THING)
    bundles = bundle_ties(vocabulary, node, out, back)
    selected = filter_by_relation(vocabulary, bundles, relations)
    # In turns, so that one relation with very many ties does not hide the others.
    others = [bundle.others for bundle in selected]
    shown = dict.fromkeys(take_in_turns(others, limit, NEIGHBOURS_PER_RELATION))
    ties = [
        describe_tie(vocabulary, pair, edge)
        for bundle in selected
        for edge, other, pair in zip(bundle.edges, bundle.others, bundle.ends(slug), strict=True)
        if other in shown
    ]
    slugs = dict.fromkeys([slug, *(end for tie in ties for end in (tie.source, tie.target))])
    return Network(
        (slug,),
        tuple(describe_node(store, end) for end in slugs),
        tuple(ties),
        list_relations(vocabulary, slug, bundles),
        (*_omitted(vocabulary, slug, selected, shown), *_unread(slug, out, back)),
    )


def best_connected(store: Store) -> list[tuple[NetworkNode, int]]:
    """Return the things that most statements point to, and the number of these statements."""
    iris = index(store).members(ThingFilter(), "degree", _STARTS)
    return [
        (describe_node(store, iri.removeprefix(THING)), index(store).resource(iri).degree)
        for iri in iris
    ]


def _omitted(
    vocabulary: Vocabulary, slug: str, bundles: Iterable[TieBundle], shown: Collection[str]
) -> tuple[OmittedTies, ...]:
    omitted = []
    for bundle in bundles:
        count = len(set(bundle.others) - set(shown))
        iri = bundle.relation
        label = vocabulary.term_label(iri) if bundle.outwards else vocabulary.inverse_label(iri)
        if count or bundle.incomplete:
            omitted.append(OmittedTies(slug, label, count, bundle.incomplete))
    return tuple(omitted)


def _unread(slug: str, *sides: EdgeSide) -> tuple[OmittedTies, ...]:
    """Count the statements with properties beyond those that are read at all."""
    count = sum(side.unread for side in sides)
    return (OmittedTies(slug, "other relations", count, more=False),) if count else ()
