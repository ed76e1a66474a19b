"""All that the graph has of one thing, as records for programs, page by page.

A page has its statements first, then claims about the thing, which are apart ("says"): what a claim
says is no statement of the graph.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.agents.statement_records import Record, StatementRecords, display_record
from kg.index.reader import index
from kg.model.errors import NotFound
from kg.model.named_graphs import LINKS
from kg.model.prefixes import expand
from kg.model.text import truncate
from kg.sparql.named_queries import page_query
from kg.statements.claims import ClaimSummary, claims_about
from kg.statements.edges import StatementEdge, graphs_of
from kg.statements.edges_around import EdgeSide, edges_around
from kg.statements.redundancy import split_redundant
from kg.store.store import Store
from kg.terms.display import display_thing, display_value, value_order
from kg.terms.literals import text
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import ALT_LABEL, LABEL, Vocabulary, read_vocabulary
from kg.things.lead import lead_sentence
from kg.things.outside_links import all_links

# Statements and claims of one page: some 30 KB.
RECORD_SIZE = 50
# Things with more statements have only the first of each property here; pages list all.
_READ_COMPLETELY = 10_000
# Statements of one claim's content.
_CONTENT = 20

_DESCRIPTIONS = tuple(map(expand, ("rdfs:comment", "skos:definition", "dcterms:description")))
_TYPE, _REPLACED = expand("rdf:type"), expand("dcterms:isReplacedBy")
# What the head of the record holds, and former names.
_IN_HEAD = {_TYPE, LABEL, ALT_LABEL, _REPLACED, expand("dip:content"), *_DESCRIPTIONS}


@dataclass(frozen=True)
class ThingStatements:
    """The statements of a thing, (edge, whether the thing is its subject), and claims about it.

    `unread` counts the statements that were not read, of things with very many.
    """

    node: NamedNode
    edges: tuple[tuple[StatementEdge, bool], ...]
    claims: tuple[ClaimSummary, ...]
    description: str
    unread: int

    @property
    def size(self) -> int:
        """Return the number of statements and claims."""
        return len(self.edges) + len(self.claims)


def read_thing(store: Store, slug: str) -> ThingStatements:
    """Read a thing's statements, those that it is the subject of first; errors of `thing_node`."""
    node, vocabulary = thing_node(store, slug), read_vocabulary(store)
    out, back = edges_around(store, node, complete_up_to=_READ_COMPLETELY)
    stated, reverse, derived = split_redundant(vocabulary, _facts(out), _facts(back))
    edges = [
        *_ordered(vocabulary, [(edge, True) for edge in stated]),
        *_ordered(vocabulary, [(edge, False) for edge in reverse]),
        *_ordered(vocabulary, derived),
    ]
    claims = claims_about(store, node)
    unread = out.unread + back.unread + sum(out.totals.values()) + sum(back.totals.values())
    return ThingStatements(node, tuple(edges), claims, _description(out), unread)


def thing_record(store: Store, slug: str, page: int) -> Record:
    """Return a page of what the graph has of a thing; NotFound past the last page.

    `sentences` are those that the page's statements and claims cite.
    """
    thing = read_thing(store, slug)
    start = RECORD_SIZE * (page - 1)
    if page > 1 and start >= thing.size:
        raise NotFound(f"page {page} here; there are fewer statements")
    records = StatementRecords(store)
    return {
        **thing_head(store, thing),
        **thing_part(store, thing, range(start, start + RECORD_SIZE), records),
        "links": link_records(store, thing.node.value),
        "sentences": records.sentences,
    }


