"""Inferred statements that only repeat what another statement implies."""

from __future__ import annotations

from collections.abc import Iterable

from kg.statements.edges import StatementEdge
from kg.store.store import Term
from kg.terms.vocabulary import Vocabulary

_Implied = tuple[str, Term, bool]


def split_redundant(
    vocabulary: Vocabulary, outgoing: Iterable[StatementEdge], incoming: Iterable[StatementEdge]
) -> tuple[list[StatementEdge], list[StatementEdge], list[tuple[StatementEdge, bool]]]:
    """Split edges into those to show, outgoing and incoming, and bookkeeping that rules add.

    An inferred edge is left out if another one implies it by a wider property, an inverse or
    symmetry. Each edge of the bookkeeping comes with whether it is outgoing.
    """
    edges = [(edge, True) for edge in outgoing] + [(edge, False) for edge in incoming]
    # Asserted edges are always shown, even where another implies them: somebody states them.
    shown = [(edge, outwards) for edge, outwards in edges if edge.asserted]
    implied = {fact for edge, outwards in shown for fact in _implied(vocabulary, edge, outwards)}
    bookkeeping: list[tuple[StatementEdge, bool]] = []
    # The narrowest property implies the most, so that the wider ones after it are left out.
    narrow_first = sorted(
        ((edge, outwards) for edge, outwards in edges if not edge.asserted),
        key=lambda e: (-len(vocabulary.implied(e[0].predicate)), not e[1], str(e[0])),
    )
    for edge, outwards in narrow_first:
        if (edge.predicate, edge.other, outwards) not in implied:
            is_bookkeeping = vocabulary.bookkeeping(edge.predicate)
            (bookkeeping if is_bookkeeping else shown).append((edge, outwards))
            implied |= _implied(vocabulary, edge, outwards)
    return [e for e, out in shown if out], [e for e, out in shown if not out], bookkeeping


def _implied(vocabulary: Vocabulary, edge: StatementEdge, outwards: bool) -> set[_Implied]:
    implied = vocabulary.implied(edge.predicate)
    return {(name, edge.other, outwards != flipped) for name, flipped in implied}
