"""Why an inferred statement holds: the shortest chain of rules back to what is stated."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Triple

from kg.inference.premises import premise_sets
from kg.model.named_graphs import INFERRED
from kg.store.store import Store

# Steps in a row: the rules of our ontology need at most five.
MAX_STEPS = 6


@dataclass(frozen=True)
class Proof:
    """A statement with the proofs of its premises: none if a graph states it."""

    statement: Triple
    premises: tuple[Proof, ...] = ()

    def statements(self) -> Iterator[Triple]:
        """Return the statement and all those that its proof goes through."""
        yield self.statement
        for premise in self.premises:
            yield from premise.statements()

    def stated(self) -> Iterator[Triple]:
        """Return the stated statements that it rests on, in the order of the rules' patterns."""
        if not self.premises:
            yield self.statement
        for premise in self.premises:
            yield from premise.stated()


def shortest_proof(store: Store, triple: Triple) -> Proof | None:
    """Return the shortest proof of a statement; None if none of `MAX_STEPS` steps is found."""
    search = _Search(store)
    search.graphs[triple] = store.graphs_containing(triple)
    for steps in range(MAX_STEPS + 1):
        proof = _prove(search, triple, steps, frozenset())
        if proof:
            return proof
    return None


@dataclass
class _Search:
    """What is read on the way: the graphs of statements, and their premises match by match."""

    store: Store
    graphs: dict[Triple, list[NamedNode]] = field(default_factory=dict)
    sets: dict[Triple, list[list[Triple]]] = field(default_factory=dict)

    def premises(self, triple: Triple) -> list[list[Triple]]:
        if triple not in self.sets:
            self.sets[triple], graphs = premise_sets(self.store, triple)
            self.graphs.update(graphs)
        return self.sets[triple]


def _prove(search: _Search, triple: Triple, steps: int, above: frozenset[Triple]) -> Proof | None:
    if any(graph != INFERRED for graph in search.graphs[triple]):
        return Proof(triple)
    # A statement cannot be a reason for itself, by whatever way round.
    if not steps or triple in above:
        return None
    for premises in search.premises(triple):
        proofs = [_prove(search, premise, steps - 1, above | {triple}) for premise in premises]
        proved = tuple(proof for proof in proofs if proof)
        if len(proved) == len(proofs):
            return Proof(triple, proved)
    return None
