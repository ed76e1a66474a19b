"""The content of a thing's page as one value: names, statements, panels, claims, neighbourhood."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from kg.index.reader import index
from kg.model.named_graphs import LINKS
from kg.model.prefixes import THING, expand
from kg.model.text import truncate
from kg.network.network import NEIGHBOURS_BESIDE_PAGE, Network, network_around
from kg.sparql.named_queries import page_query
from kg.statements.claims import ClaimSummary, claim_summary, claims_about
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.edges_around import EdgeSide, edges_around
from kg.statements.footnotes import Footnotes
from kg.statements.redundancy import split_redundant
from kg.statements.sentences import Sentence
from kg.statements.statement import Statement, read_statements
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_thing
from kg.terms.literals import text
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import ALT_LABEL, LABEL, Vocabulary, read_vocabulary
from kg.things.lead import lead
from kg.things.outside_links import AbsentLink, OutsideLink, absent_links, outside_links
from kg.things.panels import Panel, answer_panels
from kg.things.stated_variants import VariantTable, variant_table
from kg.things.statement_groups import (
    StatementGroup,
    cite_tenures,
    date_offices,
    describe_bookkeeping,
    group_statements,
    key_properties,
    read_tenures,
)

# Names, classes and claimed statements that a page lists; it has no list of unread properties.
_LISTED = {"names": 40, "classes": 20, "content": 200, "properties": 0}

_TYPE = expand("rdf:type")
_DESCRIPTIONS = (expand("rdfs:comment"), expand("skos:definition"), expand("dcterms:description"))
_ABOUT, _CONTENT, _ARTICLE = map(expand, ("dip:about", "dip:content", "dip:article"))
_VARIANTS = (expand("dip:hasStatedValue"), expand("dip:decidedBy"))
# A former slug redirects to its successor: a link to it would lead back to the same page.
_REPLACED = expand("dcterms:isReplacedBy")
# Properties that a page shows elsewhere than among the facts.
_SHOWN_ELSEWHERE = {_TYPE, LABEL, ALT_LABEL, _CONTENT, _ARTICLE, *_VARIANTS, *_DESCRIPTIONS}


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
    variants: VariantTable | None
    key_facts: tuple[StatementGroup, ...]
    outgoing: tuple[StatementGroup, ...]
    incoming: tuple[StatementGroup, ...]
    panels: tuple[Panel, ...]
    inferred: tuple[Statement, ...]
    outside_links: tuple[OutsideLink, ...]
    absent_links: tuple[AbsentLink, ...]
    content: tuple[Statement, ...]
    claim: ClaimSummary | None
    claims: tuple[ClaimSummary, ...]
    neighbourhood: Network
    cited_sentences: tuple[Sentence, ...]
    shortened: frozenset[str]

    @property
    def slug(self) -> str:
        """Return the thing's local name in IRIs."""
        return self.thing.iri.removeprefix(THING)


def read_entity(store: Store, slug: str) -> Entity:
    """Read the content of a thing's page; NotFound offers similar slugs."""
    node, vocabulary = thing_node(store, slug), read_vocabulary(store)
    out, back = edges_around(store, node)
    # One set for all sections, so that a sentence has the same number all over the page.
    footnotes = Footnotes(store)
    sections = _read_sections(store, node, out, back, footnotes)
    names, classes = _other_names(vocabulary, node.value), _classes(vocabulary, out.edges)
    content = read_statements(store, _content(store, node))
    return Entity(
        thing=display_thing(vocabulary, node.value),
        label_in_text=vocabulary.label_in_text(node.value),
        names=names[: _LISTED["names"]],
        lead=lead(store, node.value),
        description=_description(out.edges),
        classes=classes[: _LISTED["classes"]],
        **sections._asdict(),
        outside_links=outside_links(store).get(node.value, ()),
        absent_links=absent_links(store).get(node.value, ()),
        content=content[: _LISTED["content"]],
        claim=claim_summary(store, node),
        neighbourhood=network_around(store, node, out, back, limit=NEIGHBOURS_BESIDE_PAGE),
        cited_sentences=footnotes.sentences,
        shortened=_shortened(
            names=len(names),
            classes=out.totals.get(_TYPE, len(classes)),
            content=len(content),
            properties=out.unread + back.unread,
        ),
    )


def _content(store: Store, node: NamedNode) -> Iterator[Triple]:
    rows = store.select(page_query("content"), thing=node) if claim_summary(store, node) else ()
    for row in rows:
        yield Triple(row["subject"], row["property"], row["value"])  # type: ignore[arg-type]


