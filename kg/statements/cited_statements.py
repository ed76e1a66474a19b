"""What sentences say of a thing, statement by statement, for feeds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.statements.documents import SourceDocument, documents_by_iri
from kg.statements.edges import StatementEdge
from kg.statements.edges_around import edges_around
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_term, display_thing, display_value
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# A feed is read rarely, and wants to be whole.
FEED_STATEMENTS = 1000


@dataclass(frozen=True)
class CitedStatement:
    """A statement and one sentence that supports it.

    `fingerprint` identifies the statement among those of the sentence, seen from either end.
    """

    subject: DisplayValue
    property: DisplayValue
    value: DisplayValue
    sentence: Sentence
    source: SourceDocument
    fingerprint: str


@dataclass(frozen=True)
class CitedStatements:
    """What sentences say of a thing; if it is too much, `incomplete` tells that there is more."""

    thing: DisplayValue
    statements: tuple[CitedStatement, ...]
    incomplete: bool


def cited_statements(store: Store, slug: str) -> CitedStatements:
    """Return the statements about a thing that sentences support, once for each sentence.

    Those of the newest source come first, those of one source in reading order. NotFound offers
    the slugs that come near.
    """
    node, vocabulary = thing_node(store, slug), read_vocabulary(store)
    sides = tuple(zip((True, False), edges_around(store, node, whole=FEED_STATEMENTS), strict=True))
    found = {
        (one.sentence.iri, one.fingerprint): one
        for outwards, side in sides
        for edge in side.edges
        for one in _cited(store, vocabulary, node, edge, outwards)
    }
    order = {iri: place for place, iri in enumerate(sentences_by_iri(store))}
    statements = sorted(found.values(), key=lambda one: (order[one.sentence.iri], one.fingerprint))
    statements.sort(key=lambda one: one.source.newest, reverse=True)
    return CitedStatements(
        display_thing(vocabulary, node.value),
        tuple(statements),
        any(side.totals or side.unread for _, side in sides),
    )


def _cited(
    store: Store, vocabulary: Vocabulary, node: NamedNode, edge: StatementEdge, outwards: bool
) -> Iterator[CitedStatement]:
    known, documents = sentences_by_iri(store), documents_by_iri(store)
    ends = (node, edge.other) if outwards else (edge.other, node)
    said = f"{ends[0]} <{edge.predicate}> {ends[1]}"
    mark = hashlib.sha256(said.encode()).hexdigest()[:16]
    subject, target = (display_value(vocabulary, end) for end in ends)
    for graph in edge.graphs & known.keys():
        sentence = known[graph]
        source = documents.get(sentence.source)
        if source:
            name = display_term(vocabulary, edge.predicate)
            yield CitedStatement(subject, name, target, sentence, source, mark)
