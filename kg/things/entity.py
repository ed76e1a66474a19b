"""Everything a page says about one thing, as one value."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import NamedNode

from kg.index.reader import index
from kg.model.prefixes import THING, expand
from kg.model.text import truncate
from kg.network.network import NEIGHBOURS_BESIDE_PAGE, Network, network_around
from kg.sparql.named_queries import page_query
from kg.statements.claims import ClaimSummary, claim_summary, claims_about
from kg.statements.edges_around import edges_around
from kg.statements.footnotes import LINKS, Footnotes, StatementEdge, graphs_of, split_redundant
from kg.statements.sentences import Sentence
from kg.statements.statement import (
    Statement,
    Value,
    read_statements,
    reading_order,
    thing,
    value,
    value_order,
)
from kg.statements.statement import term as term_value
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.literals import split_outside_iri
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import ALT_LABEL, LABEL, Vocabulary, text, vocabulary
from kg.things.lead_text import lead_pieces
from kg.things.panels import Panel, answer_panels

# A page shows so many statements of a property; the rest have pages of their own.
STATEMENTS_SHOWN = 6
# So many other names, classes and statements of what is claimed are listed.
_LISTED = {"names": 40, "classes": 20, "content": 200, "properties": 0}

_TYPE = expand("rdf:type")
_DESCRIPTIONS = (expand("rdfs:comment"), expand("skos:definition"), expand("dcterms:description"))
_CONCERNS, _CONTENT, _ARTICLE = map(expand, ("dip:concerns", "dip:content", "dip:article"))
_APART = {_TYPE, LABEL, ALT_LABEL, _CONTENT, _ARTICLE, *_DESCRIPTIONS}


@dataclass(frozen=True)
class StatementGroup:
    """Statements that share a property; `total` counts those beyond the ones listed too."""

    label: str
    property: str
    statements: tuple[Statement, ...]
    total: int


@dataclass(frozen=True)
class ExternalLink:
    """The same thing in an outside dataset."""

    dataset: str
    identifier: str
    iri: str


@dataclass(frozen=True)
class Entity:
    """One thing: its names, its classes, and all that is said of it and by whom.

    `within` names it as a sentence would. `cut` names the parts of which there is more than is
    listed: names, classes, content, properties.
    """

    thing: Value
    within: str
    names: tuple[Value, ...]
    lead: tuple[Value, ...]
    description: str
    classes: tuple[Value, ...]
    key: tuple[StatementGroup, ...]
    outgoing: tuple[StatementGroup, ...]
    incoming: tuple[StatementGroup, ...]
    panels: tuple[Panel, ...]
    inferred: tuple[Statement, ...]
    links: tuple[ExternalLink, ...]
    content: tuple[Statement, ...]
    claim: ClaimSummary | None
    claimed: tuple[ClaimSummary, ...]
    neighbourhood: Network
    notes: tuple[Sentence, ...]
    cut: frozenset[str]

    @property
    def slug(self) -> str:
        """Return the thing's short name in IRIs."""
        return self.thing.iri.removeprefix(THING)


