"""Two things together, section by section, each row with its sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.lists.items import ListItem, list_item
from kg.model.errors import QueryError
from kg.model.prefixes import THING, expand
from kg.sparql.named_queries import page_query
from kg.statements.claims import claim_summary
from kg.statements.edges import StatementEdge, gather_edges
from kg.statements.footnotes import Footnotes, describe_edge
from kg.statements.redundancy import split_redundant
from kg.statements.sentences import Sentence, sentences_stating
from kg.statements.statement import Statement
from kg.store.store import Store
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
    sections = tuple(
        SharedSection(name, tuple(_rows(store, name, (here, there), footnotes)))
        for name in SECTIONS
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
    out = gather_edges(store.between(here, there), outwards=True)
    back = gather_edges(store.between(there, here), outwards=False)
    outgoing, incoming, _ = split_redundant(vocabulary, out, back)
    for edges, outwards in ((outgoing, True), (incoming, False)):
        for edge in edges:
            yield describe_edge(vocabulary, here, edge, footnotes, outwards)


def _rows(
    store: Store, name: str, ends: tuple[NamedNode, NamedNode], footnotes: Footnotes
) -> Iterator[SharedItem]:
    # What one says of the other is asked in both directions.
    orders = [ends, ends[::-1]] if name == _CLAIMS else [ends]
    items = dict.fromkeys(
        text(row["item"])
        for first, second in orders
        for row in store.select(page_query(name), first=first, second=second)
    )
    if name == _CLAIMS:
        items = dict.fromkeys(sorted(items, key=read_vocabulary(store).order))
    for iri in items:
        yield _shared_item(store, iri, ends, footnotes)


def _shared_item(
    store: Store, iri: str, ends: Sequence[NamedNode], footnotes: Footnotes
) -> SharedItem:
    edges = [
        _edges(store, NamedNode(iri), end) or _edges_through(store, NamedNode(iri), end)
        for end in ends
    ]
    graphs = frozenset(graph for one in edges for edge in one for graph in edge.graphs)
    support = footnotes.support(StatementEdge(_TYPE, NamedNode(iri), graphs))
    if not support.footnotes:
        # A part through somebody in office, say, is inferred from what the sentences state.
        stating = frozenset(sentence.iri for sentence in sentences_stating(store, iri))
        cited = footnotes.support(StatementEdge(_TYPE, NamedNode(iri), stating))
        support = cited if cited.footnotes else support
    claim = claim_summary(store, NamedNode(iri))
    return SharedItem(
        list_item(store, iri, beside_day=True),
        (_parts(store, edges[0], ends[0]), _parts(store, edges[1], ends[1])),
        claim.claimants if claim else (),
        support.footnotes,
        support.provenance,
    )


def _edges(store: Store, item: NamedNode, end: NamedNode) -> list[StatementEdge]:
    out = gather_edges(store.between(item, end), outwards=True)
    shown, _, bookkeeping = split_redundant(read_vocabulary(store), out, ())
    back = gather_edges(store.between(end, item), outwards=False)
    return shown or [edge for edge, _ in bookkeeping] or list(back)


def _edges_through(store: Store, item: NamedNode, end: NamedNode) -> list[StatementEdge]:
    """Return the edges of an item to agents that act for one of the two."""
    agents = set(store.subjects(_ACTS_FOR, end, _AGENTS))
    out = gather_edges(store.quads_around(item, outwards=True), outwards=True)
    return [edge for edge in out if edge.other in agents]


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
