"""A filter on things: which of them a list, a map or a count is about, as SQL."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace

# The facet that says what a thing has, and its values (`writing/facets.sql`).
HAS = "has"
STATES, PAGE = ("day", "no day", "point"), "page"


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

    @property
    def facets(self) -> tuple[tuple[str, str], ...]:
        """Return all facets that a thing must have, with those that say what it has."""
        facets = (*self.pairs, *((HAS, state) for state in self._states()))
        return facets or ((HAS, PAGE),)

    @property
    def state_and_value(self) -> tuple[tuple[str, str] | None, tuple[str, str] | None] | None:
        """Return what its things have, and the facet that they share, if it says no more."""
        states = self._states()
        if len(states) > 1 or len(self.pairs) > 1 or self.among is not None:
            return None
        if self.first or self.last:
            return None
        return (HAS, states[0]) if states else None, self.pairs[0] if self.pairs else None

    def _states(self) -> list[str]:
        required = zip(STATES, (self.dated, self.undated, self.placed), strict=True)
        return [state for state, is_required in required if is_required]

    def where(self, values: Sequence[int | None]) -> tuple[str, list[object]]:
        """Return the FROM and WHERE clauses of a query of things `d`, and the parameters for them.

        `values` are the numbers of its facets, the rarest first, whose things are read in order.
        """
        if self.among is None:
            query, thing, others = _OF_VALUE, "d.resource", values[1:]
            parameters: list[object] = [values[0]]
        else:
            query, thing, others = _AMONG, "d.id", values
            parameters = [json.dumps(self.among)]
        query, parameters = query + _HAS * len(others), [*parameters, *others]
        for bound, day in ((_ENDED, self.first), (_BEGAN, self.last)):
            if day:
                query, parameters = query + bound, [*parameters, day]
        return query.replace("{thing}", thing), parameters

    def and_also(self, facet: str, value: str) -> ThingFilter:
        """Return a filter that also requires a value of a facet."""
        return replace(self, pairs=(*self.pairs, (facet, value)))


# Things without a page have other numbers of values, so that no look at `resource` is needed.
_OF_VALUE = "FROM facet d WHERE d.value = ?"
_HAS = " AND EXISTS (SELECT 1 FROM facet f WHERE f.resource = {thing} AND f.value = ?)"
# One JSON parameter, so that the text of the query is the same however many IRIs there are.
_AMONG = "FROM resource d WHERE d.thing = 1 AND d.iri IN (SELECT value FROM json_each(?))"
# A thing with a stated beginning and no end goes on. Any other thing with a single day counts on
# that day, where the timeline draws it.
_ENDED = (
    " AND EXISTS (SELECT 1 FROM resource r WHERE r.id = {thing}"
    " AND (COALESCE(r.latest, r.earliest) >= ?"
    " OR (r.latest IS NULL AND r.earliest IS NOT NULL AND r.stated IS NOT NULL)))"
)
_BEGAN = (
    " AND EXISTS (SELECT 1 FROM resource r WHERE r.id = {thing}"
    " AND COALESCE(r.earliest, r.latest) <= ?)"
)