def read_entity(store: Store, slug: str) -> Entity:
    """Describe a thing; NotFound offers the slugs that come near."""
    node, words = thing_node(store, slug), vocabulary(store)
    known, coming = edges_around(store, node)
    stated, reverse, folded = split_redundant(words, _own(known.edges), coming.edges)
    classes, footnotes = index(store).values(node.value, "class"), Footnotes(store)
    featured = _featured(store, classes)
    groups = _groups(words, node, stated, footnotes, known.cut, outwards=True, first=featured)
    claimed = tuple(_cited(store, one, footnotes) for one in claims_about(store, node))
    answered = answer_panels(store, node, classes, footnotes)
    reverse = _not_shown(reverse, claimed, answered)
    names, kinds = _names(words, node.value), _classes(words, known.edges)
    content = read_statements(store, store.select(page_query("content"), thing=node))
    return Entity(
        thing=thing(words, node.value),
        within=words.within(node.value),
        names=names[: _LISTED["names"]],
        lead=lead_pieces(store, node.value),
        description=_description(known.edges),
        classes=kinds[: _LISTED["classes"]],
        key=tuple(group for group in groups if group.property in featured),
        outgoing=tuple(group for group in groups if group.property not in featured),
        panels=answered,
        incoming=_groups(words, node, reverse, footnotes, coming.cut, outwards=False),
        inferred=_inferred(words, node, folded, footnotes),
        links=_links(known.edges),
        content=content[: _LISTED["content"]],
        claim=claim_summary(store, node),
        claimed=claimed,
        neighbourhood=network_around(store, node, known, coming, limit=NEIGHBOURS_BESIDE_PAGE),
        notes=footnotes.sentences,
        cut=_cut(
            names=len(names),
            classes=known.cut.get(_TYPE, len(kinds)),
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


@per_store
def _key_facts(store: Store) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for row in store.select(page_query("key-facts")):
        found[text(row["class"])].add(text(row["property"]))
    return {iri: frozenset(known) for iri, known in found.items()}


def _featured(store: Store, classes: Iterable[str]) -> frozenset[str]:
    facts = _key_facts(store)
    return frozenset().union(*(facts.get(iri, frozenset()) for iri in classes))


def _names(words: Vocabulary, iri: str) -> tuple[Value, ...]:
    shown = words.label(iri)
    others = dict.fromkeys(
        (name, language)
        for kind, name, language in words.index.resource(iri).names
        if name != shown and kind != "point"
    )
    return tuple(Value(name, language=language) for name, language in others)


def _description(known: Iterable[StatementEdge]) -> str:
    found = [e.other for e in known if e.predicate in _DESCRIPTIONS]
    english = min(found, key=lambda o: (getattr(o, "language", "") != "en", str(o)), default=None)
    return truncate(text(english)) if english else ""


def _classes(words: Vocabulary, known: Iterable[StatementEdge]) -> tuple[Value, ...]:
    types = [text(edge.other) for edge in known if edge.predicate == _TYPE]
    return tuple(thing(words, iri) for iri in words.most_specific(types))


def _groups(
    words: Vocabulary,
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
    for name in sorted(by_property, key=lambda n: (n not in first, words.property_order(n))):
        ordered = sorted(by_property[name], key=lambda e: _edge_order(words, e))
        listed = ordered[:STATEMENTS_SHOWN]
        listed = ordered if len(ordered) - len(listed) == 1 else listed
        statements = tuple(_statement(words, node, e, footnotes, outwards) for e in listed)
        label = words.term_label(name) if outwards else words.inverse_label(name)
        groups.append(StatementGroup(label, name, statements, cut.get(name, len(ordered))))
    return tuple(groups)


def _edge_order(words: Vocabulary, edge: StatementEdge) -> tuple[object, ...]:
    """Sort what somebody says before what only the rules add, then as values are sorted."""
    return (not edge.asserted, *value_order(words, value(words, edge.other)))


def _inferred(
    words: Vocabulary, node: NamedNode, ends: list[tuple[StatementEdge, bool]], notes: Footnotes
) -> tuple[Statement, ...]:
    statements = (_statement(words, node, edge, notes, out) for edge, out in ends)
    return tuple(sorted(statements, key=lambda s: reading_order(words, s)))


def _statement(
    words: Vocabulary, node: NamedNode, edge: StatementEdge, footnotes: Footnotes, outwards: bool
) -> Statement:
    here, there = thing(words, node.value), value(words, edge.other)
    subject, target = (here, there) if outwards else (there, here)
    notes, marks = footnotes.of(edge)
    return Statement(subject, term_value(words, edge.predicate), target, notes, marks)


def _links(known: Iterable[StatementEdge]) -> tuple[ExternalLink, ...]:
    outside = {text(edge.other) for edge in known if LINKS in edge.graphs}
    ordered = sorted(outside, key=split_outside_iri)
    return tuple(ExternalLink(*split_outside_iri(iri), iri) for iri in ordered)


def _cited(store: Store, one: ClaimSummary, footnotes: Footnotes) -> ClaimSummary:
    """Say in which sentences a claim is told of."""
    node = NamedNode(one.claim.iri)
    graphs = graphs_of(store.quads_around(node, outwards=True))
    return replace(one, notes=footnotes.of(StatementEdge("", node, graphs)).notes)


def _not_shown(
    found: Iterable[StatementEdge], claimed: Iterable[ClaimSummary], answered: Iterable[Panel]
) -> list[StatementEdge]:
    """Leave out what a panel shows already, and that claims, listed apart, are about the thing."""
    shown = {pair for one in answered for row in one.rows for pair in row.said}
    shown |= {(_CONCERNS, known.claim.iri) for known in claimed}
    return [e for e in found if (e.predicate, text(e.other)) not in shown]
