"""The stated values of a property, by itself or a narrower one; not what only rules add."""

from __future__ import annotations

from collections.abc import Iterable

from pyoxigraph import NamedNode, Quad

from kg.model.named_graphs import DESCRIPTION, INFERRED
from kg.model.prefixes import CLAIM
from kg.store.store import Store, Term
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary

# The store returns values in no useful order: stated ones may come after many inferred ones.
_VALUES_READ = 200

_NOT_STATING = (INFERRED.value, DESCRIPTION.value, CLAIM)


def stated_values(
    store: Store, vocabulary: Vocabulary, node: NamedNode, name: str, limit: int
) -> list[Term]:
    """Return at most `limit` values that a sentence or the background data states, in order.

    A value counts if it is stated with the property itself, a narrower one or an inverse; the
    content of claims does not count.
    """
    # Rules add the wider and inverse statements, so this property has all candidates.
    values = store.objects(node, NamedNode(name), _VALUES_READ)
    stated = [value for value in values if _is_stated(store, vocabulary, node, name, value)]
    return sorted(stated, key=lambda value: (*vocabulary.order(text(value)), text(value)))[:limit]


def _is_stated(
    store: Store, vocabulary: Vocabulary, node: NamedNode, name: str, value: Term
) -> bool:
    def implies(quads: Iterable[Quad], flipped: bool) -> bool:
        return any(
            (name, flipped) in vocabulary.implied(quad.predicate.value)
            for quad in quads
            if isinstance(quad.graph_name, NamedNode)
            and not quad.graph_name.value.startswith(_NOT_STATING)
        )

    if implies(store.between(node, value), flipped=False):
        return True
    return isinstance(value, NamedNode) and implies(store.between(value, node), flipped=True)
