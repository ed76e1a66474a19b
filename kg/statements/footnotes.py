"""The support of statements on a page: numbered footnotes for sentences, else a provenance."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.model.named_graphs import ENTITIES, INFERRED, LINKS
from kg.model.translations import gettext_noop
from kg.statements.documents import documents_by_iri
from kg.statements.edges import StatementEdge
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.statements.statement import Statement, citable_key
from kg.statements.variations import Variation, variation_of
from kg.store.store import Store
from kg.terms.display import display_term, display_thing, display_value
from kg.terms.vocabulary import Vocabulary

_PROVENANCE = {
    ENTITIES.value: gettext_noop("background"),
    LINKS.value: gettext_noop("link"),
    INFERRED.value: gettext_noop("inferred"),
}


class StatementSupport(NamedTuple):
    """The numbers of footnotes; without any, the provenance: background, link or inferred.

    `sources` counts the sources of the sentences, `publishers` those independent of each other.
    """

    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()
    sources: int = 0
    publishers: int = 0


class Footnotes:
    """Numbers the sentences of one page in the order in which the page first cites them."""

    def __init__(self, store: Store) -> None:
        """Start with no footnotes."""
        self._store, self._sentences = store, sentences_by_iri(store)
        self._numbers: dict[str, int] = {}

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences cited so far, the first being footnote 1."""
        return tuple(self._sentences[iri] for iri in self._numbers)

    def support(self, edge: StatementEdge) -> StatementSupport:
        """Return the footnotes of a statement, numbering new sentences, or its provenance."""
        # A named graph is a sentence's if its IRI is that of the sentence.
        cited = edge.graphs & self._sentences.keys()
        in_order = sorted(cited, key=lambda iri: self._sentences[iri].rank)
        numbers = [self._numbers.setdefault(iri, len(self._numbers) + 1) for iri in in_order]
        if numbers:
            sources = {self._sentences[iri].source for iri in in_order}
            documents = documents_by_iri(self._store)
            origins = {documents[iri].common_origin if iri in documents else iri for iri in sources}
            return StatementSupport(tuple(sorted(numbers)), (), len(sources), len(origins))
        # Cited statements show no provenance: the sentence is the stronger evidence.
        graphs = sorted(edge.graphs & _PROVENANCE.keys())
        return StatementSupport(provenance=tuple(_PROVENANCE[graph] for graph in graphs))

    def variation(self, subject: str, property_: str, other: str) -> Variation | None:
        """Return in what sources differ about a statement, if they do."""
        return variation_of(self._store, subject, property_, other)


def describe_edge(
    vocabulary: Vocabulary,
    node: NamedNode,
    edge: StatementEdge,
    footnotes: Footnotes,
    outwards: bool,
) -> Statement:
    """Put an edge of a thing into words, with its footnotes."""
    here, there = display_thing(vocabulary, node.value), display_value(vocabulary, edge.other)
    subject, value = (here, there) if outwards else (there, here)
    property_ = display_term(vocabulary, edge.predicate)
    # A literal is what the thing has, never the other way round.
    variation = footnotes.variation(subject.iri, edge.predicate, value.iri)
    ends = (node, edge.other) if outwards else (edge.other, node)
    key = citable_key(ends[0], NamedNode(edge.predicate), ends[1])
    return Statement(subject, property_, value, *footnotes.support(edge), variation, key)
