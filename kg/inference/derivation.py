"""Derives an inferred statement step by step from what sentences and other graphs state.

Each rule that can conclude a statement is run backwards (`kg.inference.premises`), then the rules
that can conclude its premises, until only stated premises are left. The search is bounded: in
statements for one result, in matches for one step, and in depth. Provenance cut at a bound says so.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from pyoxigraph import NamedNode, Triple

from kg.inference.premises import MAX_MATCHES, find_premises
from kg.model.named_graphs import INFERRED
from kg.store.store import Store

# For one result, steps and their premises: a step takes about 2 ms and has some four premises. The
# rules of our ontology need at most five steps in a row.
MAX_STATEMENTS = 20_000
MAX_DEPTH = 12

UNTRACEABLE = "it was inferred by a rule that cannot be followed back to a sentence"
TRUNCATED = "it was inferred in more ways or steps than are followed; ask for fewer rows"


class ContainingGraphs(NamedTuple):
    """The graphs that contain a statement besides graph:inferred, and whether that one does."""

    graphs: tuple[str, ...]
    inferred: bool

    @classmethod
    def of(cls, graphs: Iterable[NamedNode]) -> ContainingGraphs:
        """Sort the graphs of a statement."""
        iris = sorted({graph.value for graph in graphs})
        others = tuple(iri for iri in iris if iri != INFERRED.value)
        return cls(others, len(others) < len(iris))


@dataclass
class Provenance:
    """The graphs that an inferred statement follows from; `missing` says why it may be more."""

    graphs: dict[str, None] = field(default_factory=dict)
    missing: str = ""


class Derivations:
    """Finds provenance for the rows of one result, which have many premises in common."""

    def __init__(self, store: Store) -> None:
        """Take the store; nothing is read yet."""
        self._store = store
        self._statements_left = MAX_STATEMENTS
        self._premises: dict[Triple, dict[Triple, ContainingGraphs]] = {}
        self._provenance: dict[Triple, Provenance] = {}

    def provenance(self, triple: Triple) -> Provenance:
        """Return the graphs that an inferred statement follows from."""
        if triple not in self._provenance:
            self._provenance[triple] = self._trace(triple)
        return self._provenance[triple]

    def _trace(self, triple: Triple) -> Provenance:
        provenance, seen, level = Provenance(), {triple}, [triple]
        for _ in range(MAX_DEPTH):
            # Level by level, so that the shortest derivations come before a bound cuts the search.
            level = [
                premise
                for conclusion in level
                for premise in self._step_back(conclusion, provenance, seen)
            ]
            if not level:
                return provenance
        provenance.missing = TRUNCATED
        return provenance

    def _step_back(self, triple: Triple, provenance: Provenance, seen: set[Triple]) -> list[Triple]:
        """Add the graphs of a statement's premises; return premises that were inferred as well."""
        premises = self._premises_of(triple)
        # As many as the bound: there may be more of them.
        if premises is None or len(premises) >= MAX_MATCHES:
            provenance.missing = TRUNCATED
        elif not premises:
            provenance.missing = provenance.missing or UNTRACEABLE
        new = {premise: at for premise, at in (premises or {}).items() if premise not in seen}
        seen.update(new)
        provenance.graphs.update(dict.fromkeys(graph for at in new.values() for graph in at.graphs))
        return [premise for premise, at in new.items() if not at.graphs]

    def _premises_of(self, triple: Triple) -> dict[Triple, ContainingGraphs] | None:
        """Return the premises of a statement with their graphs; None past `MAX_STATEMENTS`."""
        if triple not in self._premises:
            if self._statements_left <= 0:
                return None
            graphs_of = find_premises(self._store, triple)
            premises = {premise: ContainingGraphs.of(graphs_of[premise]) for premise in graphs_of}
            # A statement without premises has cost a run of each rule, too.
            self._statements_left -= 1 + len(premises)
            self._premises[triple] = premises
        return self._premises[triple]