class _Sections(NamedTuple):
    """The sections of a page with footnotes, numbered in the order in which they are made."""

    variants: VariantTable | None
    key_facts: tuple[StatementGroup, ...]
    outgoing: tuple[StatementGroup, ...]
    claims: tuple[ClaimSummary, ...]
    panels: tuple[Panel, ...]
    incoming: tuple[StatementGroup, ...]
    inferred: tuple[Statement, ...]


def _read_sections(
    store: Store, node: NamedNode, out: EdgeSide, back: EdgeSide, footnotes: Footnotes
) -> _Sections:
    vocabulary, classes = read_vocabulary(store), index(store).values(node.value, "class")
    stated, reverse, bookkeeping = split_redundant(vocabulary, _facts(out.edges), back.edges)
    tenures = read_tenures(store, node, stated)
    stated = cite_tenures(store, stated, tenures)
    # In the order in which the page shows them: footnotes are numbered as they are first cited.
    variants = variant_table(store, node, footnotes)
    key = key_properties(store, classes)
    outgoing = group_statements(
        vocabulary, node, stated, footnotes, out.totals, outwards=True, first=key
    )
    claims = _with_footnotes(store, claims_about(store, node), footnotes)
    panels = answer_panels(store, node, classes, footnotes)
    other = _not_shown_above(reverse, claims, panels)
    incoming = group_statements(vocabulary, node, other, footnotes, back.totals, outwards=False)
    return _Sections(
        variants,
        date_offices(store, (group for group in outgoing if group.property in key), tenures),
        tuple(group for group in outgoing if group.property not in key),
        claims,
        panels,
        incoming,
        describe_bookkeeping(vocabulary, node, bookkeeping, footnotes),
    )


def _facts(edges: Iterable[StatementEdge]) -> list[StatementEdge]:
    """Keep the edges that are neither names, classes and descriptions nor links to elsewhere."""
    return [
        edge
        for edge in edges
        if edge.predicate not in _SHOWN_ELSEWHERE and edge.graphs != {LINKS.value}
    ]


def _with_footnotes(
    store: Store, claims: Sequence[ClaimSummary], footnotes: Footnotes
) -> tuple[ClaimSummary, ...]:
    """Add the sentences that report each claim."""
    nodes = [NamedNode(summary.claim.iri) for summary in claims]
    # The sentences that report a claim are those that state anything of it.
    around = store.quads_around_each(nodes, outwards=True)
    edges = (StatementEdge("", *one) for one in zip(nodes, map(graphs_of, around), strict=True))
    return tuple(
        replace(summary, footnotes=footnotes.support(edge).footnotes)
        for summary, edge in zip(claims, edges, strict=True)
    )


def _not_shown_above(
    edges: Iterable[StatementEdge], claims: Iterable[ClaimSummary], panels: Iterable[Panel]
) -> list[StatementEdge]:
    """Leave out what a panel shows, claims, which have their own section, and former slugs."""
    shown = {pair for panel in panels for row in panel.rows for pair in row.statements}
    shown |= {(_ABOUT, summary.claim.iri) for summary in claims}
    present = (edge for edge in edges if edge.predicate != _REPLACED)
    return [edge for edge in present if (edge.predicate, text(edge.other)) not in shown]


def _other_names(vocabulary: Vocabulary, iri: str) -> tuple[DisplayValue, ...]:
    label = vocabulary.label(iri)
    names = dict.fromkeys(
        (name, language)
        for kind, name, language in vocabulary.index.resource(iri).names
        if name != label and kind != "point"
    )
    return tuple(DisplayValue(name, language=language) for name, language in names)


def _description(edges: Iterable[StatementEdge]) -> str:
    values = [edge.other for edge in edges if edge.predicate in _DESCRIPTIONS]
    # English first, as the interface is; then the same one in every build.
    first = min(values, key=lambda v: (getattr(v, "language", "") != "en", str(v)), default=None)
    return truncate(text(first)) if first else ""


def _classes(vocabulary: Vocabulary, edges: Iterable[StatementEdge]) -> tuple[DisplayValue, ...]:
    classes = [text(edge.other) for edge in edges if edge.predicate == _TYPE]
    return tuple(display_thing(vocabulary, iri) for iri in vocabulary.most_specific(classes))


def _shortened(**counts: int) -> frozenset[str]:
    """Name the parts that have more than a page lists."""
    return frozenset(part for part, count in counts.items() if count > _LISTED[part])
