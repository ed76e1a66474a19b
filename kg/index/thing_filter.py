"""A filter on things: which of them a list, a map or a count is about, as SQL."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace


@dataclass(frozen=True)
class ThingFilter:
    """The things that have all values of some facets, are among some IRIs, and fall between days.

    A pair is a facet (class, type, actor, place, source, year) and its value. `first` and `last`
    are ISO days, empty for no bound: things that ended before the first or began after the last
    are left out. `dated` and `undated` things have some day, or none at all.
    """

    pairs: tuple[tuple[str, str], ...] = ()
    among: tuple[str, ...] | None = None
    dated: bool = False
    undated: bool = False
    placed: bool = False
    first: str = ""
    last: str = ""

    def where(self) -> tuple[str, list[str]]:
        """Return the FROM and WHERE clauses of a query, and the parameters for them."""
        values = [part for pair in self.pairs for part in pair]
        query = _FIRST + _HAS * (len(self.pairs) - 1) if self.pairs else _MEMBERS
        if self.among is not None:
            query, values = query + _AMONG, [*values, json.dumps(self.among)]
        query += _DATED if self.dated else ""
        query += _UNDATED if self.undated else ""
        query += _PLACED if self.placed else ""
        for bound, day in ((_ENDED, self.first), (_BEGAN, self.last)):
            if day:
                query, values = query + bound, [*values, day]
        return query, values

    def and_also(self, facet: str, value: str) -> ThingFilter:
        """Return a filter that also requires a value of a facet."""
        return replace(self, pairs=(*self.pairs, (facet, value)))


_MEMBERS = "FROM resource r WHERE r.thing = 1"
# CROSS JOIN keeps SQLite from reordering the tables (https://www.sqlite.org/optoverview.html#crossjoin):
# the facet's primary key already yields the things by day, so that a page reads only its own rows.
_FIRST = (
    "FROM facet d CROSS JOIN resource r ON r.id = d.resource "
    "WHERE d.kind = ? AND d.value = ? AND r.thing = 1"
)
_HAS = " AND EXISTS (SELECT 1 FROM facet f WHERE f.resource = r.id AND f.kind = ? AND f.value = ?)"
# One JSON parameter, so that the text of the query is the same however many IRIs there are.
_AMONG = " AND r.iri IN (SELECT value FROM json_each(?))"
_DATED = " AND (r.earliest IS NOT NULL OR r.latest IS NOT NULL)"
_UNDATED = " AND r.earliest IS NULL AND r.latest IS NULL"
_PLACED = " AND EXISTS (SELECT 1 FROM point p WHERE p.resource = r.id)"
# A thing with a stated beginning and no end goes on. Any other thing with a single day counts on
# that day, where the timeline draws it.
_ENDED = (
    " AND (COALESCE(r.latest, r.earliest) >= ?"
    " OR (r.latest IS NULL AND r.earliest IS NOT NULL AND r.stated IS NOT NULL))"
)
_BEGAN = " AND COALESCE(r.earliest, r.latest) <= ?"
