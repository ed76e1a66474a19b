"""Our classes and those of other datasets, as `ontology/alignments.ttl` sets them side by side."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kg.index.hierarchy import ancestors
from kg.model.prefixes import TERM
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.literals import text

# What is of a narrower class there is of ours, too; of what is of a wider one nobody knows.
_ALIGNED = """
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?ours ?theirs {
  ?ours skos:exactMatch|skos:closeMatch|skos:narrowMatch ?theirs .
  FILTER(STRSTARTS(STR(?ours), "https://w3id.org/aide-memoire/ontology#"))
}
"""


class ClassAlignment:
    """Translates classes from and to other datasets."""

    def __init__(self, store: Store) -> None:
        """Read the alignments and the hierarchy of a build."""
        self._above = ancestors(store)
        self._ours: dict[str, set[str]] = defaultdict(set)
        self._theirs: dict[str, set[str]] = defaultdict(set)
        for row in store.select(_ALIGNED):
            ours, theirs = text(row["ours"]), text(row["theirs"])
            self._ours[theirs].add(ours)
            self._theirs[ours].add(theirs)
        # Those of concepts and properties are of no class, and do no harm.
        self.kinds = frozenset(self._ours)

    def ours(self, kinds: Iterable[str]) -> frozenset[str]:
        """Return the classes of ours that their kinds mean."""
        return frozenset(ours for kind in kinds for ours in self._ours.get(kind, ()))

    def above(self, classes: Iterable[str]) -> frozenset[str]:
        """Return all classes above some of ours."""
        return frozenset().union(*(self._above.get(one, ()) for one in classes))

    def nearest(self, classes: Iterable[str], space: str) -> str:
        """Return the kind in a namespace that one of some classes of ours is; "" if none is."""
        kinds = sorted(kind for one in classes for kind in self._theirs.get(one, ()))
        return next((kind for kind in kinds if kind.startswith(space)), "") if space else ""

    def theirs(self, classes: Iterable[str], space: str) -> tuple[str, ...]:
        """Return the kinds in a namespace that a thing of classes of ours may have there.

        They are those of the classes, of all above, and of all below the classes next above: a
        city may be an island, and alignments have gaps. Of classes that nothing there stands for,
        nor for one above or below them, there are none.
        """
        direct = set(classes)
        line = direct | self.above(direct) | self._below(direct)
        if not space or not self.nearest(line, space):
            return ()
        wide = direct | {above for one in direct for above in self._next_above(one)}
        wide |= self._below(wide) | self.above(direct)
        kinds = {kind for one in wide for kind in self._theirs.get(one, ())}
        return tuple(sorted(kind for kind in kinds if kind.startswith(space)))

    def _below(self, classes: set[str]) -> set[str]:
        return {one for one, above in self._above.items() if classes & above}

    def _next_above(self, iri: str) -> set[str]:
        above = {one for one in self._above.get(iri, ()) if one.startswith(TERM)}
        return above - {higher for one in above for higher in self._above.get(one, ())}


@per_store
def class_alignment(store: Store) -> ClassAlignment:
    """Return the alignment of classes in a build, read at the first call."""
    return ClassAlignment(store)
