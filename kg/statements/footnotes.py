"""Who says so: the graphs that a statement stands in, as footnotes and marks."""

from __future__ import annotations

from typing import NamedTuple

from kg.statements.edges import ENTITIES, INFERRED, LINKS, StatementEdge
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.store.store import Store

_MARKS = {ENTITIES: "background", LINKS: "link", INFERRED: "inferred"}


class StatementSupport(NamedTuple):
    """The numbers of footnotes, or the marks that stand in for them."""

    footnotes: tuple[int, ...] = ()
    provenance: tuple[str, ...] = ()


class Footnotes:
    """Numbers the sentences of one page in the order in which it first cites them."""

    def __init__(self, store: Store) -> None:
        """Start with no footnotes."""
        self._known = sentences_by_iri(store)
        self._numbers: dict[str, int] = {}

    @property
    def sentences(self) -> tuple[Sentence, ...]:
        """Return the sentences cited so far, the first being footnote 1."""
        return tuple(self._known[iri] for iri in self._numbers)

    def of(self, edge: StatementEdge) -> StatementSupport:
        """Return a statement's footnotes, or the marks that stand in for them."""
        cited = sorted(edge.graphs & self._known.keys(), key=lambda iri: self._known[iri].rank)
        notes = [self._numbers.setdefault(iri, len(self._numbers) + 1) for iri in cited]
        marks = () if notes else tuple(_MARKS[g] for g in sorted(edge.graphs) if g in _MARKS)
        return StatementSupport(tuple(sorted(notes)), marks)
