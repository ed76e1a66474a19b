"""The stated values of a property, by itself or a narrower one; not what only rules add."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from pyoxigraph import NamedNode, Quad

from kg.model.named_graphs import DESCRIPTION, INFERRED
from kg.model.prefixes import CLAIM
from kg.store.store import Store, Term
from kg.terms.literals import text
from kg.terms.vocabulary import Vocabulary, read_vocabulary

# The store returns values in no useful order: stated ones may come after many inferred ones.
_VALUES_READ = 200

_NOT_STATING = (INFERRED.value, DESCRIPTION.value, CLAIM)


class _Candidate(NamedTuple):
    node: NamedNode
    property: str
    value: Term


def stated_values(
    store: Store, properties: Iterable[tuple[NamedNode, str]], limit: int
) -> list[list[Term]]:
    """Return the values of each property of a thing that sentences or background data state.

    At most `limit` of each, in order. A value counts if it is stated with the property itself, a
    narrower one or an inverse; the content of claims does not count.
    """
    properties = list(properties)
    # Rules add the wider and inverse statements, so a property has all candidates.
    values = store.objects_of_each(((node, NamedNode(p)) for node, p in properties), _VALUES_READ)
    candidates = [
        _Candidate(*of_thing, value)
        for of_thing, of_property in zip(properties, values, strict=True)
        for value in of_property
    ]
    stated: dict[tuple[NamedNode, str], list[Term]] = {of_thing: [] for of_thing in properties}
    for node, name, value in _stated(store, candidates):
        stated[node, name].append(value)
    order = read_vocabulary(store).order
    return [
        sorted(stated[of_thing], key=lambda value: (*order(text(value)), text(value)))[:limit]
        for of_thing in properties
    ]


def _stated(store: Store, candidates: list[_Candidate]) -> list[_Candidate]:
    vocabulary = read_vocabulary(store)
    ways = store.between_each((one.node, one.value) for one in candidates)
    forwards = {
        one
        for one, quads in zip(candidates, ways, strict=True)
        if _implies(vocabulary, one.property, quads, flipped=False)
    }
    others = [c for c in candidates if c not in forwards and isinstance(c.value, NamedNode)]
    ways = store.between_each((one.value, one.node) for one in others)
    back = [
        one
        for one, quads in zip(others, ways, strict=True)
        if _implies(vocabulary, one.property, quads, flipped=True)
    ]
    return [*forwards, *back]


def _implies(vocabulary: Vocabulary, name: str, quads: Iterable[Quad], *, flipped: bool) -> bool:
    return any(
        (name, flipped) in vocabulary.implied(quad.predicate.value)
        for quad in quads
        if isinstance(quad.graph_name, NamedNode)
        and not quad.graph_name.value.startswith(_NOT_STATING)
    )
