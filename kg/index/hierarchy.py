"""The classes above each class, as the ontology of a build has them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import TypeVar

from pyoxigraph import NamedNode

from kg.store.store import Store

_T = TypeVar("_T")

_PARENTS = """
SELECT ?below ?above { ?below <http://www.w3.org/2000/01/rdf-schema#subClassOf> ?above }
"""


def ancestors(store: Store) -> dict[str, set[str]]:
    """Return all classes above each class, without itself."""
    parents: dict[str, set[str]] = defaultdict(set)
    for row in store.select(_PARENTS):
        below, above = row["below"], row["above"]
        if isinstance(below, NamedNode) and isinstance(above, NamedNode):
            parents[below.value].add(above.value)
    return {
        iri: transitive_closure(iri, lambda c: parents.get(c, ())) - {iri} for iri in list(parents)
    }


def transitive_closure(start: _T, step: Callable[[_T], Iterable[_T]]) -> set[_T]:
    """Return the start and all that steps lead to; circles, such as equivalent classes, end.

    >>> sorted(transitive_closure(1, lambda n: [n * 2 % 7]))
    [1, 2, 4]
    """
    reached = {start}
    queue = [start]
    while queue:
        fresh = set(step(queue.pop())) - reached
        reached |= fresh
        queue.extend(fresh)
    return reached
