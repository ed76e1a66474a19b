"""Inferred statements that only repeat what another statement implies."""

from __future__ import annotations

from collections.abc import Iterable

from kg.statements.edges import StatementEdge
from kg.store.store import Term
from kg.terms.vocabulary import Vocabulary


def split_redundant(
    vocabulary: Vocabulary, outgoing: Iterable[StatementEdge], incoming: Iterable[StatementEdge]
) -> tuple[list[StatementEdge], list[StatementEdge], list[tuple[StatementEdge, bool]]]:
    """Split edges into those to show, out and in, and the bookkeeping that the rules add.

    An inferred edge that says no more than another does (by a wider property, an inverse or
    symmetry) is left out. The flag beside bookkeeping says whether the edge goes outwards.
    """
    ends = [(edge, True) for edge in outgoing] + [(edge, False) for edge in incoming]
    said: set[tuple[str, Term, bool]] = set()
    for edge, outwards in ends:
        if edge.asserted:
            said |= _said(vocabulary, edge, outwards)
    shown = [(edge, outwards) for edge, outwards in ends if edge.asserted]
    folded: list[tuple[StatementEdge, bool]] = []
    narrow_first = sorted(
        (e for e in ends if not e[0].asserted),
        key=lambda e: (-len(vocabulary.implied(e[0].predicate)), not e[1], str(e[0])),
    )
    for edge, outwards in narrow_first:
        if (edge.predicate, edge.other, outwards) not in said:
            (folded if vocabulary.bookkeeping(edge.predicate) else shown).append((edge, outwards))
            said |= _said(vocabulary, edge, outwards)
    return [e for e, out in shown if out], [e for e, out in shown if not out], folded


def _said(
    vocabulary: Vocabulary, edge: StatementEdge, outwards: bool
) -> set[tuple[str, Term, bool]]:
    implied = vocabulary.implied(edge.predicate)
    return {(name, edge.other, outwards != flipped) for name, flipped in implied}
