"""Which things a list is about, as the index selects them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Narrowing:
    """Which things a list is about: those with all values of some facets, and among some others.

    A pair is a facet (class, type, actor, place, year) and its value. `first` and `last` are days,
    each empty for no bound: what ended before the one or began after the other is left out.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    among: tuple[str, ...] | None = None
    dated: bool = False
    placed: bool = False
    first: str = ""
    last: str = ""

    def where(self) -> tuple[str, list[str]]:
        """Return the end of a query, with the values for it.

        What has many values of a facet is found by the facet's own orders, of days and of names.
        """
        values = [part for pair in self.pairs for part in pair]
        query = _FIRST + _HAS * (len(self.pairs) - 1) if self.pairs else _MEMBERS
        if self.among is not None:
            query, values = query + _AMONG, [*values, json.dumps(self.among)]
        query += _DATED if self.dated else ""
        query += _PLACED if self.placed else ""
        for bound, day in ((_ENDED, self.first), (_BEGAN, self.last)):
            if day:
                query, values = query + bound, [*values, day]
        return query, values

    def and_also(self, facet: str, value: str) -> Narrowing:
        """Narrow further."""
        return replace(self, pairs=(*self.pairs, (facet, value)))


_MEMBERS = "FROM resource r WHERE r.thing = 1"
_FIRST = (
    "FROM facet d CROSS JOIN resource r ON r.id = d.resource "
    "WHERE d.kind = ? AND d.value = ? AND r.thing = 1"
)
_HAS = " AND EXISTS (SELECT 1 FROM facet f WHERE f.resource = r.id AND f.kind = ? AND f.value = ?)"
_AMONG = " AND r.iri IN (SELECT value FROM json_each(?))"
_DATED = " AND (r.earliest IS NOT NULL OR r.latest IS NOT NULL)"
_PLACED = " AND EXISTS (SELECT 1 FROM point p WHERE p.resource = r.id)"
# What began on a day that somebody states, and has no end, goes on. Of anything else of which one
# day is known, that is the only one: the timeline draws it there.
_ENDED = (
    " AND (COALESCE(r.latest, r.earliest) >= ?"
    " OR (r.latest IS NULL AND r.earliest IS NOT NULL AND r.said IS NOT NULL))"
)
_BEGAN = " AND COALESCE(r.earliest, r.latest) <= ?"
