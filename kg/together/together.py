"""Two things together, section by section, each row with its sentences."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from pyoxigraph import NamedNode, Quad

from kg.lists.items import ListItem, list_items
from kg.model.errors import QueryError
from kg.model.prefixes import THING, expand
from kg.sparql.named_queries import page_query
from kg.statements.claims import claim_summary
from kg.statements.edges import StatementEdge, gather_edges, graphs_of
from kg.statements.footnotes import Footnotes, describe_edge
from kg.statements.redundancy import split_redundant
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.statements.statement import Statement
from kg.store.store import Store, Term
from kg.terms.display import DisplayValue, display_term, display_thing
from kg.terms.literals import text
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary

# The sections by the page query that each asks, in the order of the page.
SECTIONS = ("together", "together-claims", "together-relations", "together-groups")

_CLAIMS = "together-claims"
_TYPE, _ACTS_FOR = expand("rdf:type"), NamedNode(expand("dip:actsFor"))
# Agents that act for a state: its ministries, missions, officeholders as a group.
_AGENTS = 200

_Ends: TypeAlias = tuple[NamedNode, NamedNode]


@dataclass(frozen=True)
class SharedItem:
    """A thing that both have a part in: the part of each, in words, and the footnotes.

    `says` are the claimants, if the thing is a claim of one about the other.
    """

    item: ListItem
    parts: tuple[tuple[DisplayValue, ...], tuple[DisplayValue, ...]]
    says: tuple[DisplayValue, ...]
    footnotes: tuple[int, ...]
    provenance: tuple[str, ...]


@dataclass(frozen=True)
class SharedSection:
    """A section by its page query, and its rows."""

    name: str
    rows: tuple[SharedItem, ...]


@dataclass(frozen=True)
class Together:
    """Two things, the statements between them, and what they share."""

    first: DisplayValue
    second: DisplayValue
    statements: tuple[Statement, ...]
    sections: tuple[SharedSection, ...]
    cited_sentences: tuple[Sentence, ...]

    @property
    def slugs(self) -> tuple[str, str]:
        """Return the slugs of both."""
        return self.first.iri.removeprefix(THING), self.second.iri.removeprefix(THING)


class SameThing(QueryError):  # noqa: N818 - the name says what happened
    """A page of two things together is asked for one and the same."""


def read_together(store: Store, first: str, second: str) -> Together:
    """Read what two things have to do with each other, by their slugs.

    NotFound offers similar slugs; SameThing if both are one.
    """
    here, there = thing_node(store, first), thing_node(store, second)
    if here == there:
        raise SameThing(f"{first} and {second} are the same thing; name two")
    footnotes, vocabulary = Footnotes(store), read_vocabulary(store)
    statements = tuple(_statements(store, here, there, footnotes))
    items = {name: _items(store, name, (here, there)) for name in SECTIONS}
    shared = _read_shared(store, [iri for iris in items.values() for iri in iris], (here, there))
    sections = tuple(
        SharedSection(name, tuple(_shared_item(shared, iri, footnotes) for iri in iris))
        for name, iris in items.items()
    )
    return Together(
        display_thing(vocabulary, here.value),
        display_thing(vocabulary, there.value),
        statements,
        sections,
        footnotes.sentences,
    )


def _statements(
    store: Store, here: NamedNode, there: NamedNode, footnotes: Footnotes
) -> Iterator[Statement]:
    """Yield the statements between two things, from one to the other and back."""
    vocabulary = read_vocabulary(store)
    after, before = store.between_each(((here, there), (there, here)))
    out, back = gather_edges(after, outwards=True), gather_edges(before, outwards=False)
    outgoing, incoming, _ = split_redundant(vocabulary, out, back)
    for edges, outwards in ((outgoing, True), (incoming, False)):
        for edge in edges:
            yield describe_edge(vocabulary, here, edge, footnotes, outwards)


def _items(store: Store, name: str, ends: _Ends) -> list[str]:
    # What one says of the other is asked in both directions.
    orders = [ends, ends[::-1]] if name == _CLAIMS else [ends]
    items = dict.fromkeys(
        text(row["item"])
        for first, second in orders
        for row in store.select(page_query(name), first=first, second=second)
    )
    return sorted(items, key=read_vocabulary(store).order) if name == _CLAIMS else list(items)


@dataclass(frozen=True)
class _Shared:
    """What is read of all things that two have a part in: their edges to each, and all else.

    `around` are the quads that start from those that lack an edge to one of both, or a sentence.
    """

    store: Store
    ends: _Ends
    items: Mapping[str, ListItem]
    edges: Mapping[tuple[str, NamedNode], list[StatementEdge]]
    around: Mapping[str, Sequence[Quad]]
    agents: Mapping[NamedNode, Collection[Term]]


def _read_shared(store: Store, iris: Iterable[str], ends: _Ends) -> _Shared:
    nodes = {iri: NamedNode(iri) for iri in iris}
    pairs = [(iri, node, end) for iri, node in nodes.items() for end in ends]
    both_ways = [way for _, node, end in pairs for way in ((node, end), (end, node))]
    quads = iter(store.between_each(both_ways))
    edges = {(iri, end): _edges(store, next(quads), next(quads)) for iri, _, end in pairs}
    cited = sentences_by_iri(store).keys()
    unsupported = [
        node
        for iri, node in nodes.items()
        if not all(edges[iri, end] for end in ends)
        or not any(edge.graphs & cited for end in ends for edge in edges[iri, end])
    ]
    around = zip(unsupported, store.quads_around_each(unsupported, outwards=True), strict=True)
    agents = store.subjects_of_each(((_ACTS_FOR, end) for end in ends), _AGENTS)
    return _Shared(
        store,
        ends,
        dict(zip(nodes, list_items(store, list(nodes), beside_day=True), strict=True)),
        edges,
        {node.value: quads for node, quads in around},
        dict(zip(ends, map(set, agents), strict=True)),
    )


def _edges(store: Store, after: Iterable[Quad], before: Iterable[Quad]) -> list[StatementEdge]:
    out = gather_edges(after, outwards=True)
    shown, _, bookkeeping = split_redundant(read_vocabulary(store), out, ())
    back = gather_edges(before, outwards=False)
    return shown or [edge for edge, _ in bookkeeping] or list(back)


def _shared_item(shared: _Shared, iri: str, footnotes: Footnotes) -> SharedItem:
    store, node = shared.store, NamedNode(iri)
    edges = [shared.edges[iri, end] or _edges_through(shared, iri, end) for end in shared.ends]
    graphs = frozenset(graph for one in edges for edge in one for graph in edge.graphs)
    support = footnotes.support(StatementEdge(_TYPE, node, graphs))
    if not support.footnotes:
        # A part through somebody in office, say, is inferred from what the sentences state.
        stating = graphs_of(shared.around[iri])
        cited = footnotes.support(StatementEdge(_TYPE, node, stating))
        support = cited if cited.footnotes else support
    claim = claim_summary(store, node)
    parts = [_parts(store, of_end, end) for of_end, end in zip(edges, shared.ends, strict=True)]
    return SharedItem(
        shared.items[iri],
        (parts[0], parts[1]),
        claim.claimants if claim else (),
        support.footnotes,
        support.provenance,
    )


def _edges_through(shared: _Shared, iri: str, end: NamedNode) -> list[StatementEdge]:
    """Return the edges of an item to agents that act for one of the two."""
    out = gather_edges(shared.around[iri], outwards=True)
    return [edge for edge in out if edge.other in shared.agents[end]]


def _parts(
    store: Store, edges: Sequence[StatementEdge], end: NamedNode
) -> tuple[DisplayValue, ...]:
    """Return the properties that tie an item to one of the two, or the agents that do."""
    vocabulary = read_vocabulary(store)
    agents = {text(edge.other) for edge in edges} - {end.value}
    if agents and all(text(edge.other) != end.value for edge in edges):
        return tuple(display_thing(vocabulary, iri) for iri in sorted(agents))
    ordered = sorted({edge.predicate for edge in edges}, key=vocabulary.property_order)
    return tuple(display_term(vocabulary, name) for name in ordered)
