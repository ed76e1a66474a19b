"""Class hierarchy of a build: the classes above each class."""

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
        # A class may also be below a restriction, which is a blank node and has no page.
        if isinstance(below, NamedNode) and isinstance(above, NamedNode):
            parents[below.value].add(above.value)
    return {
        iri: transitive_closure(iri, lambda c: parents.get(c, ())) - {iri} for iri in list(parents)
    }


def transitive_closure(start: _T, step: Callable[[_T], Iterable[_T]]) -> set[_T]:
    """Return the start and everything that steps lead to; cycles (equivalent classes) are no trap.

    >>> sorted(transitive_closure(1, lambda n: [n * 2 % 7]))
    [1, 2, 4]
    """
    reached = {start}
    queue = [start]
    while queue:
        unvisited = set(step(queue.pop())) - reached
        reached |= unvisited
        queue.extend(unvisited)
    return reached
