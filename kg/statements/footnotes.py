"""The support of statements on a page: numbered footnotes for sentences, else a provenance."""

from __future__ import annotations

from typing import NamedTuple

from pyoxigraph import NamedNode

from kg.model.named_graphs import ENTITIES, INFERRED, LINKS
from kg.statements.edges import StatementEdge
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.statements.statement import Statement
from kg.store.store import Store
from kg.terms.display import display_term, display_thing, display_value
from kg.terms.vocabulary import Vocabulary

_PROVENANCE = {
    ENTITIES.value: "background",
    LINKS.value: "link",
    INFERRED.value: "inferred",
}


class StatementSupport(NamedTuple):
    """The numbers of footnotes; without any, the provenance: background, link or inferred."""

    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()


class Footnotes:
    """Numbers the sentences of one page in the order in which the page first cites them."""

    def __init__(self, store: Store) -> None:
        """Start with no footnotes."""
        self._sentences = sentences_by_iri(store)
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
            return StatementSupport(footnotes=tuple(sorted(numbers)))
        # Cited statements show no provenance: the sentence is the stronger evidence.
        graphs = sorted(edge.graphs & _PROVENANCE.keys())
        return StatementSupport(provenance=tuple(_PROVENANCE[graph] for graph in graphs))


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
    return Statement(subject, property_, value, *footnotes.support(edge))
