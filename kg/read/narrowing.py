"""Which things a list is about, as the index selects them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class Narrowing:
    """Which things a list is about: those with all values of some facets, and among some others.

    A pair is a facet (class, type, actor, place, year) and its value.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    among: tuple[str, ...] | None = None
    dated: bool = False
    placed: bool = False

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
