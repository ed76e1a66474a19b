"""Who says so: the graphs that a statement stands in, as footnotes and marks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kg.model.prefixes import GRAPH
from kg.statements.sentences import Sentence, sentences_by_iri
from kg.store.store import Store, Term
from kg.terms.vocabulary import Vocabulary

ENTITIES, LINKS, INFERRED = (GRAPH + name for name in ("entities", "links", "inferred"))

_MARKS = {ENTITIES: "background", LINKS: "link", INFERRED: "inferred"}


@dataclass(frozen=True)
class StatementEdge:
    """A statement seen from one of its ends: the property, the other end, the graphs."""

    predicate: str
    other: Term
    graphs: frozenset[str]

    @property
    def asserted(self) -> bool:
        """Tell whether anybody says so, or only the rules."""
        return self.graphs != {INFERRED}


class StatementSupport(NamedTuple):
    """The numbers of footnotes, or the marks that stand in for them."""

    notes: tuple[int, ...] = ()
    marks: tuple[str, ...] = ()


def graphs_of(quads: Iterable[Quad]) -> frozenset[str]:
    """Return the named graphs that quads stand in."""
    names = (quad.graph_name for quad in quads)
    return frozenset(name.value for name in names if isinstance(name, NamedNode))


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


def split_redundant(
    words: Vocabulary, outgoing: Iterable[StatementEdge], incoming: Iterable[StatementEdge]
) -> tuple[list[StatementEdge], list[StatementEdge], list[tuple[StatementEdge, bool]]]:
    """Split edges into those to show, out and in, and the bookkeeping that the rules add.

    An inferred edge that says no more than another does (by a wider property, an inverse or
    symmetry) is left out. The flag beside bookkeeping says whether the edge goes outwards.
    """
    ends = [(edge, True) for edge in outgoing] + [(edge, False) for edge in incoming]
    said: set[tuple[str, Term, bool]] = set()
    for edge, outwards in ends:
        if edge.asserted:
            said |= _said(words, edge, outwards)
    shown = [(edge, outwards) for edge, outwards in ends if edge.asserted]
    folded: list[tuple[StatementEdge, bool]] = []
    narrow_first = sorted(
        (e for e in ends if not e[0].asserted),
        key=lambda e: (-len(words.implied(e[0].predicate)), not e[1], str(e[0])),
    )
    for edge, outwards in narrow_first:
        if (edge.predicate, edge.other, outwards) not in said:
            (folded if words.bookkeeping(edge.predicate) else shown).append((edge, outwards))
            said |= _said(words, edge, outwards)
    return [e for e, out in shown if out], [e for e, out in shown if not out], folded


def _said(words: Vocabulary, edge: StatementEdge, outwards: bool) -> set[tuple[str, Term, bool]]:
    implied = words.implied(edge.predicate)
    return {(name, edge.other, outwards != flipped) for name, flipped in implied}