def thing_head(store: Store, thing: ThingStatements) -> Record:
    """Return what a thing is: names in all languages, classes, days, description, totals."""
    vocabulary, iri = read_vocabulary(store), thing.node.value
    resource, shown = index(store).resource(iri), display_thing(vocabulary, thing.node.value)
    types = sorted(index(store).values(iri, "type"), key=vocabulary.label)
    return {
        "build": store.number,
        "iri": iri,
        "label": shown.text,
        "status": shown.status,
        "names": [
            {"text": name, "lang": language, "kind": kind}
            for kind, name, language in resource.names
            if kind != "point"
        ],
        "classes": [display_record(display_thing(vocabulary, value)) for value in types],
        "lead": lead_sentence(store, iri),
        "description": thing.description,
        "earliest": resource.earliest,
        "latest": resource.latest,
        "total": {"statements": len(thing.edges), "says": len(thing.claims)},
        "unread": thing.unread,
    }


def thing_part(
    store: Store, thing: ThingStatements, part: range, records: StatementRecords
) -> Record:
    """Return some of a thing's statements, then claims about it; those of a claim's content.

    `part` counts statements and claims as one sequence.
    """
    edges, past = len(thing.edges), thing.claims
    claims = past[max(0, part.start - edges) : max(0, part.stop - edges)]
    return {
        "statements": [
            records.edge(thing.node, edge, outwards)
            for edge, outwards in thing.edges[part.start : part.stop]
        ],
        "content": claim_content(store, thing.node, records) if part.start == 0 else [],
        "says": [claim_record(store, claim, records) for claim in claims],
    }


def claim_record(store: Store, claim: ClaimSummary, records: StatementRecords) -> Record:
    """Return a claim: who makes it or which claims report it, what it says, its sentences."""
    node = NamedNode(claim.claim.iri)
    return {
        **display_record(claim.claim),
        "claimants": [display_record(agent) for agent in claim.claimants],
        "reported_in": [display_record(outer) for outer in claim.reported_in],
        "content": claim_content(store, node, records),
        "sentences": records.cite(reporting_graphs(store, claim)),
    }


def reporting_graphs(store: Store, claim: ClaimSummary) -> frozenset[str]:
    """Return the graphs that state anything of a claim, or of the claims that report it."""
    outer = () if claim.claimants else claim.reported_in
    nodes = (NamedNode(value.iri) for value in (claim.claim, *outer))
    return frozenset().union(*(graphs_of(store.quads_around(node, True)) for node in nodes))


def claim_content(store: Store, node: NamedNode, records: StatementRecords) -> list[Record]:
    """Return the first statements that a claim makes; none for a thing that is no claim."""
    rows = store.select(page_query("content"), thing=node)
    stated = [(row["subject"], text(row["property"]), row["value"]) for row in rows]
    return [records.claimed(*statement) for statement in sorted(stated, key=str)[:_CONTENT]]


def link_records(store: Store, iri: str) -> list[Record]:
    """Return the links of a thing to other datasets."""
    return [
        {
            "relation": link.relation,
            "iri": link.record,
            "dataset": link.dataset_name,
            "identifier": link.identifier,
            "confidence": link.grounds.confidence,
        }
        for link in all_links(store, iri)
    ]


def _facts(side: EdgeSide) -> list[StatementEdge]:
    return [
        edge
        for edge in side.edges
        if edge.predicate not in _IN_HEAD and edge.graphs != {LINKS.value}
    ]


def _ordered(
    vocabulary: Vocabulary, edges: Sequence[tuple[StatementEdge, bool]]
) -> list[tuple[StatementEdge, bool]]:
    def key(pair: tuple[StatementEdge, bool]) -> tuple[object, ...]:
        edge, outwards = pair
        value = display_value(vocabulary, edge.other)
        order = (vocabulary.property_order(edge.predicate), value_order(vocabulary, value))
        return (not outwards, *order, str(edge.other))

    return sorted(edges, key=key)


def _description(side: EdgeSide) -> str:
    values = [edge.other for edge in side.edges if edge.predicate in _DESCRIPTIONS]
    first = min(values, key=lambda v: (getattr(v, "language", "") != "en", str(v)), default=None)
    return truncate(text(first)) if first else ""
