"""What somebody states with a property or a narrower one; what only the rules add is left out."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.model.graphs import INFERRED
from kg.model.prefixes import CLAIM, GRAPH
from kg.store.store import Store, Term
from kg.terms.vocabulary import Vocabulary, text

# So many values are looked at, for those that are stated may come after inferred ones.
_LOOKED_AT = 200

_APART = (INFERRED.value, GRAPH + "description", CLAIM)


def stated_values(
    store: Store, vocabulary: Vocabulary, node: NamedNode, name: str, limit: int
) -> list[Term]:
    """Return at most so many values that someone gives a node, in reading order.

    A value counts if a sentence or the background has it with the property itself, with a
    narrower one, or seen from the other end; content of claims does not count.
    """
    values = store.objects(node, NamedNode(name), _LOOKED_AT)
    found = [value for value in values if _said(store, vocabulary, node, name, value)]
    return sorted(found, key=lambda term: (*vocabulary.order(text(term)), text(term)))[:limit]


def _said(store: Store, vocabulary: Vocabulary, node: NamedNode, name: str, value: Term) -> bool:
    def implies(quads: Iterable[Quad], flipped: bool) -> bool:
        return any(
            (name, flipped) in vocabulary.implied(quad.predicate.value)
            for quad in quads
            if isinstance(quad.graph_name, NamedNode)
            and not quad.graph_name.value.startswith(_APART)
        )

    if implies(store.between(node, value), flipped=False):
        return True
    return isinstance(value, NamedNode) and implies(store.between(value, node), flipped=True)
