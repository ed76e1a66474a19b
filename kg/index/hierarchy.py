"""The classes above each class, as the ontology of a build has them."""

from __future__ import annotations

from collections import defaultdict

from pyoxigraph import NamedNode

from kg.store.store import Store

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
    return {iri: _closure(iri, parents) - {iri} for iri in list(parents)}


def _closure(iri: str, parents: dict[str, set[str]]) -> set[str]:
    found: set[str] = set()
    ahead = [iri]
    while ahead:
        fresh = parents.get(ahead.pop(), set()) - found
        found |= fresh
        ahead.extend(fresh)
    return found
