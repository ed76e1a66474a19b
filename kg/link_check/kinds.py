"""Whether what another dataset takes a thing for can be what it is here."""

from __future__ import annotations

from collections.abc import Iterable

from kg.link_check.asking import check_query
from kg.linking.candidates.alignment import class_alignment
from kg.model.prefixes import TERM
from kg.store.memory import per_store
from kg.store.store import Store
from kg.terms.literals import text


class Kinds:
    """Our classes, those of others that are aligned to them, and which exclude each other."""

    def __init__(self, store: Store) -> None:
        """Read them from the ontology of a build."""
        self._alignment = class_alignment(store)
        self.aligned = self._alignment.kinds
        disjoint = store.select(check_query("disjoint"))
        self._disjoint = {(text(row["one"]), text(row["other"])) for row in disjoint}

    def meant(self, theirs: Iterable[str]) -> frozenset[str]:
        """Return the classes of ours to which some of theirs are aligned."""
        return self._alignment.ours(theirs)

    def conflict(self, ours: Iterable[str], theirs: Iterable[str]) -> tuple[str, str] | None:
        """Return a class of ours and one that is meant by theirs, if nothing can be of both.

        One class at or above, or at or below one of ours is enough to agree: datasets of many
        authors also say of a state that it is a place.
        """
        direct, meant = frozenset(ours), self.meant(theirs)
        if direct & self._with_above(meant) or meant & self._with_above(direct):
            return None
        pairs = sorted((one, other) for one in direct for other in meant)
        # The narrowest says most: a person, not an agent.
        exclusive = (pair for pair in pairs if self._exclude(*pair))
        return max(exclusive, key=lambda pair: len(self._with_above(pair)), default=None)

    def _exclude(self, one: str, other: str) -> bool:
        here, there = self._with_above([one]), self._with_above([other])
        pairs = ((a, b) for a in here for b in there)
        return any((a, b) in self._disjoint or (b, a) in self._disjoint for a, b in pairs)

    def _with_above(self, classes: Iterable[str]) -> frozenset[str]:
        direct = frozenset(classes)
        above = direct | self._alignment.above(direct)
        return frozenset(one for one in above if one.startswith(TERM))


@per_store
def class_kinds(store: Store) -> Kinds:
    """Return the kinds of a build, read at the first call."""
    return Kinds(store)
