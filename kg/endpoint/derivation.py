"""Every step back from a statement that was inferred, to what sentences and other graphs state.

Each rule that can conclude a statement is run backwards (`kg.endpoint.premises`), then those that
can conclude what it needs, until all that is left is stated. How much is followed is bounded: for
one answer in all, for each step, and in depth. Where a bound is met, what is found says so.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import Triple

from kg.endpoint.premises import MOST_WAYS, find_premises
from kg.model.graphs import INFERRED
from kg.store.store import Store

# For one answer, steps and the statements that they lead to: a step takes about 2 ms and leads to
# four or so. The rules of our ontology need at most five steps in a row.
MOST_READ = 20_000
DEEPEST = 12

UNKNOWN = "it was inferred by a rule that cannot be followed back to a sentence"
CUT = "it was inferred in more ways or steps than are followed; ask for fewer rows"


class ContainingGraphs(NamedTuple):
    """The graphs that hold a statement, but for graph:inferred, and whether that does."""

    graphs: tuple[str, ...]
    inferred: bool


@dataclass
class Provenance:
    """The graphs of what a statement follows from; `missing` says why there may be more."""

    graphs: dict[str, None] = field(default_factory=dict)
    missing: str = ""


class Derivations:
    """Follows statements back for one answer, whose rows have many premises in common."""

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is followed yet."""
        self._store = store
        self._left = MOST_READ
        self._premises: dict[Triple, dict[Triple, ContainingGraphs]] = {}
        self._origins: dict[Triple, Provenance] = {}

    def graphs_containing(self, triple: Triple) -> ContainingGraphs:
        """Return who holds a statement."""
        graphs = sorted({graph.value for graph in self._store.graphs_containing(triple)})
        rest = tuple(graph for graph in graphs if graph != INFERRED.value)
        return ContainingGraphs(rest, len(rest) < len(graphs))

    def origin(self, triple: Triple) -> Provenance:
        """Return what an inferred statement follows from."""
        if triple not in self._origins:
            self._origins[triple] = self._followed(triple)
        return self._origins[triple]

    def _followed(self, triple: Triple) -> Provenance:
        found, seen, level = Provenance(), {triple}, [triple]
        for _ in range(DEEPEST):
            level = [deeper for one in level for deeper in self._back(one, found, seen)]
            if not level:
                return found
        found.missing = CUT
        return found

    def _back(self, triple: Triple, found: Provenance, seen: set[Triple]) -> list[Triple]:
        """Go one step back; return the premises that were inferred themselves."""
        known = self._premises_of(triple)
        if known is None or len(known) >= MOST_WAYS:
            found.missing = CUT
        elif not known:
            found.missing = found.missing or UNKNOWN
        new = {premise: who for premise, who in (known or {}).items() if premise not in seen}
        seen.update(new)
        found.graphs.update(dict.fromkeys(graph for who in new.values() for graph in who.graphs))
        return [premise for premise, who in new.items() if not who.graphs]

    def _premises_of(self, triple: Triple) -> dict[Triple, ContainingGraphs] | None:
        """Return the premises of a statement and who holds each; None if enough was read."""
        if triple not in self._premises:
            if self._left <= 0:
                return None
            found = {one: self.graphs_containing(one) for one in find_premises(self._store, triple)}
            self._left -= 1 + len(found)
            self._premises[triple] = found
        return self._premises[triple]
