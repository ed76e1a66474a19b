"""Everything a page says about one thing, as one value."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import THING, expand
from kg.model.text import truncate
from kg.network.network import NEIGHBOURS_BESIDE_PAGE, Network, network_around
from kg.sparql.named_queries import page_query
from kg.statements.claims import ClaimSummary, claim_summary, claims_about
from kg.statements.edges import LINKS, StatementEdge, graphs_of
from kg.statements.edges_around import edges_around
from kg.statements.footnotes import Footnotes
from kg.statements.redundancy import split_redundant
from kg.statements.sentences import Sentence
from kg.statements.statement import Statement, read_statements
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.iri_names import split_outside_iri
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import ALT_LABEL, LABEL, Vocabulary, read_vocabulary, text
from kg.things.lead import lead
from kg.things.panels import Panel, answer_panels
from kg.things.statement_groups import (
    StatementGroup,
    featured_properties,
    group_statements,
    inferred_statements,
)

# So many other names, classes and statements of what is claimed are listed.
_LISTED = {"names": 40, "classes": 20, "content": 200, "properties": 0}

_TYPE = expand("rdf:type")
_DESCRIPTIONS = (expand("rdfs:comment"), expand("skos:definition"), expand("dcterms:description"))
_CONCERNS, _CONTENT, _ARTICLE = map(expand, ("dip:concerns", "dip:content", "dip:article"))
_APART = {_TYPE, LABEL, ALT_LABEL, _CONTENT, _ARTICLE, *_DESCRIPTIONS}


@dataclass(frozen=True)
class ExternalLink:
    """The same thing in an outside dataset."""

    dataset: str
    identifier: str
    iri: str


@dataclass(frozen=True)
class Entity:
    """One thing: its names, classes and statements, and the sentences that support them.

    `label_in_text` is its label with an article where its language wants one. `shortened` names the
    parts that list fewer than there are: names, classes, content, properties.
    """

    thing: DisplayValue
    label_in_text: str
    names: tuple[DisplayValue, ...]
    lead: tuple[DisplayValue, ...]
    description: str
    classes: tuple[DisplayValue, ...]
    key_facts: tuple[StatementGroup, ...]
    outgoing: tuple[StatementGroup, ...]
    incoming: tuple[StatementGroup, ...]
    panels: tuple[Panel, ...]
    inferred: tuple[Statement, ...]
    external_links: tuple[ExternalLink, ...]
    content: tuple[Statement, ...]
    claim: ClaimSummary | None
    claims: tuple[ClaimSummary, ...]
    neighbourhood: Network
    cited_sentences: tuple[Sentence, ...]
    shortened: frozenset[str]

    @property
    def slug(self) -> str:
        """Return the thing's short name in IRIs."""
        return self.thing.iri.removeprefix(THING)


def read_entity(store: Store, slug: str) -> Entity:
    """Describe a thing; NotFound offers the slugs that come near."""
    node, vocabulary = thing_node(store, slug), read_vocabulary(store)
    known, coming = edges_around(store, node)
    stated, reverse, folded = split_redundant(vocabulary, _own(known.edges), coming.edges)
    classes, footnotes = index(store).values(node.value, "class"), Footnotes(store)
    featured = featured_properties(store, classes)
    groups = group_statements(
        vocabulary, node, stated, footnotes, known.totals, outwards=True, first=featured
    )
    claimed = tuple(_cited(store, one, footnotes) for one in claims_about(store, node))
    answered = answer_panels(store, node, classes, footnotes)
    reverse = _not_shown(reverse, claimed, answered)
    names, kinds = _names(vocabulary, node.value), _classes(vocabulary, known.edges)
    content = read_statements(store, store.select(page_query("content"), thing=node))
    return Entity(
        thing=display_thing(vocabulary, node.value),
        label_in_text=vocabulary.label_in_text(node.value),
        names=names[: _LISTED["names"]],
        lead=lead(store, node.value),
        description=_description(known.edges),
        classes=kinds[: _LISTED["classes"]],
        key_facts=tuple(group for group in groups if group.property in featured),
        outgoing=tuple(group for group in groups if group.property not in featured),
        panels=answered,
        incoming=group_statements(
            vocabulary, node, reverse, footnotes, coming.totals, outwards=False
        ),
        inferred=inferred_statements(vocabulary, node, folded, footnotes),
        external_links=_links(known.edges),
        content=content[: _LISTED["content"]],
        claim=claim_summary(store, node),
        claims=claimed,
        neighbourhood=network_around(store, node, known, coming, limit=NEIGHBOURS_BESIDE_PAGE),
        cited_sentences=footnotes.sentences,
        shortened=_cut(
            names=len(names),
            classes=known.totals.get(_TYPE, len(kinds)),
            content=len(content),
            properties=known.unread + coming.unread,
        ),
    )


def _cut(**counts: int) -> frozenset[str]:
    """Name the parts of which there are more than are listed."""
    return frozenset(name for name, count in counts.items() if count > _LISTED[name])


def _own(found: Iterable[StatementEdge]) -> list[StatementEdge]:
    """Keep what is a fact of a thing: no name, class, description or link to elsewhere."""
    return [e for e in found if e.predicate not in _APART and e.graphs != {LINKS}]


def _names(vocabulary: Vocabulary, iri: str) -> tuple[DisplayValue, ...]:
    shown = vocabulary.label(iri)
    others = dict.fromkeys(
        (name, language)
        for kind, name, language in vocabulary.index.resource(iri).names
        if name != shown and kind != "point"
    )
    return tuple(DisplayValue(name, language=language) for name, language in others)


def _description(known: Iterable[StatementEdge]) -> str:
    found = [e.other for e in known if e.predicate in _DESCRIPTIONS]
    english = min(found, key=lambda o: (getattr(o, "language", "") != "en", str(o)), default=None)
    return truncate(text(english)) if english else ""


def _classes(vocabulary: Vocabulary, known: Iterable[StatementEdge]) -> tuple[DisplayValue, ...]:
    types = [text(edge.other) for edge in known if edge.predicate == _TYPE]
    return tuple(display_thing(vocabulary, iri) for iri in vocabulary.most_specific(types))


def _links(known: Iterable[StatementEdge]) -> tuple[ExternalLink, ...]:
    outside = {text(edge.other) for edge in known if LINKS in edge.graphs}
    ordered = sorted(outside, key=split_outside_iri)
    return tuple(ExternalLink(*split_outside_iri(iri), iri) for iri in ordered)


def _cited(store: Store, one: ClaimSummary, footnotes: Footnotes) -> ClaimSummary:
    """Say in which sentences a claim is told of."""
    node = NamedNode(one.claim.iri)
    graphs = graphs_of(store.quads_around(node, outwards=True))
    return replace(one, footnotes=footnotes.of(StatementEdge("", node, graphs)).footnotes)


def _not_shown(
    found: Iterable[StatementEdge], claimed: Iterable[ClaimSummary], answered: Iterable[Panel]
) -> list[StatementEdge]:
    """Leave out what a panel shows already, and that claims, listed apart, are about the thing."""
    shown = {pair for one in answered for row in one.rows for pair in row.statements}
    shown |= {(_CONCERNS, known.claim.iri) for known in claimed}
    return [e for e in found if (e.predicate, text(e.other)) not in shown]
