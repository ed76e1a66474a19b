"""The statements about a thing that sentences support, one entry per sentence, for feeds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pyoxigraph import NamedNode

from kg.index.statement_keys import statement_key
from kg.statements.documents import SourceDocument, documents_by_iri
from kg.statements.edges import StatementEdge
from kg.statements.edges_around import edges_around
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.store.store import Store
from kg.terms.display import DisplayValue, display_term, display_thing, display_value
from kg.terms.slugs import thing_node
from kg.terms.vocabulary import read_vocabulary

# Readers fetch a feed seldom and rely on it for everything new, so that it reads more than a page.
FEED_STATEMENTS = 1000


@dataclass(frozen=True)
class CitedStatement:
    """A statement and one sentence that supports it.

    `triple` is in N-Triples, without its dot. `fingerprint` identifies the statement among those of
    the sentence, seen from either end.
    """

    subject: DisplayValue
    property: DisplayValue
    value: DisplayValue
    sentence: Sentence
    source: SourceDocument
    triple: str
    fingerprint: str


@dataclass(frozen=True)
class CitedStatements:
    """The cited statements about a thing; `incomplete` if there are more than were read."""

    thing: DisplayValue
    statements: tuple[CitedStatement, ...]
    incomplete: bool


def cited_statements(store: Store, slug: str) -> CitedStatements:
    """Return the statements about a thing that sentences support, once for each sentence.

    Those of the newest source come first, those of one source in reading order. NotFound offers
    similar slugs.
    """
    node = thing_node(store, slug)
    out, back = edges_around(store, node, complete_up_to=FEED_STATEMENTS)
    by_sentence = {
        (entry.sentence.iri, entry.fingerprint): entry
        for outwards, side in ((True, out), (False, back))
        for edge in side.edges
        for entry in _entries(store, node, edge, outwards)
    }
    order = {iri: position for position, iri in enumerate(sentences_by_iri(store))}
    statements = sorted(by_sentence.values(), key=lambda e: (order[e.sentence.iri], e.fingerprint))
    # Sorting is stable: sentences of one source stay in reading order.
    statements.sort(key=lambda entry: entry.source.newest, reverse=True)
    return CitedStatements(
        display_thing(read_vocabulary(store), node.value),
        tuple(statements),
        any(side.totals or side.unread for side in (out, back)),
    )


def _entries(
    store: Store, node: NamedNode, edge: StatementEdge, outwards: bool
) -> Iterator[CitedStatement]:
    vocabulary = read_vocabulary(store)
    sentences, documents = sentences_by_iri(store), documents_by_iri(store)
    ends = (node, edge.other) if outwards else (edge.other, node)
    # Of the triple alone, so that an entry has the same identifier in every build and feed.
    fingerprint = statement_key(ends[0], NamedNode(edge.predicate), ends[1])
    triple = f"{ends[0]} <{edge.predicate}> {ends[1]}"
    subject, value = (display_value(vocabulary, end) for end in ends)
    property_ = display_term(vocabulary, edge.predicate)
    for graph in edge.graphs & sentences.keys():
        sentence = sentences[graph]
        source = documents.get(sentence.source)
        if source:
            yield CitedStatement(subject, property_, value, sentence, source, triple, fingerprint)
